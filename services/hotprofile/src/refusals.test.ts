import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Arguments } from './hotprofile.testing.ts'
import { startHotprofile, type TestHotprofile } from './hotprofile.testing.ts'

/** What is refused changes nothing, so one service serves all. */
let hotprofile: TestHotprofile
beforeAll(async () => {
  hotprofile = await startHotprofile()
})
afterAll(() => hotprofile.close())

const client = { name: 'Hotel Růže', name_disp: 'Růže' }
const lead = { client_id: 3, family_name: 'Dvořák' }
const card = { client_id: 3, family_name: 'Dvořák', status: 1, open_status: 1 }

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
