import { type EventEnvelope, publishedExample } from '@flowstead/catalog'
import { type Receiver, startReceiver, type TestService, until } from '@flowstead/service-kit/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { command, eventsOf, hour, iso, scheduled, startPhoenix } from '../phoenix.testing.ts'

let phoenix: TestService
const receivers: Receiver[] = []
const stop = async () => {
  await phoenix.close()
  await Promise.all(receivers.splice(0).map(({ close }) => close()))
}
const start = async () => {
  phoenix = await startPhoenix()
}
/** Each test of the group has its own Phoenix. */
const fresh = () => {
  beforeEach(start)
  afterEach(stop)
}
/** The tests of the group share one; none depends on what another did. */
const shared = () => {
  beforeAll(start)
  afterAll(stop)
}

async function subscriber(event: string, answer?: Parameters<typeof startReceiver>[0]) {
  const receiver = await startReceiver(answer)
  receivers.push(receiver)
  const made = await phoenix.call<{ id: string; secret: string }>('POST', `/api/v1/subscriptions/${event}`, {
    body: { callback_url: receiver.url },
  })
  expect([made.status, made.headers.location]).toEqual([201, `/api/v1/subscriptions/${made.body.id}`])
  return { ...receiver, id: made.body.id }
}

const scheduledEvent = 'VCSessionScheduledEvent'
const only = async () => (await eventsOf(phoenix))[0] as EventEnvelope
const hasStatus = (status: string) => until(async () => (await only()).status === status)
const importEvent = (body: unknown) =>
  phoenix.call<{ event: EventEnvelope; warnings: { rule: string; path: string }[] }>(
    'POST',
    '/api/v1/events',
    {
      body,
    },
  )
const onEvent = (keyId: string, name: string, body?: unknown) =>
  phoenix.call<EventEnvelope & { code: string }>('POST', `/api/v1/events/${keyId}/${name}`, { body })
const claim = async (processorNodeId: string, more: object = {}) =>
  (
    await phoenix.call<{ data: EventEnvelope[] }>('POST', '/api/v1/events/claim', {
      body: { processorNodeId, ...more },
    })
  ).body.data

describe('the published example', () => {
  fresh()

  test('is accepted, stored, delivered and read back equal', async () => {
    const receiver = await subscriber(scheduledEvent)
    const answer = await importEvent(publishedExample)
    expect([answer.status, answer.body.event]).toEqual([201, publishedExample])
    await receiver.arrived(1)
    expect(receiver.deliveries[0]?.text).toBe(JSON.stringify(publishedExample))
    const read = await phoenix.call('GET', `/api/v1/events/${publishedExample.keyId}`)
    expect(JSON.stringify(read.body)).toBe(JSON.stringify(publishedExample))
    const delivery = await phoenix.call('GET', `/api/v1/events/${publishedExample.keyId}/delivery`)
    expect(delivery.body).toMatchObject({ status: 'ACKNOWLEDGED', warnings: answer.body.warnings })
    expect(answer.body.warnings.map(({ rule }) => rule)).toEqual([
      'clock',
      'original.required',
      'original.required',
      'original.required',
    ])
  })

  test('the events written afterwards are numbered after it, with the same members', async () => {
    await importEvent(publishedExample)
    await scheduled(phoenix)
    const own = (await eventsOf(phoenix)).at(-1) as EventEnvelope
    expect(own.id).toBe(publishedExample.id + 1)
    const shape = (event: EventEnvelope) => [
      Object.keys(event),
      Object.keys(event.eventData),
      Object.keys(event.eventData.appointment as object),
    ]
    expect(shape(own)).toEqual(shape(publishedExample))
    expect(shape(own).map((names) => names.length)).toEqual([12, 5, 17])
  })

  test('sent twice is stored and delivered once; another one with its key or number is refused', async () => {
    const receiver = await subscriber(scheduledEvent)
    await importEvent(publishedExample)
    expect((await importEvent(publishedExample)).status).toBe(200)
    const other = { ...publishedExample, talentId: 'someone-else' }
    expect((await importEvent(other)).body).toMatchObject({ code: 'Phoenix.KeyIdTaken' })
    const keyId = '7d9a34e8-4a42-4d1c-a9f1-3f2d8f0a1b2c'
    expect((await importEvent({ ...publishedExample, keyId })).body).toMatchObject({
      code: 'Phoenix.IdTaken',
    })
    await receiver.arrived(1)
    expect(await eventsOf(phoenix)).toHaveLength(1)
    expect(receiver.deliveries).toHaveLength(1)
  })
})

