import { beforeEach, describe, expect, test } from 'vitest'
import { sampleId } from '../index.ts'
import { openVome, type TestVome } from '../vome.testing.ts'

let vome: TestVome

beforeEach(() => {
  vome = openVome()
})

const hour = 3_600_000
const iso = (ms: number) => new Date(ms).toISOString()

interface Made {
  id: string
  status: number
  [member: string]: unknown
}

function make(path: string, body: unknown): string {
  const answer = vome.send<Made>('POST', `/api/v1/${path}`, body)
  expect([answer.status, answer.body]).toMatchObject([201, {}])
  return answer.body.id
}

/** An organisation with one opportunity; its shift starts in 72 hours. */
function world(options: { spots?: number; instant?: boolean; people?: number; approved?: boolean } = {}) {
  const { spots = 2, instant = true, people = 1, approved = true } = options
  const category_id = make('categories', { title: 'Food' })
  const opportunity_id = make('opportunities', { category_id, title: 'Kitchen', instant_book: instant })
  const start = vome.now() + 72 * hour
  const shift_id = make('shifts', {
    opportunity_id,
    shift_start_at: iso(start),
    shift_end_at: iso(start + 3 * hour),
    spots,
  })
  const profileIds = []
  for (let n = 0; n < people; n++) {
    const profile_id = make('profiles', {
      first_name: 'Jana',
      last_name: `Nová ${n}`,
      email: `jana${n}@a.example`,
    })
    if (approved) make('approvals', { profile_id, opportunity_id })
    profileIds.push(profile_id)
  }
  return { category_id, opportunity_id, shift_id, start, profileIds, profile_id: profileIds[0] as string }
}

const reserve = (shift_id: string, profile_id: string) =>
  vome.send<Made>('POST', '/api/v1/reservations', { shift_id, profile_id })
const change = (id: string, body: unknown) => vome.send<Made>('PATCH', `/api/v1/reservations/${id}`, body)
const count = (query = '') =>
  vome.send<{ data: unknown[] }>('GET', `/api/v1/reservations?limit=200${query}`).body.data.length

describe('reserving', () => {
  test('with instant book the reservation stands at once, without it is a request', () => {
    const instant = world()
    expect(reserve(instant.shift_id, instant.profile_id).body.status).toBe(1)
    vome = openVome()
    const asking = world({ instant: false })
    expect(reserve(asking.shift_id, asking.profile_id).body.status).toBe(0)
  })

  test('one person has one reservation per shift, and another after cancelling it', () => {
    const { profile_id, shift_id } = world({ spots: 5 })
    const first = reserve(shift_id, profile_id)
    expect(reserve(shift_id, profile_id).body).toMatchObject({
      code: 'Vome.AlreadyReserved',
      fields: [{ field: 'profile_id' }],
    })
    change(first.body.id, { status: 7 })
    expect(reserve(shift_id, profile_id).status).toBe(201)
  })

  test('cancelling frees the spot', () => {
    const { profileIds, shift_id } = world({ spots: 1, people: 2 })
    const [first, second] = profileIds as [string, string]
    const { body } = reserve(shift_id, first)
    expect(reserve(shift_id, second).body.code).toBe('Vome.ShiftFull')
    change(body.id, { status: 7 })
    expect(reserve(shift_id, second).status).toBe(201)
  })

  test('an unapproved or archived person, a paused opportunity and unknown ids are refused', () => {
    const { opportunity_id, profile_id, shift_id } = world({ approved: false })
    expect(reserve(shift_id, profile_id).body.code).toBe('Vome.NotApproved')
    make('approvals', { profile_id, opportunity_id })
    vome.send('PATCH', `/api/v1/opportunities/${opportunity_id}`, { status: 'paused' })
    expect(reserve(shift_id, profile_id).body.code).toBe('Vome.OpportunityClosed')
    vome.send('PATCH', `/api/v1/opportunities/${opportunity_id}`, { status: 'active' })
    vome.send('POST', `/api/v1/profiles/${profile_id}/archive`)
    expect(reserve(shift_id, profile_id).body.code).toBe('Vome.ProfileArchived')
    expect(reserve('x', 'y').body).toMatchObject({
      fields: [
        { field: 'shift_id', rule: 'exists' },
        { field: 'profile_id', rule: 'exists' },
      ],
    })
    expect(count()).toBe(0)
  })
})

