import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Arguments, type Plural, startHotprofile, type TestHotprofile } from './hotprofile.testing.ts'
import { recordTypes } from './record-types.ts'

/** Read only, so one service serves all. */
let hotprofile: TestHotprofile
beforeAll(async () => {
  hotprofile = await startHotprofile()
})
afterAll(() => hotprofile.close())

type Case = readonly [key: string, value: string | number, ids: readonly number[]]

/** The clock stands still at 17:00 in Tokyo: the newest record is a day old, and 12 hours after its making updated. */
const dates = (last: number): Case[] => [
  ['from_created_on', 'DAY-1', [last]],
  ['to_created_on', 'DAY-2', upTo(last - 1)],
  ['from_updated_on', 'DAY+0', [last]],
  ['to_updated_on', 'DAY-1', upTo(last - 1)],
]
const times = (last: number): Case[] => [
  ['from_datetime_updated_on', 'UPDATED', [last]],
  ['to_datetime_updated_on', 'BEFORE', upTo(last - 1)],
]
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

const clientCases: readonly Case[] = [
  ['from_id', 5, [5, 6]],
  ['to_id', 2, [1, 2]],
  ['name', '株式会社', [1]],
  ['name', 'kavárna', [3]],
  ['name', 'ветер', [5]],
  ['name_kana', 'ヤマダ', [2]],
  ['name_disp', 'Volunteers', [6]],
  ['zip', '0-00', [2]],
  ['address', 'Lyon', [4]],
  ['latitude', '.08', [3]],
  ['longitude', '139.74', [1]],
  ['corporate_number', '56789', [1]],
  ['main_tel', '000-00-05', [5]],
  ['url', 'kun.', [3]],
  ['mail_domain', 'harbour', [6]],
  ['note', 'čtvrtek', [3]],
  ['user_ids', '3', [3, 5]],
  ['user_ids', '1, 2', [1, 2]],
  ['name_sub', 'Trading', [1]],
  ['name_kana_sub', 'Shoji', [1]],
  ['zip_sub', '105', [1]],
  ['address_sub', 'Minato', [1]],
  ['pref_sub', 'Tokyo', [1]],
  ...dates(6),
  ...times(6),
]

const leadCases: readonly Case[] = [
  ['family_name', '山', [1]],
  ['first_name', 'éloïse', []],
  ['first_name', 'loïS', [4]],
  ['client_name', 'Boulangerie', [4]],
  ['from_id', 6, [6]],
  ['to_id', 1, [1]],
  ['client_id', 3, [3]],
  ['client][name_kana', 'ユウゲン', [2]],
  ['client][name_disp', 'みらい', [1]],
  ['owner_user_id', 3, [3, 5]],
  ['role_id', 2, [2, 3, 5]],
  ['organization_id', 6, [3]],
  ['organization_name', 'Obchod', [3]],
  ['organization_name', '本社', []],
  ['organization_ancestry_all_name', '本社', [1, 2, 4, 6]],
  ['post', 'jednatel', [3]],
  ['family_name_kana', 'スズ', [2]],
  ['first_name_kana', 'タロ', [1]],
  ['email', '@veter', [5]],
  ['mobile_email', 'mobile.', [1]],
  ['tel', '0021', [2]],
  ['extension', '10', [1]],
  ['fax', '0012', [1]],
  ['mobile_tel', '420', [3]],
  ['zip', '105', [1]],
  ['pref', '長野', [2]],
  ['address', '松本', [2]],
  ['url', '/yamada', [1]],
  ...dates(6),
  ...times(6),
  ['from_trade_on', '2026/07/03', [5, 6]],
  ['to_trade_on', '2026/04/15', [1]],
  ['from_latitude', '40', [3]],
  ['to_latitude', '40', [1]],
  ['from_longitude', '14.4213', [1, 3]],
  ['to_longitude', '14.4213', [3]],
  ['latitude', '658', [1]],
  ['longitude', '14.4', [3]],
  ['lead_status', 2, [4]],
  ['lead_source_kbn_ids', '3,4', [2, 4]],
  ['lead_source', '展示会', [1]],
  ['important_customer_flg', 1, [1]],
  ['end_user_flg', 1, [6]],
  ['store_flg', 1, []],
  ['competitor_flg', 1, []],
  ['error_mail_flg', 1, []],
  ['error_tel_flg', 1, []],
  ['error_fax_flg', 1, []],
  ['error_address_flg', 1, []],
  ['not_mail_flg', 1, [4]],
  ['not_tel_flg', 1, [2]],
  ['not_fax_flg', 1, []],
  ['not_dm_flg', 1, []],
  ['note', '名刺', [1]],
  ['customer_id', 'C-00', [1]],
  ['name', '山田太郎', [1]],
  ['name', 'Smith Al', [6]],
  ['ids', '2, 5,77', [2, 5]],
  ['user_ids', '2', [1]],
  ['multiple', '太郎　みらい 芝公園', [1]],
  ['multiple', 'jana praha newsletter', [3]],
  ['multiple', 'jana lyon', []],
]

