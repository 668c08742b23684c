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
