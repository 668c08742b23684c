import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { notesService } from './notes.testing.ts'
import { startTestService, type TestService, until } from './test-service.testing.ts'
import { defaultThrottle } from './throttle.ts'

let notes: TestService

beforeEach(async () => {
  notes = await startTestService(notesService)
})
afterEach(() => notes.close())

const texts = async () => (await notes.call<{ text: string }[]>('GET', '/notes')).body.map(({ text }) => text)

describe('keys', () => {
  test('nothing but the public places is answered without a key', async () => {
    for (const path of ['/notes', '/local/keys', '/local/attempts']) {
      expect((await notes.call('GET', path, { key: null })).status).toBe(401)
    }
    for (const path of ['/health', '/openapi.json', '/docs']) {
      expect((await notes.app.inject(path)).statusCode).toBe(200)
    }
  })

  test('a client key opens the API but not /local, and nothing once revoked', async () => {
    const { body } = await notes.call<{ id: string; key: string }>('POST', '/local/keys', {
      body: { name: 'ci' },
    })
    expect((await notes.call('GET', '/notes', { key: body.key })).status).toBe(200)
    expect((await notes.call('GET', '/local/keys', { key: body.key })).status).toBe(403)
    expect((await notes.call('DELETE', `/local/keys/${body.id}`)).status).toBe(204)
    expect((await notes.call('GET', '/notes', { key: body.key })).status).toBe(401)
  })

  test('a page takes the key once from its address and keeps it in a cookie', async () => {
    const first = await notes.app.inject(`/?api_key=${notes.key}`)
    expect(first.statusCode).toBe(303)
    expect(first.headers.location).toBe('/')
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? ''
    expect((await notes.app.inject({ url: '/', headers: { cookie } })).statusCode).toBe(200)
    expect((await notes.app.inject('/')).statusCode).toBe(401)
  })

  test('a host name from elsewhere is refused', async () => {
    const answer = await notes.app.inject({ url: '/health', headers: { host: 'evil.example' } })
    expect(answer.statusCode).toBe(421)
  })
})