const cardCases: readonly Case[] = [
  ['family_name', '山', [1, 2]],
  ['first_name', 'Jana', [3]],
  ['family_name_kana', 'マダ', [1, 2]],
  ['first_name_kana', 'タロウ', [1, 2]],
  ['client_name', 'Северный', [4]],
  ['from_trade_on', '2026/06/01', [3, 4]],
  ['to_trade_on', '2026/05/02', [1, 2]],
  ...dates(4),
  ['organization_ancestry_all_name', '営業本部', [1, 2]],
  ['post', '部長', [1]],
  ['tel', '0011', [1]],
  ['fax', '0012', [1]],
  ['mobile_tel', '090', [1]],
  ['email', 'novakova', [3]],
  ['mobile_email', 'taro@', [1]],
  ['role_id', 2, [2, 3]],
  ['zip', '105', [1]],
  ['address', 'Praha', [3]],
  ['url', 'mirai', [1]],
  ['note', '交換', [1]],
  ['direct_note', '電話', [1]],
  ['lead_source', '春', [1]],
  ['request_key', '000003', [3]],
  ['latitude', '35.65', [1]],
  ['longitude', '4329', [1]],
]

const dayMs = 24 * 3_600_000

/** Puts real days and times for `DAY-1`, for `UPDATED`, and for `BEFORE`, which is a second earlier. */
function written(value: string | number): string {
  const tokyo = (instant: number) =>
    new Date(instant + 9 * 3_600_000).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')
  const now = hotprofile.clock.now()
  if (value === 'UPDATED') return tokyo(now - dayMs / 2)
  if (value === 'BEFORE') return tokyo(now - dayMs / 2 - 1000)
  const shift = /^DAY([+-]\d)$/.exec(String(value))?.[1]
  return shift === undefined ? String(value) : tokyo(now + Number(shift) * dayMs).slice(0, 10)
}

const tables: readonly (readonly [Plural, readonly Case[]])[] = [
  ['clients', clientCases],
  ['leads', leadCases],
  ['business_cards', cardCases],
]

describe.each(tables)('%s', (plural, cases) => {
  test.each(cases)('search[%s]=%s finds %j', async (key, value, ids) => {
    const found = await hotprofile.list(plural, { [`search[${key}]`]: written(value) })
    expect(found.ids).toEqual(ids)
    expect(found.pages.total_count).toBe(ids.length)
    expect(ids).not.toEqual(upTo(plural === 'business_cards' ? 4 : 6))
  })

  test('every search key is in the table', () => {
    const type = recordTypes.find((one) => one.plural === plural)
    const keys = new Set(cases.map(([key]) => `search[${key}]`))
    expect(Object.keys(type?.filters ?? {}).filter((key) => !keys.has(key))).toEqual([])
  })

  test('pages cut the ordered records', async () => {
    const all = (await hotprofile.list(plural)).ids
    const second = await hotprofile.list(plural, { 'page[number]': 2, 'page[display_number]': 3 })
    expect(second.ids).toEqual(all.slice(3, 6))
    expect(second.pages).toEqual({
      current_number: 2,
      display_number: 3,
      total_count: all.length,
      total_number: Math.ceil(all.length / 3),
    })
    expect((await hotprofile.list(plural, { 'page[number]': 99 })).ids).toEqual([])
  })

  test('an empty search is none', async () => {
    const { ids } = await hotprofile.list(plural, { 'search[note]': '', 'search[no_such]': 'x' })
    expect(ids).toEqual((await hotprofile.list(plural)).ids)
  })

  test('dates are plain in Japan’s zone, or ISO 8601', async () => {
    const first = async (given: Arguments) => (await hotprofile.list(plural, given)).rows[0] ?? {}
    const plain = await first({})
    expect(plain.created_at).toMatch(/^\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}$/)
    const iso = `${String(plain.created_at).replaceAll('/', '-').replace(' ', 'T')}+09:00`
    for (const on of ['1', 'true']) {
      expect((await first({ 'page[date_format_option]': on })).created_at).toBe(iso)
    }
    for (const off of ['0', 'false']) expect(await first({ 'page[date_format_option]': off })).toEqual(plain)
  })
})

