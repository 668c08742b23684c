import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, test } from 'vitest'
import { fakeClock } from './fake-clock.testing.ts'
import { notesService } from './notes.testing.ts'
import { retryAfterMs } from './send-event.ts'
import { startService } from './start-service.ts'
import {
  type Receiver,
  startReceiver,
  startTestService,
  type TestService,
  until,
} from './test-service.testing.ts'

const closers: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

type Answers = NonNullable<Parameters<typeof startReceiver>[0]>

async function receiver(answer?: Answers): Promise<Receiver> {
  const made = await startReceiver(answer)
  closers.push(made.close)
  return made
}

async function service(options?: Parameters<typeof startTestService>[1]): Promise<TestService> {
  const made = await startTestService(notesService, options)
  closers.push(made.close)
  return made
}

async function subscribe(notes: TestService, url: string): Promise<{ id: string; secret: string }> {
  return (await notes.call<{ id: string; secret: string }>('POST', '/subscriptions', { body: { url } })).body
}

const add = (notes: TestService, text: string) => notes.call('POST', '/notes', { body: { text } })

interface Delivery {
  seq: number
  state: string
  tries: number
  last_status: number | null
}
const deliveriesOf = async (notes: TestService) =>
  (await notes.call<{ deliveries: Delivery[] }>('GET', '/local/deliveries')).body.deliveries
const settledTries = (notes: TestService, tries: number) =>
  until(async () => (await deliveriesOf(notes)).some((delivery) => delivery.tries === tries))
const allAre = (notes: TestService, state: string) =>
  until(async () => (await deliveriesOf(notes)).every((delivery) => delivery.state === state))

