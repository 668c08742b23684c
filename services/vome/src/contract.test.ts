import { readFileSync } from 'node:fs'
import { operationsOf } from '@flowstead/service-kit'
import { startReceiver, startTestService } from '@flowstead/service-kit/testing'
import { describe, expect, test } from 'vitest'
import { events, openapi, vomeService } from './index.ts'

interface Contract {
  readonly operations: readonly {
    readonly title: string
    readonly family: string
    readonly proposedEvent: string
    readonly returns: readonly { readonly path: string; readonly type: string }[]
  }[]
}

const contract = JSON.parse(
  readFileSync(new URL('../../../conformance/contracts/vome.triggers.json', import.meta.url), 'utf8'),
) as Contract

const typeOf = (value: unknown): string => {
  if (Array.isArray(value)) return `array of ${value.length === 0 ? 'string' : typeOf(value[0])}`
  if (Number.isInteger(value)) return 'integer'
  return value === null ? 'null' : typeof value
}

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], value)

const leaves = (value: unknown, prefix = ''): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([name, inner]) =>
        leaves(inner, prefix === '' ? name : `${prefix}.${name}`),
      )
    : [prefix]

describe('the contract', () => {
  test('has the thirteen events of the thirteen triggers, in their families', () => {
    const ours = events.map(({ family, name, title }) => ({ family, name, title }))
    const theirs = contract.operations.map((o) => ({
      family: o.family,
      name: o.proposedEvent,
      title: o.title,
    }))
    expect(ours).toEqual(expect.arrayContaining(theirs))
    expect(theirs).toEqual(expect.arrayContaining(ours))
  })

  test('has a path to subscribe for each, whose operation is the title in PascalCase', () => {
    for (const { proposedEvent, title } of contract.operations) {
      const path = `/api/v1/subscriptions/${proposedEvent}`
      expect(openapi.paths[path]?.post?.operationId).toBe(title.replaceAll(' ', ''))
    }
    const ids = operationsOf(openapi).map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('each row of the reservation events is delivered, not null, with its type', async () => {
    const vome = await startTestService(vomeService)
    const receiver = await startReceiver()
    const body = { callback_url: receiver.url, events: ['reservation.updated', 'reservation.created'] }
    await vome.call('POST', '/api/v1/subscriptions/reservation.updated', { body })
    const people = await vome.call<{ data: { id: string }[] }>('GET', '/api/v1/profiles')
    const booked = await vome.call<{ id: string }>('POST', '/api/v1/bookings', {
      body: { profile_id: people.body.data[0]?.id },
    })
    await vome.call('PATCH', `/api/v1/reservations/${booked.body.id}`, {
      body: { status: 4, hours_approved_by: 'administrator-1' },
    })
    await receiver.arrived(2)
    const rows = contract.operations.find(({ title }) => title === 'Updated Reservation')?.returns ?? []
    const payload = receiver.deliveries.at(-1)?.body
    expect(rows).toHaveLength(30)
    for (const { path, type } of rows) expect([path, typeOf(at(payload, path))]).toEqual([path, type])
    expect(leaves(payload)).toEqual(rows.map(({ path }) => path))
    const created = receiver.deliveries[0]?.body
    expect(leaves(created)).toEqual(rows.map(({ path }) => path))
    await receiver.close()
    await vome.close()
  })

  test('the sample that emit sends has the same rows', async () => {
    const vome = await startTestService(vomeService)
    const receiver = await startReceiver()
    await vome.call('POST', '/api/v1/subscriptions/reservation.created', {
      body: { callback_url: receiver.url },
    })
    const body = { event: 'reservation.created', set: { 'user.first_name': 'Jan' } }
    expect((await vome.call('POST', '/local/emit', { body })).status).toBe(202)
    await receiver.arrived(1)
    const rows = contract.operations.find(({ title }) => title === 'New Reservation')?.returns ?? []
    expect(leaves(receiver.deliveries[0]?.body)).toEqual(rows.map(({ path }) => path))
    expect(receiver.deliveries[0]?.body).toMatchObject({ user: { first_name: 'Jan' } })
    await receiver.close()
    await vome.close()
  })
})
