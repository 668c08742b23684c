import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Arguments } from './hotprofile.testing.ts'
import { startHotprofile, type TestHotprofile } from './hotprofile.testing.ts'

let hotprofile: TestHotprofile
beforeEach(async () => {
  hotprofile = await startHotprofile()
})
afterEach(() => hotprofile.close())

const client = { name: 'Hotel Růže', name_disp: 'Růže' }
const lead = { client_id: 3, family_name: 'Dvořák' }
const card = { client_id: 3, family_name: 'Dvořák', status: 1, open_status: 1 }

async function made(path: string, given: Arguments): Promise<number> {
  const { body, status } = await hotprofile.post(path, given)
  expect([status, body]).toEqual([200, { id: expect.any(Number) }])
  return body.id as number
}

describe('creating', () => {
  test('a client is listed with what was written, in any script', async () => {
    const id = await made('clients/create', {
      ...client,
      name_kana: 'ホテル',
      pref_id: 13,
      latitude: '35.71502440000000',
      user_id: 3,
      business_category_kbn: 7,
    })
    const { rows } = await hotprofile.list('clients', { 'search[from_id]': id })
    expect(rows).toEqual([
      expect.objectContaining({
        id,
        name: 'Hotel Růže',
        name_kana: 'ホテル',
        pref: '東京都',
        latitude: '35.71502440000000',
        longitude: '',
        user_name: 'Tomáš Dvořák',
        user_code: 'U0003',
        business_category_kbn: '宿泊・飲食 Hospitality',
        corporate_number: null,
        items: [],
        itemslabel: '',
        itemsvalue: '',
      }),
    ])
  })

  test('a lead is active and acquired today unless it says otherwise', async () => {
    const id = await made('leads/create', { ...lead, extension: '0042', not_tel_flg: true })
    const { rows } = await hotprofile.list('leads', { 'search[ids]': String(id) })
    const today = String(rows[0]?.created_at).slice(0, 10)
    expect(rows[0]).toMatchObject({
      lead_status: 1,
      lead_status_name: 'Active',
      trade_on: today,
      extension: '0042',
      not_tel_flg: '1',
      not_fax_flg: '0',
      organization_hierarchy: [],
      user_names: [],
    })
  })

  test('a card shows its owner, who need not be a user, and gets an inquiry number', async () => {
    const id = await made('business_cards/create', {
      ...card,
      owner_user: '外部 一郎',
      trade_on: '2026/02/28',
    })
    const { rows } = await hotprofile.list('business_cards', { 'search[family_name]': 'Dvořák' })
    expect(rows[0]).toMatchObject({ id, user_name: '外部 一郎', trade_on: '2026/02/28' })
    expect(rows[0]?.request_key).toBe(`BC${String(id).padStart(8, '0')}`)
  })

  test("a person's card owners stand in the list of the lead", async () => {
    await made('business_cards/create', { ...card, owner_user_id: 4 })
    const id = await made('leads/create', lead)
    const { ids, rows } = await hotprofile.list('leads', { 'search[user_ids]': '99,4' })
    expect(ids).toEqual([id])
    expect(rows[0]?.user_names).toEqual(['Claire Dubois'])
  })

  test('a repeated Idempotency-Key makes one record', async () => {
    const send = () =>
      hotprofile.call('POST', `/rest_api/v1/leads/create?client_id=3&family_name=Once`, {
        headers: { 'idempotency-key': 'run-1/Register' },
      })
    const [first, second] = [await send(), await send()]
    expect(second.body).toEqual(first.body)
    expect((await hotprofile.list('leads', { 'search[family_name]': 'Once' })).ids).toHaveLength(1)
  })
})