describe('deliveries', () => {
  test('an event arrives signed by the subscription’s secret', async () => {
    const [notes, subscriber] = [await service({ clock: fakeClock(Date.now()) }), await receiver()]
    const { secret } = await subscribe(notes, subscriber.url)
    await add(notes, 'one')
    await subscriber.arrived(1)
    const { headers, text } = subscriber.deliveries[0] as (typeof subscriber.deliveries)[0]
    expect(secret).toMatch(/^whsec_/)
    expect(new Webhook(secret).verify(text, headers as Record<string, string>)).toEqual({
      id: 2,
      text: 'one',
    })
    expect(() => new Webhook(secret).verify(`${text} `, headers as Record<string, string>)).toThrow()
    expect(headers['webhook-event']).toBe('note.added')
    await allAre(notes, 'delivered')
  })

  test('a failed delivery is tried again when due, with the same id', async () => {
    const statuses = [500, 302, 429, 200]
    const [notes, subscriber] = [
      await service({ scheduleMs: [1000, 2000, 3000] }),
      await receiver((n) => ({ status: statuses[n] ?? 200, headers: { 'retry-after': '60' } })),
    ]
    await subscribe(notes, subscriber.url)
    await add(notes, 'one')
    await settledTries(notes, 1)
    notes.clock.advance(999)
    expect(subscriber.deliveries).toHaveLength(1)
    notes.clock.advance(1)
    await settledTries(notes, 2)
    notes.clock.advance(2000)
    await settledTries(notes, 3)
    notes.clock.advance(59_999)
    expect(subscriber.deliveries).toHaveLength(3)
    notes.clock.advance(1)
    await allAre(notes, 'delivered')
    expect(new Set(subscriber.deliveries.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  test('a delivery is given up after the last try, and can be replayed', async () => {
    const [notes, subscriber] = [
      await service({ scheduleMs: [1000] }),
      await receiver((n) => ({ status: n < 2 ? 500 : 204 })),
    ]
    await subscribe(notes, subscriber.url)
    await add(notes, 'one')
    await settledTries(notes, 1)
    notes.clock.advance(1000)
    await allAre(notes, 'failed')
    const [failed] = await deliveriesOf(notes)
    expect((await notes.call('POST', `/local/deliveries/${failed?.seq}/replay`)).status).toBe(202)
    await allAre(notes, 'delivered')
  })

  test('a subscriber that is not there is tried again', async () => {
    const [notes, subscriber] = [await service({ scheduleMs: [1000] }), await receiver()]
    await subscriber.close()
    await subscribe(notes, subscriber.url)
    await add(notes, 'one')
    await settledTries(notes, 1)
    expect((await deliveriesOf(notes))[0]).toMatchObject({ state: 'pending', last_status: null })
  })

  test('events about one thing keep their order, others do not wait for them', async () => {
    const [notes, subscriber] = [
      await service({ scheduleMs: [1000] }),
      await receiver((n) => ({ status: n === 0 ? 500 : 200 })),
    ]
    await subscribe(notes, subscriber.url)
    await add(notes, 'a1')
    await settledTries(notes, 1)
    await add(notes, 'a2')
    await add(notes, 'b1')
    await subscriber.arrived(2)
    notes.clock.advance(1000)
    await allAre(notes, 'delivered')
    expect(subscriber.deliveries.map(({ body }) => (body as { text: string }).text)).toEqual([
      'a1',
      'b1',
      'a1',
      'a2',
    ])
  })

  test('410 disables the subscription and gives up what waits for it', async () => {
    const [notes, subscriber] = [await service(), await receiver(() => ({ status: 410 }))]
    await subscribe(notes, subscriber.url)
    await add(notes, 'a1')
    await add(notes, 'a2')
    await allAre(notes, 'abandoned')
    const { body } = await notes.call('GET', '/local/subscriptions')
    expect(body).toMatchObject({ subscriptions: [{ state: 'disabled' }] })
    await add(notes, 'a3')
    expect(await deliveriesOf(notes)).toHaveLength(2)
  })

  test('a subscription that failed for 120 hours is disabled', async () => {
    const hour = 3_600_000
    const [notes, subscriber] = [
      await service({ scheduleMs: [119 * hour, hour, hour] }),
      await receiver(() => ({ status: 500 })),
    ]
    await subscribe(notes, subscriber.url)
    await add(notes, 'one')
    await settledTries(notes, 1)
    notes.clock.advance(119 * hour)
    await settledTries(notes, 2)
    expect((await deliveriesOf(notes))[0]?.state).toBe('pending')
    notes.clock.advance(hour)
    await allAre(notes, 'abandoned')
  })

  test('a removed subscription hears nothing more', async () => {
    const [notes, subscriber] = [await service(), await receiver()]
    const { id } = await subscribe(notes, subscriber.url)
    expect((await notes.call('DELETE', `/subscriptions/${id}`)).status).toBe(204)
    await add(notes, 'one')
    expect(await deliveriesOf(notes)).toEqual([])
  })

  test('emit sends a sample with the given values and changes nothing', async () => {
    const [notes, subscriber] = [await service(), await receiver()]
    await subscribe(notes, subscriber.url)
    const emit = (body: unknown) => notes.call('POST', '/local/emit', { body })
    expect((await emit({ event: 'note.added', set: { text: 'mine' } })).body).toMatchObject({ deliveries: 1 })
    await subscriber.arrived(1)
    expect(subscriber.deliveries[0]?.body).toEqual({ id: 1, text: 'mine' })
    expect((await emit({ event: 'note.lost' })).status).toBe(400)
    expect((await emit({ event: 'note.added', set: { 'a.b': 1 } })).body).toMatchObject({
      fields: [{ field: 'set.a.b' }],
    })
  })

  test('a service without events says so', async () => {
    const { sampleEvent: _, ...silent } = notesService
    const notes = await startTestService(silent)
    closers.push(() => notes.close())
    const { status, body } = await notes.call('POST', '/local/emit', { body: { event: 'x' } })
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('sends no events')])
  })

  test.each([
    'ftp://127.0.0.1/x',
    'nonsense',
    'http://user:secret@127.0.0.1/',
    `http://a/${'x'.repeat(2048)}`,
  ])('the callback URL %s is refused', async (url) => {
    const notes = await service()
    const { body, status } = await notes.call('POST', '/subscriptions', { body: { url } })
    expect([status, body]).toMatchObject([400, { fields: [{ field: 'url' }] }])
  })

  test.each([
    ['120', 120_000],
    ['Mon, 04 May 2026 08:01:00 GMT', 60_000],
    ['Mon, 04 May 2020 08:01:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('Retry-After: %s', (header, ms) => {
    expect(retryAfterMs(header, Date.UTC(2026, 4, 4, 8))).toBe(ms)
  })
})

describe('a service that stops and starts again', () => {
  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), 'flowstead-notes-'))
    closers.push(() => rmSync(path, { recursive: true, force: true }))
    return path
  }

  test('delivers what it had not delivered, with the same id', async () => {
    const [path, subscriber] = [folder(), await receiver((n) => ({ status: n === 0 ? 500 : 200 }))]
    const first = await startTestService(notesService, { folder: path, scheduleMs: [1000] })
    await subscribe(first, subscriber.url)
    await add(first, 'one')
    await settledTries(first, 1)
    await first.close()
    const second = await service({ folder: path, clock: fakeClock(first.clock.now() + 1000) })
    await subscriber.arrived(2)
    await allAre(second, 'delivered')
    const ids = subscriber.deliveries.map(({ headers }) => headers['webhook-id'])
    expect(ids[1]).toBe(ids[0])
  })

  test('keeps its key, its data and the answers it gave', async () => {
    const path = folder()
    const first = await startTestService(notesService, { folder: path })
    const headers = { 'idempotency-key': 'k-1' }
    await first.call('POST', '/notes', { body: { text: 'one' }, headers })
    const file = join(path, 'service.json')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      name: 'notes',
      url: first.url,
      key: first.key,
    })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await first.close()
    const second = await service({ folder: path })
    expect(second.key).toBe(first.key)
    const again = await second.call('POST', '/notes', { body: { text: 'one' }, headers })
    expect(again.headers['idempotent-replayed']).toBe('true')
    expect((await second.call<unknown[]>('GET', '/notes')).body).toHaveLength(2)
    const { body } = await second.call<{ attempts: unknown[] }>('GET', '/local/attempts')
    expect(body.attempts).toHaveLength(2)
  })

  test('stops listening even when its folder is gone', async () => {
    const path = folder()
    const notes = await startTestService(notesService, { folder: path })
    rmSync(path, { recursive: true, force: true })
    await expect(notes.close()).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(fetch(`${notes.url}/health`)).rejects.toThrow()
  })

  test('says which port is taken', async () => {
    const notes = await service()
    await expect(startService(notesService, { folder: ':memory:', port: notes.port })).rejects.toMatchObject({
      code: 'Service.PortTaken',
    })
  })
})