describe('the life of a reservation', () => {
  test('confirmed within 48 h, checked in from 1 h before, checked out', () => {
    const { profile_id, shift_id, start } = world()
    const { id } = reserve(shift_id, profile_id).body
    expect(change(id, { status: 2 }).body.code).toBe('Vome.TooEarly')
    vome.advance(24 * hour)
    expect(change(id, { status: 2 }).body.status).toBe(2)
    expect(change(id, { status: 3 }).body.code).toBe('Vome.TooEarly')
    vome.advance(47 * hour)
    expect(change(id, { status: 3 }).body.arrival_time).toBe(iso(start - hour))
    vome.advance(4 * hour)
    expect(change(id, { status: 4 }).body).toMatchObject({
      arrival_time: iso(start - hour),
      departure_time: iso(start + 3 * hour),
    })
    expect(change(id, { status: 7 }).body.code).toBe('Vome.WrongState')
  })

  test('a late check-out needs an administrator', () => {
    const { profile_id, shift_id } = world()
    const { id } = reserve(shift_id, profile_id).body
    vome.advance(72 * hour)
    change(id, { status: 3 })
    vome.advance(5 * hour)
    expect(change(id, { status: 4 }).body.code).toBe('Vome.TooLate')
    expect(change(id, { status: 4, hours_approved_by: 'admin-1' }).body.status).toBe(4)
  })

  test('hours logged by an administrator are those of the shift', () => {
    const { profile_id, shift_id, start } = world()
    const { id } = reserve(shift_id, profile_id).body
    expect(change(id, { status: 4 }).body).toMatchObject({ fields: [{ field: 'hours_approved_by' }] })
    expect(change(id, { status: 4, hours_approved_by: 'admin-1' }).body).toMatchObject({
      arrival_time: iso(start),
      departure_time: iso(start + 3 * hour),
      hours_approved_by: 'admin-1',
    })
  })

  test('who was absent and did come needs a free spot', () => {
    const { profileIds, shift_id } = world({ spots: 1, people: 2 })
    const [first, second] = profileIds as [string, string]
    const { id } = reserve(shift_id, first).body
    change(id, { status: 6 })
    reserve(shift_id, second)
    expect(change(id, { status: 4, hours_approved_by: 'a' }).body.code).toBe('Vome.ShiftFull')
  })

  test('a departure before the arrival is refused', () => {
    const { profile_id, shift_id } = world()
    const { id } = reserve(shift_id, profile_id).body
    const body = { arrival_time: '2026-05-07T10:00:00Z', departure_time: '2026-05-07T09:00:00Z' }
    expect(change(id, body).body).toMatchObject({ fields: [{ field: 'departure_time' }] })
  })
})

describe('shifts and people with reservations', () => {
  test('spots cannot become fewer than are taken', () => {
    const { profileIds, shift_id } = world({ spots: 3, people: 2 })
    for (const profile of profileIds) reserve(shift_id, profile)
    const set = (spots: number) => vome.send('PATCH', `/api/v1/shifts/${shift_id}`, { spots })
    expect(set(1).body).toMatchObject({ code: 'Vome.ShiftFull', fields: [{ field: 'spots' }] })
    expect(set(2).status).toBe(200)
    const { body } = vome.send<{ data: Made[] }>('GET', '/api/v1/shifts?free=true&limit=200')
    expect(body.data.map(({ id }) => id)).not.toContain(shift_id)
  })

  test('an opportunity with shifts and a category with opportunities stay', () => {
    const { category_id, opportunity_id } = world()
    expect(vome.send('DELETE', `/api/v1/opportunities/${opportunity_id}`).status).toBe(409)
    expect(vome.send('DELETE', `/api/v1/categories/${category_id}`).status).toBe(409)
  })

  test('only an offline profile can be deleted', () => {
    const { profile_id } = world()
    vome.send('PATCH', `/api/v1/profiles/${profile_id}`, { is_offline: false })
    expect(vome.send('DELETE', `/api/v1/profiles/${profile_id}`).status).toBe(409)
    vome.send('PATCH', `/api/v1/profiles/${profile_id}`, { is_offline: true })
    expect(vome.send('DELETE', `/api/v1/profiles/${profile_id}`).status).toBe(204)
  })
})

describe('booking by name', () => {
  const book = (body: unknown) =>
    vome.send<{ user: Made; shift: Made; status: number; id: string }>('POST', '/api/v1/bookings', body)
  beforeEach(() => {
    vome = openVome('sample')
  })

  test('makes the person, approves them and takes the next shift', () => {
    const { body, status } = book({ name: 'Anna Marie Dvořáková' })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      status: 1,
      user: { first_name: 'Anna', last_name: 'Marie Dvořáková', timezone: 'Europe/Prague' },
    })
  })

  test('the same name is the same person, on another shift', () => {
    const answers = Array.from({ length: 20 }, () => book({ name: '美咲 佐藤' }))
    expect(new Set(answers.map(({ body }) => body.user.id))).toEqual(new Set([sampleId('profile', 'misaki')]))
    expect(new Set(answers.map(({ body }) => body.shift.id)).size).toBe(20)
  })

  test('200 people find a place among the samples', () => {
    for (let n = 0; n < 200; n++) expect(book({ name: `Volunteer ${n}` }).status).toBe(201)
  })

  test('neither or both of name and profile_id is refused, an empty name too', () => {
    for (const body of [{}, { name: 'A', profile_id: 'b' }, { name: '   ' }, { profile_id: 'b' }]) {
      expect(book(body).status).toBe(400)
    }
    expect(count()).toBe(0)
  })

  test('when every coming shift is taken the answer says so', () => {
    vome.advance(40 * 24 * hour)
    expect(book({ name: 'Late Comer' }).body).toMatchObject({ code: 'Vome.NoFreeShift' })
    vome.seed()
    expect(book({ name: 'Late Comer' }).status).toBe(201)
  })
})
