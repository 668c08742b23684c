/** Against a copy of the published contract, which is not made from this service. */
import { operationsOf } from '@flowstead/service-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operations } from './contract.testing.ts'
import { type Plural, startHotprofile, type TestHotprofile } from './hotprofile.testing.ts'
import { openapi } from './openapi.ts'

const documented = new Map(operationsOf(openapi).map((one) => [one.operation.operationId, one]))

test('the contract has 9 operations with 307 parameters and 151 return rows', () => {
  expect(operations).toHaveLength(9)
  expect(operations.flatMap(({ parameters }) => parameters)).toHaveLength(307)
  expect(operations.flatMap(({ returns }) => returns)).toHaveLength(151)
})

describe.each(operations)('$operationId', ({ operationId, parameters, path }) => {
  const one = documented.get(operationId)
  const own = new Map(one?.operation.parameters?.map((parameter) => [parameter.name, parameter]))

  test('is posted to its path', () => {
    expect([one?.method, one?.path]).toEqual(['post', path])
  })

  test('has exactly these parameters, required where they are', () => {
    const names = (list: readonly { key: string; required: boolean }[]) =>
      list.map(({ key, required }) => `${key}${required ? ' required' : ''}`).sort()
    const ours = [...own.values()].map(({ name, required = false }) => ({ key: name, required }))
    expect(names(ours)).toEqual(names(parameters))
  })

  test('has the published lengths, limits and choices', () => {
    for (const { key, rules } of parameters) {
      const schema = own.get(key)?.schema ?? {}
      if (rules.maxLength !== undefined) expect(schema.maxLength, key).toBe(rules.maxLength)
      if (rules.max !== undefined) expect(schema.maximum, key).toBe(rules.max)
      if (rules.min !== undefined) expect(schema.minimum, key).toBe(rules.min)
      if (rules.enum !== undefined) expect(schema.enum, key).toEqual(expect.arrayContaining(rules.enum as []))
      if (rules.exists !== undefined && key !== 'id') {
        expect(own.get(key)?.description, key).toContain('an id of')
      }
    }
  })
})

describe('answers', () => {
  let hotprofile: TestHotprofile
  beforeAll(async () => {
    hotprofile = await startHotprofile()
  })
  afterAll(() => hotprofile.close())

  const typeOf = (value: unknown): string => {
    if (Array.isArray(value)) return value.length > 0 ? `array of ${typeOf(value[0])}` : 'an empty array'
    if (value === '') return 'an empty string'
    return Number.isInteger(value) ? 'integer' : typeof value
  }

  test.each([
    ['Action_get_clients', 'clients'],
    ['Action_get_leads', 'leads'],
    ['Action_get_business_cards', 'business_cards'],
  ] as const)('%s: each return row is seen with a value of its type', async (operationId, plural: Plural) => {
    const { pages, rows } = await hotprofile.list(plural)
    const members: Record<string, unknown> = { [plural]: rows }
    for (const [name, value] of Object.entries(pages)) members[`pages.${name}`] = value
    for (const [name, value] of Object.entries(rows[0] ?? {})) members[`${plural}.${name}`] = value

    const returns = operations.find((one) => one.operationId === operationId)?.returns ?? []
    const expected = Object.fromEntries(returns.map(({ path, type }) => [path, type]))
    const seen = Object.fromEntries(Object.entries(members).map(([path, value]) => [path, typeOf(value)]))
    expect(seen).toEqual(expected)
  })
})
