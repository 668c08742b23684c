import { startTestService, type TestService } from '@flowstead/service-kit/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { vomeService } from '../index.ts'

let vome: TestService

beforeEach(async () => {
  vome = await startTestService(vomeService)
})
afterEach(() => vome.close())

const person = { first_name: '山田', last_name: '太郎', email: 'taro@example.jp' }
const post = (path: string, body: unknown) => vome.call('POST', `/api/v1/${path}`, { body })

describe('every 4xx names the field and changes nothing', () => {
  test.each([
    ['profiles', { ...person, email: undefined }, 'email'],
    ['profiles', { ...person, email: 'nobody' }, 'email'],
    ['profiles', { ...person, first_name: '' }, 'first_name'],
    ['profiles', { ...person, first_name: 'x'.repeat(101) }, 'first_name'],
    ['profiles', { ...person, gender: 4 }, 'gender'],
    ['profiles', { ...person, gender: '1' }, 'gender'],
    ['profiles', { ...person, date_of_birth: '1.2.1990' }, 'date_of_birth'],
    ['profiles', { ...person, occupation: 'baker' }, 'occupation'],
    ['profiles', { ...person, timezone: 'Mars/Olympus' }, 'timezone'],
    ['profiles', { ...person, timezone: '+02:00' }, 'timezone'],
    ['profiles', { ...person, address_coordinates: ['14.4'] }, 'address_coordinates'],
    ['profiles', { ...person, skills: 'cooking' }, 'skills'],
    ['profiles', { ...person, is_offline: 'yes' }, 'is_offline'],
    ['profiles', { ...person, archived_at: '2026-01-01T00:00:00Z' }, 'archived_at'],
    ['profiles', { ...person, nickname: 'T' }, 'nickname'],
    ['categories', { title: '' }, 'title'],
    ['opportunities', { title: 'a' }, 'category_id'],
    ['opportunities', { title: 'a', category_id: 'none' }, 'category_id'],
    ['opportunities', { title: 'a', category_id: 'none', status: 'open' }, 'status'],
    ['approvals', { profile_id: 'none', opportunity_id: 'none' }, 'profile_id'],
    ['shifts', { opportunity_id: 'none', spots: 1 }, 'shift_start_at'],
    ['reservations', { shift_id: 1, profile_id: 'a' }, 'shift_id'],
    ['bookings', { name: 'A', shift_id: 'none' }, 'shift_id'],
  ])('%s %j: %s', async (path, body, field) => {
    const lists = ['profiles', 'categories', 'opportunities', 'approvals', 'shifts', 'reservations']
    const state = () => Promise.all(lists.map((list) => vome.call('GET', `/api/v1/${list}?limit=200`)))
    const before = (await state()).map(({ body: page }) => page)
    const answer = await post(path, body)
    expect(answer.status).toBe(400)
    expect(
      (answer.body.fields as { field: string }[]).map((problem) => problem.field.split('.')[0]),
    ).toContain(field)
    expect((await state()).map(({ body: page }) => page)).toEqual(before)
  })

  test('a shift that ends before it starts', async () => {
    const { body } = await vome.call<{ data: { id: string }[] }>('GET', '/api/v1/opportunities')
    const answer = await post('shifts', {
      opportunity_id: body.data[0]?.id,
      shift_start_at: '2026-06-01T10:00:00+02:00',
      shift_end_at: '2026-06-01T08:00:00Z',
      spots: 1,
    })
    expect(answer.body).toMatchObject({ fields: [{ field: 'shift_end_at', rule: 'after' }] })
  })

  test('an address that another profile has', async () => {
    expect((await post('profiles', person)).status).toBe(201)
    const again = await post('profiles', { ...person, email: 'TARO@example.jp' })
    expect([again.status, again.body]).toMatchObject([409, { fields: [{ field: 'email' }] }])
  })

  test('an unknown id in the path', async () => {
    for (const path of ['profiles', 'categories', 'opportunities', 'approvals', 'shifts', 'reservations']) {
      expect((await vome.call('GET', `/api/v1/${path}/none`)).status).toBe(404)
      expect((await vome.call('DELETE', `/api/v1/${path}/none`)).status).toBe(404)
    }
  })
})

describe('resources', () => {
  test('are made, read, changed and deleted', async () => {
    const made = await post('profiles', { ...person, skills: ['料理'], date_of_birth: '1990-02-28' })
    const place = String(made.headers.location)
    expect((await vome.call('GET', place)).body).toEqual(made.body)
    const changed = await vome.call('PATCH', place, { body: { phone_number: '090', date_of_birth: null } })
    expect(changed.body).toMatchObject({
      ...person,
      phone_number: '090',
      date_of_birth: null,
      skills: ['料理'],
    })
    expect((await vome.call('PATCH', place, { body: {} })).status).toBe(400)
    expect((await vome.call('DELETE', place)).status).toBe(204)
    expect((await vome.call('GET', place)).status).toBe(404)
  })

  test('are listed page by page, each once', async () => {
    const seen: string[] = []
    let after = ''
    for (let page = 0; page < 100; page++) {
      const { body } = await vome.call<{ data: { id: string }[]; next: string | null }>(
        'GET',
        `/api/v1/shifts?limit=10${after}`,
      )
      seen.push(...body.data.map(({ id }) => id))
      if (body.next === null) break
      after = `&after=${body.next}`
    }
    expect(seen).toHaveLength(112)
    expect(new Set(seen).size).toBe(112)
    expect((await vome.call('GET', '/api/v1/shifts?after=none')).status).toBe(400)
  })

  test.each([
    ['profiles?name=Léa', 0],
    ['profiles?name=ofie%20Čer', 1],
    ['profiles?name=%25', 0],
    ['profiles?email=ZOFIE@example.org', 1],
    ['profiles?archived=true', 0],
    ['profiles?archived=false', 6],
    ['approvals?limit=200', 24],
  ])('%s finds %i', async (path, count) => {
    const { body } = await vome.call<{ data: unknown[] }>('GET', `/api/v1/${path}`)
    expect(body.data).toHaveLength(count)
  })

  test('the organisation has a time zone that can be changed to another one', async () => {
    const set = (timezone: string) => vome.call('PATCH', '/api/v1/organization', { body: { timezone } })
    expect((await vome.call('GET', '/api/v1/organization')).body).toMatchObject({ timezone: 'Europe/Prague' })
    expect((await set('Asia/Tokyo')).body).toMatchObject({ timezone: 'Asia/Tokyo' })
    expect((await set('Nowhere')).status).toBe(400)
  })
})
