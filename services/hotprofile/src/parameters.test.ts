/** Each published parameter that writes, pages or orders: another value changes what is seen or is refused. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ContractParameter, type ContractRules, operations } from './contract.testing.ts'
import { type Arguments, type Plural, startHotprofile, type TestHotprofile } from './hotprofile.testing.ts'

let hotprofile: TestHotprofile
beforeAll(async () => {
  hotprofile = await startHotprofile()
})
afterAll(() => hotprofile.close())

const needed: Readonly<Record<Plural, Arguments>> = {
  clients: { name: 'A', name_disp: 'A' },
  leads: { client_id: 1, family_name: 'A' },
  business_cards: { client_id: 1, family_name: 'A', status: 1, open_status: 1 },
}

/** Cards do not show these; they are seen to be refused only. */
const unseen = new Set(['business_cards extension', 'business_cards open_status'])

/** Two values that keep the rule, and one that breaks it. */
function valuesFor({ rules, type }: ContractParameter): readonly [string, string, string] {
  const { exists, fractionDigits, format, maxDigits, maxLength }: ContractRules = rules
  if (exists !== undefined) return ['1', '2', '99999']
  if (maxLength !== undefined) return ['ひとつ', 'Druhý', '長'.repeat(maxLength + 1)]
  if (fractionDigits !== undefined) return ['35.7150244', '-1.5', '1234.5']
  if (maxDigits !== undefined) return ['0101', '7', '123456789']
  if (format !== undefined) return ['2026/02/28', '2024/02/29', '2026/02/29']
  if (rules.enum !== undefined) return [String(rules.enum[0]), String(rules.enum[1]), '9']
  if (type === 'boolean') return ['true', 'false', 'maybe']
  throw new Error(`There are no values for ${JSON.stringify(rules)}.`)
}

const fromPath = (path: string) => path.split('/').slice(3) as [Plural, string]
const writing = operations.flatMap(({ operationId, parameters, path }) => {
  const [plural, verb] = fromPath(path)
  if (verb.startsWith('get_')) return []
  return parameters.map((parameter) => ({ operationId, parameter, plural, verb, key: parameter.key }))
})
const listing = operations.flatMap(({ parameters, path }) => {
  const [plural, verb] = fromPath(path)
  return verb.startsWith('get_') ? [{ plural, parameters }] : []
})

const send = async (plural: Plural, verb: string, given: Arguments) => {
  const { body, status } = await hotprofile.post(`${plural}/${verb}`, given)
  if (status === 200) return body.id as number
  throw new Error(`${status} ${JSON.stringify(body)}`)
}

/** The record with this value, as a listing shows it and as a search by the value finds it. */
async function seen(plural: Plural, verb: string, key: string, value: string): Promise<unknown> {
  const id = await send(
    plural,
    'create',
    verb === 'create' ? { ...needed[plural], [key]: value } : needed[plural],
  )
  if (verb === 'update') await send(plural, 'update', { ...needed[plural], id, [key]: value })
  const { rows } = await hotprofile.list(plural, { 'order[type]': 'desc', 'page[display_number]': 1 })
  const { id: shownId, request_key: _, ...shown } = rows[0] ?? {}
  expect(shownId).toBe(id)
  const search = { [`search[${key}]`]: value, 'order[type]': 'desc', 'page[display_number]': 1 }
  const isSearched = listing
    .find((one) => one.plural === plural)
    ?.parameters.some((parameter) => parameter.key === `search[${key}]`)
  if (isSearched === true && !key.endsWith('_flg')) {
    expect((await hotprofile.list(plural, search)).ids).toEqual([id])
  }
  return { ...shown, total_count: null, total_number: null, found: isSearched === true ? value : null }
}

const isId = ({ key, verb }: (typeof writing)[number]) => verb === 'update' && key === 'id'

describe('a value that breaks its rule is refused by name', () => {
  test.each(writing)('$operationId $key', async (one) => {
    const { key, parameter, plural, verb } = one
    const [, , broken] = valuesFor(parameter)
    const id: Arguments = verb === 'update' ? { id: 1 } : {}
    const { body, status } = await hotprofile.post(`${plural}/${verb}`, {
      ...needed[plural],
      ...id,
      [key]: broken,
    })
    expect([status, body]).toMatchObject([isId(one) ? 404 : 400, { errors: [{ parameter: key }] }])
  })
})

describe('another value shows', () => {
  const shown = writing.filter((one) => !isId(one) && !unseen.has(`${one.plural} ${one.key}`))

  test.each(shown)('$operationId $key', async ({ key, parameter, plural, verb }) => {
    const [first, second] = valuesFor(parameter)
    const one = await seen(plural, verb, key, first)
    expect(await seen(plural, verb, key, second)).not.toEqual(one)
  })

  test.each(writing.filter(isId))('$operationId id', async ({ plural }) => {
    for (const id of [2, 3]) {
      await send(plural, 'update', { id, client_id: 1, note: `note of ${id}` })
      expect((await hotprofile.list(plural, { 'search[note]': `note of ${id}` })).ids).toEqual([id])
    }
  })
})

describe.each(listing)('the pages of $plural', ({ parameters, plural }) => {
  test('are published with these parameters', () => {
    const keys = parameters.map(({ key }) => key).filter((key) => !key.startsWith('search['))
    expect(keys.sort()).toEqual(
      [
        'order[key]',
        'order[type]',
        'page[date_format_option]',
        'page[display_number]',
        'page[number]',
      ].sort(),
    )
  })

  test('are ordered by every key, either way', async () => {
    const own = await startHotprofile()
    own.clock.advance(60_000)
    await own.post(`${plural}/update`, { id: 1, client_id: 1, trade_on: '2030/01/01' })
    const all = (await own.list(plural)).ids
    const keys = parameters.find(({ key }) => key === 'order[key]')?.rules.enum ?? []
    for (const key of keys.map(String)) {
      const { ids } = await own.list(plural, { 'order[key]': key })
      expect([key, ids]).toEqual([key, /^(id|create)/.test(key) ? all : [...all.slice(1), 1]])
      const reversed = await own.list(plural, { 'order[key]': key, 'order[type]': 'desc' })
      expect(reversed.ids).toEqual(ids.toReversed())
    }
    await own.close()
  })
})

test('307 parameters: those that write here, with the pages of three listings; the searches beside them', () => {
  const searching = listing.flatMap(({ parameters }) =>
    parameters.filter(({ key }) => key.startsWith('search[')),
  )
  const paging = listing.flatMap(({ parameters }) =>
    parameters.filter(({ key }) => !key.startsWith('search[')),
  )
  console.info(
    `HotProfile: ${writing.length} write, ${searching.length} search, ${paging.length} page or order`,
  )
  expect(writing.length + searching.length + paging.length).toBe(307)
})
