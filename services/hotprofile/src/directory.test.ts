import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Arguments, startHotprofile, type TestHotprofile } from './hotprofile.testing.ts'

let hotprofile: TestHotprofile
beforeEach(async () => {
  hotprofile = await startHotprofile({ data: 'none' })
})
afterEach(() => hotprofile.close())

async function made(path: string, given: Arguments): Promise<number> {
  const { body, status } = await hotprofile.post(path, given)
  expect([status, body]).toEqual([200, { id: expect.any(Number) }])
  return body.id as number
}

test('an organisation that starts with nothing has departments, users, tags and items', async () => {
  const role = await made('settings/choices/create', { list: 'role', name: 'Sales' })
  const top = await made('settings/departments/create', { name: 'Pobočka Brno' })
  const below = await made('settings/departments/create', { name: 'Obchod', parent_id: top })
  const user = { user_code: 'U1', user_name: 'Éloïse Martin', role_id: role }
  const owner = await made('settings/users/create', user)
  const tag = await made('settings/choices/create', { list: 'tag', name: '重要' })
  const product = await made('settings/choices/create', { list: 'interest_product', name: 'Карты' })
  const client = await made('clients/create', { name: 'A', name_disp: 'A', user_id: owner })
  const person = { client_id: client, organization_id: below, family_name: 'B', owner_user_id: owner }
  const lead = await made('leads/create', person)
  const card = await made('business_cards/create', { ...person, status: 1, open_status: 1 })

  const items = JSON.stringify([{ label: '予算', value: '500万円' }])
  await made('leads/update_details', { id: lead, tag_ids: tag, interest_product_type_ids: product, items })
  await made('clients/update_details', { id: client, corporate_number: '1234567890123', items })
  await made('business_cards/update_details', { id: card, tag_ids: tag, post: 'jednatel' })

  const search = { 'search[organization_ancestry_all_name]': 'Brno', 'search[role_id]': role }
  expect((await hotprofile.list('leads', search)).rows).toMatchObject([
    {
      organization_hierarchy: ['Pobočka Brno', 'Obchod'],
      owner_user_name: 'Éloïse Martin',
      user_names: ['Éloïse Martin'],
      tag_ids: [tag],
      tags: ['重要'],
      interest_product_type_names: ['Карты'],
      items: ['予算'],
      itemslabel: '予算',
      itemsvalue: '500万円',
    },
  ])
  const byNumber = await hotprofile.list('clients', { 'search[corporate_number]': '890123' })
  expect(byNumber.rows).toMatchObject([{ corporate_number: 1234567890123, user_code: 'U1' }])
  const byPost = await hotprofile.list('business_cards', { 'search[post]': 'jednatel' })
  expect(byPost.rows).toMatchObject([{ tag_ids: [tag], post: 'jednatel' }])

  await made('leads/update_details', { id: lead, tag_ids: '', items: '' })
  expect((await hotprofile.list('leads')).rows).toMatchObject([{ tags: [], items: [], itemslabel: '' }])
})

test.each<[string, Arguments, string]>([
  ['settings/choices/create', { list: 'prefecture', name: 'X' }, 'list'],
  ['settings/choices/create', { list: 'tag', name: '' }, 'name'],
  ['settings/departments/create', { name: 'X', parent_id: 99 }, 'parent_id'],
  ['settings/users/create', { user_code: 'U9', user_name: 'X', role_id: 99 }, 'role_id'],
  ['clients/update_details', { id: 1, corporate_number: '123' }, 'corporate_number'],
  ['clients/update_details', { id: 1, items: '{"label":"a"}' }, 'items'],
  ['clients/update_details', { id: 1, items: '[{"label":"","value":"x"}]' }, 'items'],
  ['clients/update_details', { id: 1, items: '[null]' }, 'items'],
  ['clients/update_details', { id: 1, items: 'no JSON' }, 'items'],
  ['leads/update_details', { id: 1, tag_ids: '99' }, 'tag_ids'],
  ['business_cards/update_details', { tag_ids: '' }, 'id'],
])('%s %j is refused', async (path, given, parameter) => {
  const { body, status } = await hotprofile.post(path, given)
  expect([status, body]).toMatchObject([400, { errors: [{ parameter }] }])
})

test('a code belongs to one user', async () => {
  const role_id = await made('settings/choices/create', { list: 'role', name: 'Sales' })
  const user = { user_code: 'U1', user_name: 'A', role_id }
  await made('settings/users/create', user)
  const { body, status } = await hotprofile.post('settings/users/create', user)
  expect([status, body]).toMatchObject([400, { errors: [{ parameter: 'user_code' }] }])
})