describe('bad requests', () => {
  test.each([
    [{}, 'text', 'required'],
    [{ text: '' }, 'text', 'minLength'],
    [{ text: 'x'.repeat(21) }, 'text', 'maxLength'],
    [{ text: 'a', important: 'yes' }, 'important', 'type'],
    [{ text: 'a', colour: 'red' }, 'colour', 'additionalProperties'],
    [[], 'body', 'type'],
  ])('%j is refused, naming the field, and nothing changes', async (body, field, rule) => {
    const answer = await notes.call<{ fields: unknown[] }>('POST', '/notes', { body })
    expect(answer.status).toBe(400)
    expect(answer.body.fields).toContainEqual(expect.objectContaining({ field, rule }))
    expect(await texts()).toEqual(['first'])
  })

  test('a query parameter of the wrong type is named', async () => {
    const answer = await notes.call('GET', '/notes?limit=many')
    expect(answer.body).toMatchObject({ fields: [{ field: 'limit', rule: 'type' }] })
  })

  test('text that is not JSON, a body that is too long and other media types are refused', async () => {
    const send = async (payload: string, type: string) =>
      (
        await notes.app.inject({
          method: 'POST',
          url: '/notes',
          headers: { 'x-api-key': notes.key, 'content-type': type },
          payload,
        })
      ).statusCode
    expect(await send('{"text":', 'application/json')).toBe(400)
    expect(await send('{"__proto__": {"text": "a"}}', 'application/json')).toBe(400)
    expect(await send(JSON.stringify({ text: 'x'.repeat(2_000_000) }), 'application/json')).toBe(413)
    expect(await send('<note/>', 'text/xml')).toBe(415)
    expect(await texts()).toEqual(['first'])
    expect(await send(`${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'application/json')).toBe(400)
    expect(await send('{"text":"cut\\u0000off"}', 'application/json')).toBe(400)
  })

  test('a change that is refused late is undone, with its event', async () => {
    expect((await notes.call('POST', '/notes', { body: { text: 'boom' } })).status).toBe(409)
    expect(await texts()).toEqual(['first'])
  })
})

describe('Idempotency-Key', () => {
  const add = (text: string, key: string) =>
    notes.call('POST', '/notes', { body: { text }, headers: { 'idempotency-key': key } })

  test('a repeated key gets the first answer and changes nothing', async () => {
    const first = await add('one', 'k-1')
    const again = await add('one', 'k-1')
    expect(again.status).toBe(201)
    expect(again.body).toEqual(first.body)
    expect(again.headers.location).toBe(first.headers.location)
    expect(again.headers['idempotent-replayed']).toBe('true')
    expect(await texts()).toEqual(['first', 'one'])
  })

  test('twenty requests at once with one key make one note', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => add('one', 'k-1')))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(await texts()).toEqual(['first', 'one'])
  })

  test('a refusal is remembered too', async () => {
    await add('boom', 'k-1')
    const again = await add('boom', 'k-1')
    expect([again.status, again.headers['idempotent-replayed']]).toEqual([409, 'true'])
  })

  test('a key used for another request is refused', async () => {
    await add('one', 'k-1')
    expect((await add('two', 'k-1')).status).toBe(422)
    expect(await texts()).toEqual(['first', 'one'])
  })

  test('a key is forgotten after 24 hours', async () => {
    await add('one', 'k-1')
    notes.clock.advance(24 * 3_600_000)
    await add('one', 'k-1')
    expect(await texts()).toEqual(['first', 'one', 'one'])
  })

  test('a key that cannot be one is refused', async () => {
    expect((await add('one', 'x'.repeat(256))).status).toBe(400)
  })
})

describe('attempt log', () => {
  test('keeps every attempt with its key, status and whether it was replayed', async () => {
    const headers = { 'idempotency-key': 'k-1' }
    await notes.call('POST', '/notes', { body: { text: 'one' }, headers })
    await notes.call('POST', '/notes', { body: { text: 'one' }, headers })
    await notes.call('POST', '/notes', { body: {} })
    await notes.call('POST', '/notes', { body: { text: 'one' }, key: null })
    const { body } = await notes.call<{ attempts: Record<string, unknown>[] }>('GET', '/local/attempts')
    expect(body.attempts).toMatchObject([
      { method: 'POST', path: '/notes', key: 'k-1', status: 201, replayed: false, outcome: 'finished' },
      { key: 'k-1', status: 201, replayed: true, outcome: 'finished' },
      { key: null, status: 400, replayed: false },
      { key: null, status: 401, replayed: false },
    ])
    const some = await notes.call<{ attempts: unknown[] }>('GET', '/local/attempts?key=k-1&after=1')
    expect(some.body.attempts).toHaveLength(1)
  })

  test('counts what is unanswered while answers are held back', async () => {
    const slow = await startTestService(notesService, { latencyMs: 500 })
    const pending = slow.call('POST', '/notes', { body: { text: 'one' } })
    const isPerformed = async () => {
      const { body } = await slow.call<{ attempts: { status: number | null }[] }>('GET', '/local/attempts')
      return body.attempts[0]?.status === 201
    }
    await until(isPerformed)
    const during = await slow.call('GET', '/local/attempts/summary')
    expect(during.body).toMatchObject({ inFlight: 1, byPath: [{ path: '/notes', attempts: 1, inFlight: 1 }] })
    slow.clock.advance(500)
    expect((await pending).status).toBe(201)
    const after = await slow.call('GET', '/local/attempts/summary')
    expect(after.body).toMatchObject({ inFlight: 0, byPath: [{ path: '/notes', finished: 1 }] })
    await slow.close()
  })
})

describe('throttle', () => {
  test('100 calls pass in a minute, the next is told how long to wait', async () => {
    const busy = await startTestService(notesService, { throttle: { calls: 100, seconds: 60 } })
    const statuses = []
    for (let call = 0; call < 101; call++) statuses.push((await busy.call('GET', '/notes')).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(100)
    const refusedCall = await busy.call('GET', '/notes')
    expect(refusedCall.status).toBe(429)
    expect(Number(refusedCall.headers['retry-after'])).toBeGreaterThan(0)
    expect((await busy.call('GET', '/local/keys')).status).toBe(200)
    await busy.close()
  })

  test('is 100 calls in 60 s unless the service says otherwise', async () => {
    const usual = await startTestService(notesService, { throttle: notesService.throttle ?? defaultThrottle })
    const answers = await Promise.all(Array.from({ length: 105 }, () => usual.call('GET', '/notes')))
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5)
    await usual.close()
  })
})

describe('pages', () => {
  test('the readable page escapes what the document says', async () => {
    const { body } = await notes.app.inject('/docs')
    expect(body).toContain('Keeps &lt;notes&gt;.')
    expect(body).not.toContain('<notes>')
  })
})