describe('an event from elsewhere', () => {
  shared()

  const changed = (path: string, value: unknown) => {
    const event = structuredClone(publishedExample) as unknown as Record<string, unknown>
    const names = path.split('.')
    const last = names.pop() as string
    const place = names.reduce((inner, name) => inner[name] as Record<string, unknown>, event)
    Object.defineProperty(place, last, { value, enumerable: true, configurable: true, writable: true })
    return event
  }

  test.each([
    ['id', 0],
    ['createdAt', 'yesterday'],
    ['eventName', 'VCSessionLostEvent'],
    ['keyId', 'no-uuid'],
    ['status', 'LOST'],
    ['processorNodeId', 5],
    ['odd', 1],
    ['eventData', null],
    ['eventData.appointment', undefined],
    ['eventData.appointment.status', 'LATE'],
    ['eventData.appointment.startDate', '10/07/2023'],
    ['eventData.appointment.title', null],
  ])('with a bad %s is refused, naming it', async (path, value) => {
    const answer = await importEvent(changed(path, value))
    expect([answer.status, answer.body]).toMatchObject([400, { fields: [{ field: path }] }])
    expect(await eventsOf(phoenix)).toEqual([])
  })

  test('whose parts contradict each other is stored with warnings', async () => {
    const odd = { ...changed('eventData.version', 2), id: 7, keyId: '11111111-1111-4111-8111-111111111111' }
    const answer = await importEvent(odd)
    expect(answer.status).toBe(201)
    expect(answer.body.warnings).toContainEqual(
      expect.objectContaining({ rule: 'contradiction', path: 'eventData.version' }),
    )
  })

  test('that another place still works on is free here after its lease', async () => {
    await importEvent({ ...changed('status', 'PROCESSING'), id: 8 })
    expect(await claim('node-1')).toEqual([])
    phoenix.clock.advance(60_000)
    expect(await claim('node-1')).toMatchObject([{ keyId: publishedExample.keyId }])
  })
})

