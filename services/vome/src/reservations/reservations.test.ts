import { startReceiver, startTestService, type TestService, until } from '@flowstead/service-kit/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleId, vomeService } from '../index.ts'

let vome: TestService

beforeEach(async () => {
  vome = await startTestService(vomeService, { data: 'none' })
})
afterEach(() => vome.close())

const hour = 3_600_000
const iso = (ms: number) => new Date(ms).toISOString()

interface Made {
  id: string
  status: number
  [member: string]: unknown
}

async function make(path: string, body: unknown): Promise<string> {
  const answer = await vome.call<Made>('POST', `/api/v1/${path}`, { body })
  expect([answer.status, answer.body]).toMatchObject([201, {}])
  return answer.body.id
}

/** An organisation with one opportunity; its shift starts in 72 hours. */
async function world(
  options: { spots?: number; instant?: boolean; people?: number; approved?: boolean } = {},
) {
  await vome.call('POST', '/local/seed')
  const { spots = 2, instant = true, people = 1, approved = true } = options
  const category_id = await make('categories', { title: 'Food' })
  const opportunity_id = await make('opportunities', { category_id, title: 'Kitchen', instant_book: instant })
  const start = vome.clock.now() + 72 * hour
  const shift_id = await make('shifts', {
    opportunity_id,
    shift_start_at: iso(start),
    shift_end_at: iso(start + 3 * hour),
    spots,
  })
  const profileIds = []
  for (let n = 0; n < people; n++) {
    const profile_id = await make('profiles', {
      first_name: 'Jana',
      last_name: `Nová ${n}`,
      email: `jana${n}@a.example`,
    })
    if (approved) await make('approvals', { profile_id, opportunity_id })
    profileIds.push(profile_id)
  }
  return { category_id, opportunity_id, shift_id, start, profileIds, profile_id: profileIds[0] as string }
}

const reserve = (shift_id: string, profile_id: string) =>
  vome.call<Made>('POST', '/api/v1/reservations', { body: { shift_id, profile_id } })
const change = (id: string, body: unknown) => vome.call<Made>('PATCH', `/api/v1/reservations/${id}`, { body })
const count = async (query = '') =>
  (await vome.call<{ data: unknown[] }>('GET', `/api/v1/reservations?limit=200${query}`)).body.data.length

