import { describe, expect, test } from 'vitest'
import { openVome, type TestVome } from '../vome.testing.ts'

const person = { first_name: '山田', last_name: '太郎', email: 'taro@example.jp' }
const post = (vome: TestVome, path: string, body: unknown) => vome.send('POST', `/api/v1/${path}`, body)

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
  ])('%s %j: %s', (path, body, field) => {
    const vome = openVome()
    const before = vome.dump()
    const answer = post(vome, path, body)
    expect(answer.status).toBe(400)
    const fields = (answer.body.fields as { field: string }[]).map((problem) => problem.field.split('.')[0])
    expect(fields).toContain(field)
    expect(vome.dump()).toBe(before)
  })

  test('a shift that ends before it starts', () => {
    const vome = openVome('sample')
    const { body } = vome.send<{ data: { id: string }[] }>('GET', '/api/v1/opportunities')
    const answer = post(vome, 'shifts', {
      opportunity_id: body.data[0]?.id,
      shift_start_at: '2026-06-01T10:00:00+02:00',
      shift_end_at: '2026-06-01T08:00:00Z',
      spots: 1,
    })
    expect(answer.body).toMatchObject({ fields: [{ field: 'shift_end_at', rule: 'after' }] })
  })

  test('an address that another profile has', () => {
    const vome = openVome('sample')
    expect(post(vome, 'profiles', person).status).toBe(201)
    const again = post(vome, 'profiles', { ...person, email: 'TARO@example.jp' })
    expect([again.status, again.body]).toMatchObject([409, { fields: [{ field: 'email' }] }])
  })

  test('an unknown id in the path', () => {
    const vome = openVome('sample')
    for (const path of ['profiles', 'categories', 'opportunities', 'approvals', 'shifts', 'reservations']) {
      expect(vome.send('GET', `/api/v1/${path}/none`).status).toBe(404)
      expect(vome.send('DELETE', `/api/v1/${path}/none`).status).toBe(404)
    }
  })
})

describe('resources', () => {
  test('are made, read, changed and deleted', () => {
    const vome = openVome('sample')
    const made = post(vome, 'profiles', { ...person, skills: ['料理'], date_of_birth: '1990-02-28' })
    const place = String(made.headers.location)
    expect(vome.send('GET', place).body).toEqual(made.body)
    const changed = vome.send('PATCH', place, { phone_number: '090', date_of_birth: null })
    expect(changed.body).toMatchObject({
      ...person,
      phone_number: '090',
      date_of_birth: null,
      skills: ['料理'],
    })
    expect(vome.send('PATCH', place, {}).status).toBe(400)
    expect(vome.send('DELETE', place).status).toBe(204)
    expect(vome.send('GET', place).status).toBe(404)
  })

  test('are listed page by page, each once', () => {
    const vome = openVome('sample')
    const seen: string[] = []
    let after = ''
    for (let page = 0; page < 100; page++) {
      const { body } = vome.send<{ data: { id: string }[]; next: string | null }>(
        'GET',
        `/api/v1/shifts?limit=10${after}`,
      )
      seen.push(...body.data.map(({ id }) => id))
      if (body.next === null) break
      after = `&after=${body.next}`
    }
    expect(seen).toHaveLength(112)
    expect(new Set(seen).size).toBe(112)
    expect(vome.send('GET', '/api/v1/shifts?after=none').status).toBe(400)
  })

  test.each([
    ['profiles?name=Léa', 0],
    ['profiles?name=ofie%20Čer', 1],
    ['profiles?name=%25', 0],
    ['profiles?email=ZOFIE@example.org', 1],
    ['profiles?archived=true', 0],
    ['profiles?archived=false', 6],
    ['approvals?limit=200', 24],
  ])('%s finds %i', (path, count) => {
    const vome = openVome('sample')
    const { body } = vome.send<{ data: unknown[] }>('GET', `/api/v1/${path}`)
    expect(body.data).toHaveLength(count)
  })

  test('the organisation has a time zone that can be changed to another one', () => {
    const vome = openVome('sample')
    const set = (timezone: string) => vome.send('PATCH', '/api/v1/organization', { timezone })
    expect(vome.send('GET', '/api/v1/organization').body).toMatchObject({ timezone: 'Europe/Prague' })
    expect(set('Asia/Tokyo').body).toMatchObject({ timezone: 'Asia/Tokyo' })
    expect(set('Nowhere').status).toBe(400)
  })
})