describe('refusals name the parameter and change nothing', () => {
  const long = (length: number) => '名'.repeat(length)
  test.each<[string, Arguments, string]>([
    ['clients/create', { name: 'A' }, 'name_disp'],
    ['clients/create', { ...client, name: '' }, 'name'],
    ['clients/create', { ...client, name: long(256) }, 'name'],
    ['clients/create', { ...client, zip: long(101) }, 'zip'],
    ['clients/create', { ...client, note: long(3001) }, 'note'],
    ['clients/create', { ...client, note: 'a\0b' }, 'note'],
    ['clients/create', { ...client, pref_id: 48 }, 'pref_id'],
    ['clients/create', { ...client, pref_id: '東京都' }, 'pref_id'],
    ['clients/create', { ...client, ipo_kbn: 99 }, 'ipo_kbn'],
    ['clients/create', { ...client, user_id: 99 }, 'user_id'],
    ['clients/create', { ...client, latitude: '1234' }, 'latitude'],
    ['clients/create', { ...client, longitude: '1.123456789012345' }, 'longitude'],
    ['leads/create', { family_name: 'A' }, 'client_id'],
    ['leads/create', { ...lead, client_id: 99 }, 'client_id'],
    ['leads/create', { ...lead, client_id: '99999999999' }, 'client_id'],
    ['leads/create', { ...lead, organization_id: 99 }, 'organization_id'],
    ['leads/create', { ...lead, extension: '123456789' }, 'extension'],
    ['leads/create', { ...lead, not_dm_flg: 'maybe' }, 'not_dm_flg'],
    ['leads/create', { ...lead, not_dm_flg: 'constructor' }, 'not_dm_flg'],
    ['leads/create', { ...lead, email: long(201) }, 'email'],
    ['leads/create', { ...lead, mobile_email: long(101) }, 'mobile_email'],
    ['leads/create', { ...lead, lead_status: 3 }, 'lead_status'],
    ['business_cards/create', { ...card, open_status: 2 }, 'open_status'],
    ['business_cards/create', { ...card, status: 3 }, 'status'],
    ['business_cards/create', { ...card, trade_on: '2026/02/29' }, 'trade_on'],
    ['business_cards/create', { ...card, trade_on: '2026-02-28' }, 'trade_on'],
    ['clients/update', { name: 'A' }, 'id'],
    ['clients/update', { id: 1, name: '' }, 'name'],
    ['leads/update', { id: 1 }, 'client_id'],
    ['leads/update', { id: 1, client_id: 1, family_name: '' }, 'family_name'],
    ['business_cards/update', { id: 1, client_id: 1, status: '' }, 'status'],
  ])('%s %j', async (path, given, parameter) => {
    const plural = path.split('/')[0] as 'clients'
    const before = await hotprofile.list(plural)
    const { body, status } = await hotprofile.post(path, given)
    expect(status).toBe(400)
    expect(body).toEqual({ errors: [{ parameter, message: expect.stringContaining(`"${parameter}"`) }] })
    expect(await hotprofile.list(plural)).toEqual(before)
  })

  test('everything that is wrong is named at once', async () => {
    const { body } = await hotprofile.post('leads/create', { client_id: 99, pref_id: 0, tel: long(101) })
    const errors = body.errors as { parameter: string }[]
    expect(errors.map(({ parameter }) => parameter)).toEqual(['client_id', 'family_name', 'tel', 'pref_id'])
  })

  test('a parameter may be given once only', async () => {
    const { body, status } = await hotprofile.call('POST', '/rest_api/v1/clients/update?id=1&name=a&name=b')
    expect([status, body]).toMatchObject([400, { errors: [{ parameter: 'name' }] }])
  })

  test.each(['clients', 'leads', 'business_cards'])('an unknown id of %s is not found', async (plural) => {
    const { body, status } = await hotprofile.post(`${plural}/update`, { id: 999, client_id: 1 })
    expect([status, body]).toMatchObject([404, { errors: [{ parameter: 'id' }] }])
  })

  test('without a key nothing is answered, a key in a header is none', async () => {
    for (const headers of [{}, { 'x-api-key': hotprofile.key }]) {
      const answer = await hotprofile.app.inject({
        method: 'POST',
        url: '/rest_api/v1/leads/create?client_id=3&family_name=Nobody',
        headers,
      })
      expect(answer.statusCode).toBe(401)
      expect(answer.json()).toMatchObject({ errors: [{ parameter: 'api_key' }] })
    }
  })

  test('the 101st call within a minute is told how long to wait', async () => {
    const busy = await startHotprofile({ throttle: { calls: 100, seconds: 60 } })
    const statuses = []
    for (let n = 0; n < 100; n++) statuses.push((await busy.post('leads/create', lead)).status)
    const refused = await busy.post('leads/create', lead)
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.body).toEqual({ errors: [{ parameter: null, message: expect.any(String) }] })
    await busy.close()
  })
})

describe('updating', () => {
  test('what is left out stays, what is empty is cleared', async () => {
    hotprofile.clock.advance(60_000)
    const before = (await hotprofile.list('leads', { 'search[ids]': '1' })).rows[0]
    const given = { id: 1, client_id: 1, tel: '03-1', email: '', pref_id: '', important_customer_flg: '' }
    expect((await hotprofile.post('leads/update', given)).body).toEqual({ id: 1 })
    const after = (await hotprofile.list('leads', { 'search[ids]': '1' })).rows[0]
    expect(after).toEqual({
      ...before,
      tel: '03-1',
      email: '',
      pref: '',
      pref_id: null,
      important_customer_flg: '0',
      updated_at: expect.not.stringMatching(String(before?.updated_at)),
    })
  })

  test('names that JavaScript knows are parameters like others: unknown ones are ignored', async () => {
    const url = '/rest_api/v1/clients/update?id=1&__proto__=x&constructor=y&no_such=z'
    expect((await hotprofile.call('POST', url)).status).toBe(200)
  })
})

describe('sample data', () => {
  test('comes back when seeded again, and leaves what people made alone', async () => {
    const id = await made('clients/create', client)
    expect(id).toBeGreaterThan(1000)
    await hotprofile.post('clients/update', { id: 1, name: 'Changed' })
    expect((await hotprofile.call('POST', '/local/seed')).status).toBeLessThan(300)
    const { ids, rows } = await hotprofile.list('clients')
    expect(ids).toEqual([1, 2, 3, 4, 5, 6, id])
    expect(rows[0]?.name).toBe('Changed')
  })

  test('is absent from a service that starts without it; the choice lists are there', async () => {
    const empty = await startHotprofile({ data: 'none' })
    expect((await empty.list('clients')).ids).toEqual([])
    expect((await empty.post('clients/create', { ...client, pref_id: 47 })).status).toBe(200)
    await empty.close()
  })
})