describe('reserving', () => {
  test('with instant book the reservation stands at once, without it is a request', async () => {
    const instant = await world()
    expect((await reserve(instant.shift_id, instant.profile_id)).body.status).toBe(1)
    await vome.close()
    vome = await startTestService(vomeService, { data: 'none' })
    const asking = await world({ instant: false })
    expect((await reserve(asking.shift_id, asking.profile_id)).body.status).toBe(0)
  })

  test('100 people at once for 7 spots: 7 reservations', async () => {
    const { profileIds, shift_id } = await world({ spots: 7, people: 100 })
    const answers = await Promise.all(profileIds.map((profile) => reserve(shift_id, profile)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(7)
    expect(statuses.filter((status) => status === 409)).toHaveLength(93)
    expect(await count(`&shift_id=${shift_id}`)).toBe(7)
  })

  test('one person has one reservation per shift, and another after cancelling it', async () => {
    const { profile_id, shift_id } = await world({ spots: 5 })
    const first = await reserve(shift_id, profile_id)
    expect((await reserve(shift_id, profile_id)).body).toMatchObject({
      code: 'Vome.AlreadyReserved',
      fields: [{ field: 'profile_id' }],
    })
    await change(first.body.id, { status: 7 })
    expect((await reserve(shift_id, profile_id)).status).toBe(201)
  })

  test('cancelling frees the spot', async () => {
    const { profileIds, shift_id } = await world({ spots: 1, people: 2 })
    const [first, second] = profileIds as [string, string]
    const { body } = await reserve(shift_id, first)
    expect((await reserve(shift_id, second)).body.code).toBe('Vome.ShiftFull')
    await change(body.id, { status: 7 })
    expect((await reserve(shift_id, second)).status).toBe(201)
  })

  test('an unapproved or archived person, a paused opportunity and unknown ids are refused', async () => {
    const { opportunity_id, profile_id, shift_id } = await world({ approved: false })
    expect((await reserve(shift_id, profile_id)).body.code).toBe('Vome.NotApproved')
    await make('approvals', { profile_id, opportunity_id })
    await vome.call('PATCH', `/api/v1/opportunities/${opportunity_id}`, { body: { status: 'paused' } })
    expect((await reserve(shift_id, profile_id)).body.code).toBe('Vome.OpportunityClosed')
    await vome.call('PATCH', `/api/v1/opportunities/${opportunity_id}`, { body: { status: 'active' } })
    await vome.call('POST', `/api/v1/profiles/${profile_id}/archive`)
    expect((await reserve(shift_id, profile_id)).body.code).toBe('Vome.ProfileArchived')
    expect((await reserve('x', 'y')).body).toMatchObject({
      fields: [
        { field: 'shift_id', rule: 'exists' },
        { field: 'profile_id', rule: 'exists' },
      ],
    })
    expect(await count()).toBe(0)
  })
})

describe('the life of a reservation', () => {
  test('confirmed within 48 h, checked in from 1 h before, checked out', async () => {
    const { profile_id, shift_id, start } = await world()
    const { id } = (await reserve(shift_id, profile_id)).body
    expect((await change(id, { status: 2 })).body.code).toBe('Vome.TooEarly')
    vome.clock.advance(24 * hour)
    expect((await change(id, { status: 2 })).body.status).toBe(2)
    expect((await change(id, { status: 3 })).body.code).toBe('Vome.TooEarly')
    vome.clock.advance(47 * hour)
    expect((await change(id, { status: 3 })).body.arrival_time).toBe(iso(start - hour))
    vome.clock.advance(4 * hour)
    expect((await change(id, { status: 4 })).body).toMatchObject({
      arrival_time: iso(start - hour),
      departure_time: iso(start + 3 * hour),
    })
    expect((await change(id, { status: 7 })).body.code).toBe('Vome.WrongState')
  })

  test('a late check-out needs an administrator', async () => {
    const { profile_id, shift_id } = await world()
    const { id } = (await reserve(shift_id, profile_id)).body
    vome.clock.advance(72 * hour)
    await change(id, { status: 3 })
    vome.clock.advance(5 * hour)
    expect((await change(id, { status: 4 })).body.code).toBe('Vome.TooLate')
    expect((await change(id, { status: 4, hours_approved_by: 'admin-1' })).body.status).toBe(4)
  })

  test('hours logged by an administrator are those of the shift', async () => {
    const { profile_id, shift_id, start } = await world()
    const { id } = (await reserve(shift_id, profile_id)).body
    expect((await change(id, { status: 4 })).body).toMatchObject({ fields: [{ field: 'hours_approved_by' }] })
    expect((await change(id, { status: 4, hours_approved_by: 'admin-1' })).body).toMatchObject({
      arrival_time: iso(start),
      departure_time: iso(start + 3 * hour),
      hours_approved_by: 'admin-1',
    })
  })

  test('who was absent and did come needs a free spot', async () => {
    const { profileIds, shift_id } = await world({ spots: 1, people: 2 })
    const [first, second] = profileIds as [string, string]
    const { id } = (await reserve(shift_id, first)).body
    await change(id, { status: 6 })
    await reserve(shift_id, second)
    expect((await change(id, { status: 4, hours_approved_by: 'a' })).body.code).toBe('Vome.ShiftFull')
  })

  test('a departure before the arrival is refused', async () => {
    const { profile_id, shift_id } = await world()
    const { id } = (await reserve(shift_id, profile_id)).body
    const body = { arrival_time: '2026-05-07T10:00:00Z', departure_time: '2026-05-07T09:00:00Z' }
    expect((await change(id, body)).body).toMatchObject({ fields: [{ field: 'departure_time' }] })
  })
})

describe('shifts and people with reservations', () => {
  test('spots cannot become fewer than are taken', async () => {
    const { profileIds, shift_id } = await world({ spots: 3, people: 2 })
    for (const profile of profileIds) await reserve(shift_id, profile)
    const set = (spots: number) => vome.call('PATCH', `/api/v1/shifts/${shift_id}`, { body: { spots } })
    expect((await set(1)).body).toMatchObject({ code: 'Vome.ShiftFull', fields: [{ field: 'spots' }] })
    expect((await set(2)).status).toBe(200)
    const { body } = await vome.call<{ data: Made[] }>('GET', '/api/v1/shifts?free=true&limit=200')
    expect(body.data.map(({ id }) => id)).not.toContain(shift_id)
  })

  test('an opportunity with shifts and a category with opportunities stay', async () => {
    const { category_id, opportunity_id } = await world()
    expect((await vome.call('DELETE', `/api/v1/opportunities/${opportunity_id}`)).status).toBe(409)
    expect((await vome.call('DELETE', `/api/v1/categories/${category_id}`)).status).toBe(409)
  })

  test('only an offline profile can be deleted', async () => {
    const { profile_id } = await world()
    await vome.call('PATCH', `/api/v1/profiles/${profile_id}`, { body: { is_offline: false } })
    expect((await vome.call('DELETE', `/api/v1/profiles/${profile_id}`)).status).toBe(409)
    await vome.call('PATCH', `/api/v1/profiles/${profile_id}`, { body: { is_offline: true } })
    expect((await vome.call('DELETE', `/api/v1/profiles/${profile_id}`)).status).toBe(204)
  })
})

describe('events', () => {
  const subscribe = async (event: string, body: unknown) =>
    vome.call('POST', `/api/v1/subscriptions/${event}`, { body })
  const deliveries = async () =>
    (
      await vome.call<{ deliveries: { event: string; entity: string; state: string }[] }>(
        'GET',
        '/local/deliveries',
      )
    ).body.deliveries

  test('each change of a reservation has exactly one event, a refused one has none', async () => {
    const { profile_id, shift_id } = await world()
    const receiver = await startReceiver()
    const all = ['reservation.created', 'reservation.updated', 'reservation.deleted']
    await subscribe('reservation.created', { callback_url: receiver.url, events: all })
    const { id } = (await reserve(shift_id, profile_id)).body
    await reserve(shift_id, profile_id)
    await change(id, { status: 2 })
    await change(id, { status: 1 })
    await change(id, { status: 7 })
    await vome.call('DELETE', `/api/v1/shifts/${shift_id}`)
    await receiver.arrived(3)
    await until(async () => (await deliveries()).every(({ state }) => state === 'delivered'))
    expect(receiver.deliveries.map(({ headers }) => headers['webhook-event'])).toEqual(all)
    expect(receiver.deliveries.map(({ body }) => (body as Made).status)).toEqual([1, 7, 7])
    await receiver.close()
  })

  test('a list of events must hold the own one and only its family', async () => {
    const callback_url = 'http://127.0.0.1:9/hook'
    for (const events of [['reservation.updated'], [], ['reservation.created', 'profile.created'], ['x']]) {
      const { body, status } = await subscribe('reservation.created', { callback_url, events })
      expect([status, body]).toMatchObject([400, { fields: [{ field: expect.stringMatching(/^events/) }] }])
    }
    expect((await subscribe('reservation.created', { callback_url: 'nonsense' })).body).toMatchObject({
      fields: [{ field: 'callback_url' }],
    })
    expect((await vome.call('GET', '/local/subscriptions')).body).toEqual({ subscriptions: [] })
  })

  test('all thirteen can be subscribed to and left again', async () => {
    const { events } = await import('../webhooks/events.ts')
    expect(events).toHaveLength(13)
    for (const { name } of events) {
      const { body, headers, status } = await subscribe(name, { callback_url: 'http://127.0.0.1:9/hook' })
      expect(status).toBe(201)
      expect(headers.location).toBe(`/api/v1/subscriptions/${body.id}`)
      expect((await vome.call('DELETE', String(headers.location))).status).toBe(204)
      expect((await vome.call('DELETE', String(headers.location))).status).toBe(404)
    }
  })
})

describe('booking by name', () => {
  const book = (body: unknown) =>
    vome.call<{ user: Made; shift: Made; status: number; id: string }>('POST', '/api/v1/bookings', { body })
  beforeEach(() => vome.call('POST', '/local/seed'))

  test('makes the person, approves them and takes the next shift', async () => {
    const { body, status } = await book({ name: 'Anna Marie Dvořáková' })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      status: 1,
      user: { first_name: 'Anna', last_name: 'Marie Dvořáková', timezone: 'Europe/Prague' },
    })
  })

  test('the same name is the same person, on another shift', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => book({ name: '美咲 佐藤' })))
    expect(new Set(answers.map(({ body }) => body.user.id))).toEqual(new Set([sampleId('profile', 'misaki')]))
    expect(new Set(answers.map(({ body }) => body.shift.id)).size).toBe(20)
  })

  test('200 people find a place among the samples', async () => {
    for (let n = 0; n < 200; n++) expect((await book({ name: `Volunteer ${n}` })).status).toBe(201)
  })

  test('neither or both of name and profile_id is refused, an empty name too', async () => {
    for (const body of [{}, { name: 'A', profile_id: 'b' }, { name: '   ' }, { profile_id: 'b' }]) {
      expect((await book(body)).status).toBe(400)
    }
    expect(await count()).toBe(0)
  })

  test('when every coming shift is taken the answer says so', async () => {
    vome.clock.advance(40 * 24 * hour)
    expect((await book({ name: 'Late Comer' })).body).toMatchObject({ code: 'Vome.NoFreeShift' })
    await vome.call('POST', '/local/seed')
    expect((await book({ name: 'Late Comer' })).status).toBe(201)
  })
})