describe('subscribers', () => {
  fresh()

  test('are told of their event only, and their 2xx acknowledges it', async () => {
    const receiver = await subscriber('VCSessionCanceledEvent')
    const { id } = await scheduled(phoenix)
    await command(phoenix, id, 'cancel', { cancelationReason: 'TALENT_NEED_MORE_TIME', canceledBy: 'COACH' })
    await receiver.arrived(1)
    const delivered = receiver.deliveries[0]?.body as EventEnvelope
    expect(delivered).toMatchObject({ eventName: 'VCSessionCanceledEvent', status: 'PROCESSING' })
    expect(receiver.deliveries[0]?.headers['webhook-event']).toBe('VCSessionCanceledEvent')
    const [first, second] = await eventsOf(phoenix)
    expect(first?.status).toBe('PUBLISHED')
    await until(async () => (await eventsOf(phoenix))[1]?.status === 'ACKNOWLEDGED')
    const { processorNodeId, publisherNodeId } = delivered
    expect(second).toMatchObject({ processorNodeId, publisherNodeId })
    expect(processorNodeId).not.toBe(publisherNodeId)
    const pod = /^phoenix-local-[0-9a-f]{10}-[0-9a-f]{5}$/
    for (const name of [publisherNodeId, processorNodeId]) expect(name).toMatch(pod)
    expect(publisherNodeId.slice(0, -5)).toBe(processorNodeId?.slice(0, -5))
  })

  test('that fail are tried again; after the last try the event is given up, and replayed on demand', async () => {
    let isWell = false
    const receiver = await subscriber(scheduledEvent, () => ({ status: isWell ? 200 : 500 }))
    await scheduled(phoenix, 400)
    await hasStatus('FAILED')
    for (let tries = 2; tries <= 8; tries++) {
      phoenix.clock.advance(11 * hour)
      await receiver.arrived(tries)
      await until(async () => {
        const { keyId } = await only()
        const { body } = await phoenix.call<{ attempts: number }>('GET', `/api/v1/events/${keyId}/delivery`)
        return body.attempts === tries
      })
    }
    const given = await only()
    expect(given).toMatchObject({ status: 'DEAD_LETTERED', updatedAt: iso(phoenix.clock.now()) })
    isWell = true
    const replayed = await onEvent(given.keyId, 'replay')
    expect([replayed.status, replayed.body.status]).toEqual([202, 'PROCESSING'])
    await hasStatus('ACKNOWLEDGED')
    const [again] = receiver.deliveries.slice(-1).map(({ body }) => body as EventEnvelope)
    const { processorNodeId: _, status: __, updatedAt: ___, ...fixed } = given
    expect(again).toMatchObject(fixed)
  })

  test('all of them must have it before it is acknowledged', async () => {
    let isWell = false
    const [good, bad] = [
      await subscriber(scheduledEvent),
      await subscriber(scheduledEvent, () => ({ status: isWell ? 200 : 503 })),
    ]
    await scheduled(phoenix)
    await good.arrived(1)
    await hasStatus('FAILED')
    isWell = true
    phoenix.clock.advance(6000)
    await bad.arrived(2)
    await hasStatus('ACKNOWLEDGED')
    expect(good.deliveries).toHaveLength(1)
  })

  test('that leave give their events back', async () => {
    const receiver = await subscriber(scheduledEvent, () => ({ status: 500 }))
    await scheduled(phoenix)
    await hasStatus('FAILED')
    expect((await phoenix.call('DELETE', `/api/v1/subscriptions/${receiver.id}`)).status).toBe(204)
    expect(await only()).toMatchObject({ status: 'PUBLISHED', processorNodeId: null })
    expect(await claim('node-1')).toHaveLength(1)
    expect((await phoenix.call('DELETE', `/api/v1/subscriptions/${receiver.id}`)).status).toBe(404)
  })

  test('are told of one talent’s events in their order', async () => {
    const receiver = await subscriber(scheduledEvent)
    for (let n = 0; n < 12; n++) await scheduled(phoenix, 48 + n)
    await receiver.arrived(12)
    const ids = receiver.deliveries.map(({ body }) => (body as EventEnvelope).id)
    expect(ids).toEqual([...ids].sort((a, b) => a - b))
  })

  test('need an address that is one', async () => {
    for (const callback_url of ['ftp://a.example', 'nowhere', 'http://a:b@c.example/', 5]) {
      const path = `/api/v1/subscriptions/${scheduledEvent}`
      const answer = await phoenix.call('POST', path, { body: { callback_url } })
      expect([answer.status, answer.body.fields]).toMatchObject([400, [{ field: 'callback_url' }]])
    }
    const unknown = await phoenix.call('POST', '/api/v1/subscriptions/VCSessionLostEvent', {
      body: { callback_url: 'http://127.0.0.1:1/' },
    })
    expect(unknown.status).toBe(404)
  })
})