test.each<[Plural, Arguments, readonly number[]]>([
  ['clients', { 'order[type]': 'desc' }, [6, 5, 4, 3, 2, 1]],
  ['clients', { 'order[key]': 'created_at', 'order[type]': 'desc' }, [6, 5, 4, 3, 2, 1]],
  ['leads', { 'order[key]': 'update_at', 'order[type]': 'desc' }, [6, 5, 4, 3, 2, 1]],
  ['business_cards', { 'order[key]': 'trade_on', 'order[type]': 'desc' }, [4, 3, 2, 1]],
  ['leads', { 'search[role_id]': 2, 'search[lead_status]': 1, 'search[email]': 'kun' }, [3]],
  ['clients', { 'search[name]': '%' }, []],
  ['clients', { 'search[name]': '_' }, []],
])('%s %j answers %j', async (plural, given, ids) => {
  expect((await hotprofile.list(plural, given)).ids).toEqual(ids)
})

test.each([
  ['clients/get_entry_list_flow', 'page[display_number]', '1001'],
  ['business_cards/get_entry_list', 'page[display_number]', '1001'],
  ['leads/get_entry_list_flow', 'page[display_number]', '101'],
  ['leads/get_entry_list_flow', 'page[number]', '0'],
  ['leads/get_entry_list_flow', 'page[number]', '-1'],
  ['leads/get_entry_list_flow', 'page[date_format_option]', '2'],
  ['leads/get_entry_list_flow', 'order[key]', 'name'],
  ['clients/get_entry_list_flow', 'order[key]', 'constructor'],
  ['leads/get_entry_list_flow', 'order[type]', 'up'],
  ['leads/get_entry_list_flow', 'search[client_id]', 'x'],
  ['leads/get_entry_list_flow', 'search[ids]', '1,,2'],
  ['leads/get_entry_list_flow', 'search[lead_status]', '3'],
  ['leads/get_entry_list_flow', 'search[store_flg]', 'true'],
  ['leads/get_entry_list_flow', 'search[from_latitude]', 'north'],
  ['leads/get_entry_list_flow', 'search[from_created_on]', '2026/13/01'],
  ['leads/get_entry_list_flow', 'search[from_datetime_updated_on]', '2026/01/01'],
  ['clients/get_entry_list_flow', 'search[user_ids]', '1,99'],
  ['clients/get_entry_list_flow', 'search[name]', 'x'.repeat(3001)],
])('%s refuses %s=%s', async (path, parameter, value) => {
  const { body, status } = await hotprofile.post(path, { [parameter]: value })
  expect([status, body]).toMatchObject([400, { errors: [{ parameter }] }])
})

test('a search in a second language counts only while the tenant has one', async () => {
  const own = await startHotprofile()
  const search = async () => (await own.list('clients', { 'search[name_sub]': 'Trading' })).ids
  expect(await search()).toEqual([1])
  await own.post('settings/update', { second_language: false })
  expect(await search()).toEqual([1, 2, 3, 4, 5, 6])
  await own.close()
})

test('the settings show the ids that fields refer to', async () => {
  const { body } = await hotprofile.call('GET', '/rest_api/v1/settings')
  expect(body).toMatchObject({ second_language: true, users: expect.arrayContaining([expect.anything()]) })
  const { prefecture } = body.choice_lists as Record<string, { id: number; name: string }[]>
  expect(prefecture).toHaveLength(47)
  expect(prefecture?.[12]).toEqual({ id: 13, name: '東京都' })
})
