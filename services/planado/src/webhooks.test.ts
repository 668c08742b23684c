import { type Receiver, startReceiver, until } from '@flowstead/service-kit/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { eventTypes } from './changes.ts'
import { delivery } from './delivery.ts'
import { startPlanado, type TestPlanado } from './planado.testing.ts'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close()
})

async function setUp(answer?: Parameters<typeof startReceiver>[0]): Promise<[TestPlanado, Receiver]> {
  const [planado, receiver] = [await startPlanado(), await startReceiver(answer)]
  opened.push(planado, receiver)
  return [planado, receiver]
}

interface Told {
  readonly event_uuid: string
  readonly event_type: string
  readonly context: Record<string, unknown>
  readonly job?: Record<string, unknown>
  readonly client?: Record<string, unknown>
  readonly previous?: Record<string, unknown>
}

const told = ({ deliveries }: Receiver) => deliveries.map(({ body }) => body as Told)
const anna = { worker: { email: 'anna.sokolova@planado.example' } }

describe('webhooks', () => {
  test('tell the whole job and, on updates, what it was before', async () => {
    const [planado, receiver] = await setUp()
    await planado.post('/v2/webhooks/jobs', { url: receiver.url })
    const id = await planado.job({ description: 'before' })
    await planado.patch(`/v2/jobs/${id}`, { description: 'after' })
    await receiver.arrived(2)
    const [created, updated] = told(receiver).sort((a, b) => Number(a.job?.version) - Number(b.job?.version))
    expect(created).toMatchObject({
      event_type: 'job_created',
      job: { uuid: id, version: 1, description: 'before' },
      context: { source: 'api', user_uuid: null, device_uuid: null },
    })
    expect(created).not.toHaveProperty('previous')
    expect(updated).toMatchObject({
      event_type: 'job_updated',
      job: { version: 2, description: 'after' },
      previous: { version: 1, description: 'before' },
    })
    expect(updated?.job).toEqual(await planado.read(id))
  })

  test('each of the sixteen events is told once, by what the API does', async () => {
    const [planado, receiver] = await setUp()
    await planado.post('/v2/webhooks', { url: receiver.url })
    const post = (id: string, body: unknown) => planado.post(`/v2/jobs/${id}/transitions`, body)
    const id = await planado.job()
    await planado.patch(`/v2/jobs/${id}`, { description: 'x' })
    await planado.patch(`/v2/jobs/${id}`, { assignee: anna, scheduled_at: '2026-05-05T08:00:00Z' })
    for (const to of ['en_route', 'started', 'suspended', 'started']) await post(id, { to })
    await post(id, { to: 'finished', resolution: { name: 'Done' } })
    await planado.del(`/v2/jobs/${id}`)
    const other = await planado.job()
    await post(other, { to: 'canceled' })
    for (const path of ['/v2/clients', '/v2/sites']) {
      const one = path === '/v2/sites' ? { name: 'a' } : { first_name: 'a' }
      await planado.post(path, { ...one, external_id: 'told' })
      await planado.patch(`${path}/told`, { contacts: [{ value: '1' }] })
      await planado.del(`${path}/told`)
    }
    await receiver.arrived(17)
    const types = told(receiver).map(({ event_type }) => event_type)
    expect([...new Set(types)].sort()).toEqual([...eventTypes].sort())
    expect(types.filter((type) => type === 'job_created')).toHaveLength(2)
    expect(types).toHaveLength(17)
  })

  test('what is refused, read or unchanged is not told', async () => {
    const [planado, receiver] = await setUp()
    await planado.post('/v2/webhooks', { url: receiver.url, event_types: ['job_created', 'job_updated'] })
    const id = await planado.job({ description: 'same' })
    await planado.patch(`/v2/jobs/${id}`, { description: 'same' })
    await planado.patch(`/v2/jobs/${id}`, { description: 1 })
    await planado.post(`/v2/jobs/${id}/transitions`, { to: 'started' })
    await planado.post(`/v2/jobs/${id}/transitions`, { to: 'canceled' })
    await planado.get(`/v2/jobs/${id}`)
    await planado.job({ description: 'last' })
    await receiver.arrived(2)
    expect(
      told(receiver)
        .map(({ job }) => job?.description)
        .sort(),
    ).toEqual(['last', 'same'])
  })

  test('deliveries do not wait for each other', async () => {
    const [planado, receiver] = await setUp((n) => ({ status: n === 0 ? 500 : 200 }))
    await planado.post('/v2/webhooks', { url: receiver.url })
    const id = await planado.job({ description: '1' })
    await receiver.arrived(1)
    await planado.patch(`/v2/jobs/${id}`, { description: '2' })
    await receiver.arrived(2)
    expect(told(receiver).map(({ job }) => job?.version)).toEqual([1, 2])
  })

  test('a delivery is tried seventeen times in about a week, then given up', async () => {
    const [planado, receiver] = await setUp(() => ({ status: 500 }))
    const { body } = await planado.post('/v2/webhooks', { url: receiver.url })
    await planado.job()
    type Requests = { requests: Record<string, unknown>[] }
    const requests = async () =>
      (await planado.get<Requests>(`/v2/webhooks/${body.webhook_uuid}/requests`)).body.requests
    const start = planado.clock.now()
    for (const [i, wait] of delivery.scheduleMs.entries()) {
      await until(async () => (await requests()).length === i + 1)
      planado.clock.advance(wait)
    }
    await until(async () => (await requests()).length === 17)
    const tries = await requests()
    expect(tries[0]).toMatchObject({
      attempt_no: 17,
      status: 'failed',
      http_response_code: 500,
      entity_type: 'job',
      entity_version: 1,
    })
    expect((planado.clock.now() - start) / 86_400_000).toBeCloseTo(7, 1)
    planado.clock.advance(30 * 86_400_000)
    expect(await requests()).toHaveLength(17)
    expect([delivery.timeoutMs, delivery.order]).toEqual([10_000, 'none'])
  })

  test('are listed with their events, and can be ended', async () => {
    const [planado] = await setUp()
    const made = await planado.post('/v2/webhooks/clients', {
      url: 'http://127.0.0.1:1/hook',
      secret: 's3cret',
    })
    const { body } = await planado.get<{ webhooks: object[] }>('/v2/webhooks')
    expect(body.webhooks).toEqual([
      {
        uuid: made.body.webhook_uuid,
        url: 'http://127.0.0.1:1/hook',
        event_types: ['client_created', 'client_updated', 'client_deleted'],
        suspended: false,
        secret: 's3cret',
      },
    ])
    const place = `/v2/webhooks/clients/${made.body.webhook_uuid}`
    expect((await planado.del(place)).status).toBe(204)
    expect((await planado.del(place)).status).toBe(404)
    expect((await planado.get<{ webhooks: object[] }>('/v2/webhooks')).body.webhooks).toEqual([])
  })

  test('emit sends a sample of every event', async () => {
    const [planado, receiver] = await setUp()
    await planado.post('/v2/webhooks', { url: receiver.url })
    for (const event of eventTypes) expect((await planado.post('/local/emit', { event })).status).toBe(202)
    await receiver.arrived(eventTypes.length)
    expect(
      told(receiver)
        .map(({ event_type }) => event_type)
        .sort(),
    ).toEqual([...eventTypes].sort())
    expect((await planado.post('/local/emit', { event: 'job_lost' })).status).toBe(400)
  })
})