describe('consumers that fetch', () => {
  fresh()

  test('hold an event, acknowledge it, and get the next of that talent only then', async () => {
    await scheduled(phoenix)
    await scheduled(phoenix)
    await scheduled(phoenix, 48, { talentId: 'talent-2' })
    const [one, other] = await claim('node-1')
    expect([one?.talentId, other?.talentId]).toEqual(['talent-1', 'talent-2'])
    expect(one).toMatchObject({ status: 'PROCESSING', processorNodeId: 'node-1' })
    expect(await claim('node-2')).toEqual([])
    const keyId = one?.keyId ?? ''
    expect((await onEvent(keyId, 'acknowledge', { processorNodeId: 'node-2' })).body.code).toBe(
      'Phoenix.EventNotHeld',
    )
    phoenix.clock.advance(18)
    const done = await onEvent(keyId, 'acknowledge', { processorNodeId: 'node-1' })
    expect(done.body).toMatchObject({ status: 'ACKNOWLEDGED', updatedAt: iso(phoenix.clock.now()) })
    expect(await claim('node-2')).toMatchObject([{ talentId: 'talent-1', processorNodeId: 'node-2' }])
    expect((await onEvent(keyId, 'acknowledge', { processorNodeId: 'node-1' })).status).toBe(409)
  })

  test('lose an event whose lease runs out, unless they renew it', async () => {
    await scheduled(phoenix)
    const [held] = await claim('node-1', { leaseSeconds: 10 })
    const keyId = held?.keyId ?? ''
    phoenix.clock.advance(9000)
    expect((await onEvent(keyId, 'renew', { processorNodeId: 'node-1', leaseSeconds: 10 })).status).toBe(200)
    phoenix.clock.advance(9000)
    expect((await only()).status).toBe('PROCESSING')
    phoenix.clock.advance(1000)
    expect(await only()).toMatchObject({ status: 'PUBLISHED', processorNodeId: null })
    expect((await onEvent(keyId, 'renew', { processorNodeId: 'node-1' })).status).toBe(409)
  })

  test('give an event back; after the eighth time it is given up', async () => {
    await scheduled(phoenix, 400)
    const { keyId } = await only()
    for (let tries = 1; tries <= 8; tries++) {
      expect(await claim('node-1')).toHaveLength(1)
      const failed = await onEvent(keyId, 'fail', { processorNodeId: 'node-1', reason: `try ${tries}` })
      expect(failed.body.status).toBe(tries < 8 ? 'FAILED' : 'DEAD_LETTERED')
      expect(await claim('node-1')).toEqual([])
      phoenix.clock.advance(10 * hour)
    }
    const { body } = await phoenix.call('GET', `/api/v1/events/${keyId}/delivery`)
    expect(body).toMatchObject({ attempts: 8, lastError: 'try 8', dueAt: null })
    expect((await onEvent(keyId, 'replay')).body.status).toBe('PUBLISHED')
    expect(await claim('node-1', { eventNames: ['VCSessionDoneEvent'] })).toEqual([])
    expect(await claim('node-1', { eventNames: [scheduledEvent] })).toHaveLength(1)
  })

  test('are told what is wrong with what they ask', async () => {
    const ask = (body: unknown) => phoenix.call('POST', '/api/v1/events/claim', { body })
    for (const [field, body] of [
      ['processorNodeId', {}],
      ['limit', { processorNodeId: 'n', limit: 0 }],
      ['leaseSeconds', { processorNodeId: 'n', leaseSeconds: 3601 }],
      ['eventNames.0', { processorNodeId: 'n', eventNames: ['x'] }],
    ] as const) {
      expect((await ask(body)).body.fields).toMatchObject([{ field }])
    }
    expect((await onEvent('x', 'acknowledge', { processorNodeId: 'n' })).status).toBe(404)
  })
})

describe('the types', () => {
  shared()

  test('are listed; the published one shows both schemas and the findings', async () => {
    const types = await phoenix.call<{ data: { name: string }[] }>('GET', '/api/v1/event-types')
    expect(types.body.data).toHaveLength(6)
    const type = await phoenix.call<Record<string, unknown>>('GET', `/api/v1/event-types/${scheduledEvent}`)
    expect(type.body).toMatchObject({
      version: 1,
      schema: { $schema: 'http://json-schema.org/draft-07/schema#' },
      originalSchema: { $id: 'VCSessionScheduledEventPayloadTSchema' },
      example: publishedExample,
    })
    expect(type.body.findings).toHaveLength(16)
    const sibling = await phoenix.call('GET', '/api/v1/event-types/VCSessionDoneEvent')
    expect(sibling.body).toMatchObject({ originalSchema: null, findings: [] })
    expect((await phoenix.call('GET', '/api/v1/event-types/x')).status).toBe(404)
  })

  test('each has a sample that can be emitted, which changes nothing', async () => {
    const receiver = await subscriber('VCSessionDoneEvent')
    const set = { 'eventData.appointment.title': 'Test' }
    await phoenix.call('POST', '/local/emit', { body: { event: 'VCSessionDoneEvent', set } })
    await receiver.arrived(1)
    expect(receiver.deliveries[0]?.body).toMatchObject({ eventData: { appointment: { title: 'Test' } } })
    expect(await eventsOf(phoenix)).toEqual([])
  })
})
