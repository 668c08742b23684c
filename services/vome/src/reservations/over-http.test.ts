/** What only shows when requests come over HTTP: many at once, subscriptions and deliveries. */
import { startReceiver, startTestService, type TestService, until } from '@flowstead/service-kit/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { events, vomeService } from '../index.ts'
import { hourMs, iso } from '../vome.testing.ts'

let vome: TestService

beforeEach(async () => {
  vome = await startTestService(vomeService, { data: 'none' })
})
afterEach(() => vome.close())

interface Made {
  id: string
  status: number
  [member: string]: unknown
}

async function make(path: string, body: unknown): Promise<Made> {
  const answer = await vome.call<Made>('POST', `/api/v1/${path}`, { body })
  expect([answer.status, answer.body]).toMatchObject([201, {}])
  return answer.body
}

/** A shift with so many spots, 72 hours from now, and people approved for it. */
async function world(spots: number, people: number) {
  const { id: category_id } = await make('categories', { title: 'Food' })
  const { id: opportunity_id } = await make('opportunities', { category_id, title: 'Kitchen' })
  const start = vome.clock.now() + 72 * hourMs
  const times = { shift_start_at: iso(start), shift_end_at: iso(start + 3 * hourMs) }
  const { id: shift_id } = await make('shifts', { opportunity_id, spots, ...times })
  const profiles = Array.from({ length: people }, (_, n) => ({
    first_name: 'Jana',
    last_name: `Nová ${n}`,
    email: `jana${n}@example.org`,
  }))
  const { data } = await make('profile_imports', { profiles })
  const profileIds = (data as Made[]).map(({ id }) => id)
  for (const profile_id of profileIds) await make('approvals', { profile_id, opportunity_id })
  return { shift_id, profileIds }
}

const reserve = (shift_id: string, profile_id: string) =>
  vome.call<Made>('POST', '/api/v1/reservations', { body: { shift_id, profile_id } })
const change = (id: string, body: unknown) => vome.call<Made>('PATCH', `/api/v1/reservations/${id}`, { body })

test('100 people at once for 7 spots: 7 reservations', async () => {
  const { profileIds, shift_id } = await world(7, 100)
  const answers = await Promise.all(profileIds.map((profile) => reserve(shift_id, profile)))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 201)).toHaveLength(7)
  expect(statuses.filter((status) => status === 409)).toHaveLength(93)
  const { body } = await vome.call<{ data: unknown[] }>('GET', `/api/v1/reservations?shift_id=${shift_id}`)
  expect(body.data).toHaveLength(7)
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
    const { profileIds, shift_id } = await world(2, 1)
    const [profile_id = ''] = profileIds
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