describe('a webhook that cannot be', () => {
  let planado: TestPlanado
  beforeAll(async () => {
    planado = await startPlanado()
  })
  afterAll(() => planado.close())

  test.each([
    [{}, 'url'],
    [{ url: 'nonsense' }, 'url'],
    [{ url: 'http://user:secret@host/' }, 'url'],
    [{ url: 'http://host/', event_types: ['client_created'] }, 'event_types.0'],
    [{ url: 'http://host/', event_types: [] }, 'event_types'],
    [{ url: 'http://host/', secret: 'a\nb' }, 'secret'],
  ])('%j is refused for jobs', async (body, field) => {
    const answer = await planado.post<{ errors: { field: string }[] }>('/v2/webhooks/jobs', body)
    expect([answer.status, answer.body.errors[0]?.field]).toEqual([422, field])
  })
})

test('a delivery carries its number, and the secret where there is one', async () => {
  const [planado, receiver] = await setUp((n) => ({ status: n < 2 ? 500 : 200 }))
  await planado.post('/v2/webhooks', { url: receiver.url, secret: 's3cret' })
  const other = await startReceiver()
  planado.clock.advance(1)
  opened.push(other)
  await planado.post('/v2/webhooks', { url: other.url })
  await planado.job()
  for (const [tries, wait] of [
    [1, 10_000],
    [2, 20_000],
  ] as const) {
    await receiver.arrived(tries)
    await until(async () => {
      const { body } = await planado.get<{ deliveries: { tries: number }[] }>('/local/deliveries')
      return body.deliveries[0]?.tries === tries
    })
    planado.clock.advance(wait)
  }
  await receiver.arrived(3)
  const sent = receiver.deliveries.map(({ headers }) => headers)
  expect(sent.map((headers) => headers['x-planado-delivery-attempt'])).toEqual(['1', '2', '3'])
  expect(sent.map((headers) => headers['x-planado-secret'])).toEqual(['s3cret', 's3cret', 's3cret'])
  expect(new Set(told(receiver).map(({ event_uuid }) => event_uuid)).size).toBe(1)
  expect(other.deliveries[0]?.headers).not.toHaveProperty('x-planado-secret')
  expect(sent[0]).not.toHaveProperty('webhook-signature')
})

describe('access', () => {
  test('90 calls pass in a minute, the next is told so in plain text', async () => {
    const planado = await startPlanado({ throttle: { calls: 90, seconds: 60 } })
    opened.push(planado)
    const statuses: number[] = []
    const ask = () =>
      planado.app.inject({ url: '/v2/skills', headers: { authorization: `Bearer ${planado.key}` } })
    for (let call = 0; call < 90; call++) statuses.push((await ask()).statusCode)
    expect(new Set(statuses)).toEqual(new Set([200]))
    const refused = await ask()
    expect([refused.statusCode, refused.body]).toEqual([429, 'Rate Limit Exceeded'])
    expect(refused.headers['content-type']).toContain('text/plain')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  })

  test('without a key there is no answer', async () => {
    const [planado] = await setUp()
    const answer = await planado.app.inject('/v2/jobs')
    expect([answer.statusCode, answer.json()]).toMatchObject([401, { error: { code: 'unauthorized' } }])
  })

  test('what is not JSON is 422', async () => {
    const [planado] = await setUp()
    const headers = { authorization: `Bearer ${planado.key}`, 'content-type': 'application/json' }
    const answer = await planado.app.inject({ method: 'POST', url: '/v2/jobs', headers, payload: '{' })
    expect([answer.statusCode, answer.json()]).toMatchObject([422, { errors: [{ field: 'body' }] }])
  })

  test('an external id of 500 letters is one in a path, too', async () => {
    const [planado] = await setUp()
    const id = 'я'.repeat(500)
    expect((await planado.patch(`/v2/sites/${encodeURIComponent(id)}`, { name: 'Склад' })).status).toBe(200)
    const { body } = await planado.get<{ site: object }>(`/v2/sites/${encodeURIComponent(id)}`)
    expect(body.site).toMatchObject({ external_id: id })
  })
})
