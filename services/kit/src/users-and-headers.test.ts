import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ok } from './answer.ts'
import { standardDelivery } from './delivery-policy.ts'
import { notesService } from './notes.testing.ts'
import { defineService, type ServiceDefinition } from './service.ts'
import { startReceiver, startTestService, type TestService } from './test-service.testing.ts'

const whoami = (security?: readonly Readonly<Record<string, readonly string[]>>[]) => ({
  get: {
    operationId: '',
    summary: 'Who calls.',
    ...(security === undefined ? {} : { security }),
    responses: { 200: { description: 'Who.' } },
  },
})

const operations = {
  '/who/public': { ...whoami([]), get: { ...whoami([]).get, operationId: 'whoPublic' } },
  '/who/user': { ...whoami(), get: { ...whoami([{ user: [] }]).get, operationId: 'whoUser' } },
  '/who/{key}': { ...whoami(), get: { ...whoami().get, operationId: 'whoKey' } },
}
const answer: ServiceDefinition['handlers'][string] = ({ headers, params, userId }) =>
  ok({ userId: userId ?? null, header: headers?.['x-test'] ?? null, key: params.key ?? null })

const definition = defineService({
  ...notesService,
  openapi: { ...notesService.openapi, paths: { ...notesService.openapi.paths, ...operations } },
  auth: { in: 'header', name: 'Authorization', scheme: 'Bearer' },
  userOfToken: (token) => (token.startsWith('token-') ? token.slice(6) : undefined),
  unreadableStatus: 422,
  handlers: { ...notesService.handlers, whoPublic: answer, whoUser: answer, whoKey: answer },
  delivery: {
    ...standardDelivery,
    signature: 'none',
    headers: ({ attempt, event }) => ({ 'x-attempt': String(attempt), 'x-event': event }),
  },
  pages: [{ path: '/', render: ({ userId }) => `<!doctype html><p>${userId ?? 'key'}` }],
})

let notes: TestService
beforeAll(async () => {
  notes = await startTestService(definition)
})
afterAll(() => notes.close())

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

const get = (url: string, token?: string) =>
  notes.app.inject({
    url,
    headers: { 'x-test': 'here', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  })

describe('who may call', () => {
  test('a key follows Bearer; headers reach the handler', async () => {
    expect((await get('/who/a', notes.key)).json()).toEqual({ userId: null, header: 'here', key: 'a' })
    expect((await get('/who/a')).statusCode).toBe(401)
    expect(
      (await notes.app.inject({ url: '/who/a', headers: { authorization: notes.key } })).statusCode,
    ).toBe(401)
    expect((await notes.app.inject({ url: '/who/a', headers: { 'x-api-key': notes.key } })).statusCode).toBe(
      401,
    )
  })

  test('a user’s token opens what users may call, and nothing else', async () => {
    expect((await get('/who/user', 'token-anna')).json()).toMatchObject({ userId: 'anna' })
    expect((await get('/who/a', 'token-anna')).statusCode).toBe(401)
    expect((await get('/local/keys', 'token-anna')).statusCode).toBe(401)
    expect((await get('/who/user', 'nobody')).statusCode).toBe(401)
    expect((await get('/who/user', notes.key)).statusCode).toBe(401)
  })

  test('what asks for nothing is open to all', async () => {
    expect((await get('/who/public')).json()).toMatchObject({ userId: null })
  })

  test('a page takes a key or a token, also as a cookie', async () => {
    expect((await get('/', notes.key)).body).toContain('key')
    const first = await notes.app.inject('/?api_key=token-anna')
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? ''
    expect((await notes.app.inject({ url: '/', headers: { cookie } })).body).toContain('anna')
  })

  test('users and strangers are throttled, too', async () => {
    const busy = await startTestService(definition, { throttle: { calls: 1, seconds: 60 } })
    opened.push(busy)
    const ask = (url: string, token: string) =>
      busy.app.inject({ url, headers: { authorization: `Bearer ${token}` } })
    const statuses: number[] = []
    for (const token of ['token-anna', 'token-anna', 'token-jan'])
      statuses.push((await ask('/who/user', token)).statusCode)
    for (const token of ['a', 'b']) statuses.push((await ask('/who/public', token)).statusCode)
    expect(statuses).toEqual([200, 429, 200, 200, 429])
  })
})

test('a part of a path may be as long as an external id', async () => {
  const id = 'я'.repeat(500)
  expect((await get(`/who/${encodeURIComponent(id)}`, notes.key)).json()).toMatchObject({ key: id })
})

test('a service says with which status it refuses what is not JSON', async () => {
  const headers = { authorization: `Bearer ${notes.key}`, 'content-type': 'application/json' }
  const answered = await notes.app.inject({ method: 'POST', url: '/notes', headers, payload: '{' })
  expect(answered.statusCode).toBe(422)
})

test('a policy adds headers to each try and can do without signature', async () => {
  const receiver = await startReceiver()
  opened.push(receiver)
  const headers = { authorization: `Bearer ${notes.key}` }
  await notes.call('POST', '/subscriptions', { body: { url: receiver.url }, headers })
  await notes.call('POST', '/notes', { body: { text: 'one' }, headers })
  await receiver.arrived(1)
  const sent = receiver.deliveries[0]?.headers ?? {}
  expect(sent).toMatchObject({ 'x-attempt': '1', 'x-event': 'note.added', 'webhook-event': 'note.added' })
  expect(sent['webhook-id']).toMatch(/^msg_/)
  expect(sent).not.toHaveProperty('webhook-signature')
})
