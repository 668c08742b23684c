import { afterEach, describe, expect, test } from 'vitest'
import { startTestService, type TestService } from './index.testing.ts'
import { notesService } from './notes.testing.ts'
import { refused } from './problem.ts'
import type { Page, ServiceContext } from './service.ts'

const open: TestService[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((service) => service.close()))
})

async function start(definition: typeof notesService) {
  const service = await startTestService(definition, { data: 'none' })
  open.push(service)
  return service
}

const texts = async (service: TestService) =>
  (await service.call<{ notes: { text: string }[] }>('GET', '/notes')).body

const board: Page = {
  path: '/board',
  render: ({ db, origin }, problem) => {
    const rows = db.prepare<{ text: string }>('SELECT text FROM notes ORDER BY id').all()
    return `${origin}: ${rows.map(({ text }) => text).join(' ')} ${problem?.message ?? ''}`
  },
  submit: ({ body, db, publish }) => {
    const { text = '' } = body as Record<string, string>
    db.prepare('INSERT INTO notes (text) VALUES (?)').run(text)
    publish({ event: 'note.added', entity: text, payload: { text } })
    if (text === 'boom') throw refused({ status: 409, code: 'Note.Boom', message: 'No booming.' })
    return '/board'
  },
}

describe('a form of a page', () => {
  const send = (service: TestService, payload: string, key = service.key) =>
    service.app.inject({
      method: 'POST',
      url: '/board',
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: `flowstead_notes=${key}` },
      payload,
    })

  test('is performed and leads to the next page', async () => {
    const service = await start({ ...notesService, pages: [board] })
    const answer = await send(service, 'text=caf%C3%A9+%26+th%C3%A9')
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/board'])
    const shown = await service.app.inject({ url: '/board', headers: { 'x-api-key': service.key } })
    expect(shown.body).toContain('café & thé')
    expect(shown.body).toContain('http://')
  })

  test('that is refused changes nothing and shows the page with the problem', async () => {
    const service = await start({ ...notesService, pages: [board] })
    const answer = await send(service, 'text=boom')
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([409, 'text/html; charset=utf-8'])
    expect(answer.body).toContain('No booming.')
    expect(answer.body).not.toContain('boom ')
  })

  test('with a NUL character is refused, in the path and the query too', async () => {
    const service = await start({ ...notesService, pages: [board] })
    expect((await send(service, 'text=a%00b')).statusCode).toBe(400)
    const shown = await service.app.inject({ url: '/board?x=%00', headers: { 'x-api-key': service.key } })
    expect(shown.statusCode).toBe(400)
    const half = await service.call('POST', '/notes', { body: { text: 'a\ud800' } })
    expect(half).toMatchObject({ status: 400, body: { fields: [{ field: 'text', rule: 'text' }] } })
  })

  test('needs a key, and the API still refuses forms', async () => {
    const service = await start({ ...notesService, pages: [board] })
    expect((await send(service, 'text=a', 'none')).statusCode).toBe(401)
    const headers = { 'x-api-key': service.key, 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await service.app.inject({ method: 'POST', url: '/notes', headers, payload: 'text=a' })
    expect(answer.statusCode).toBe(415)
  })
})

describe('a page without a key', () => {
  const visit = (service: TestService, url: string) => service.app.inject({ url })

  test('asks for it; the right one leads to the page and stays in a cookie', async () => {
    const service = await start({ ...notesService, pages: [board] })
    const asked = await visit(service, '/board')
    expect([asked.statusCode, asked.headers['content-type']]).toEqual([401, 'text/html; charset=utf-8'])
    expect(asked.body).toContain('name="api_key"')
    expect(asked.body).not.toContain('not in force')
    const { headers, statusCode } = await visit(service, `/board?api_key=${service.key}`)
    expect([statusCode, headers.location]).toEqual([303, '/board'])
    const cookie = String(headers['set-cookie']).split(';')[0] ?? ''
    expect((await service.app.inject({ url: '/board', headers: { cookie } })).statusCode).toBe(200)
  })

  test('says that a wrong one is wrong, and shows nothing of it', async () => {
    const service = await start({ ...notesService, pages: [board] })
    const { body, statusCode } = await visit(service, '/board?api_key=%3Cscript%3E')
    expect([statusCode, body]).toEqual([401, expect.stringContaining('not in force')])
    expect(body).not.toContain('script')
  })

  test('is linked from the readable API, when there are pages', async () => {
    expect((await visit(await start({ ...notesService, pages: [board] }), '/docs')).body).toContain(
      '"/board"',
    )
    expect((await visit(await start({ ...notesService, pages: [] }), '/docs')).body).not.toContain(
      'For people',
    )
  })
})

test('a page may answer with a status and headers of its own', async () => {
  const gone: Page = {
    path: '/gone',
    render: () => ({ status: 410, body: '<p>Gone.', headers: { 'content-security-policy': 'sandbox' } }),
  }
  const service = await start({ ...notesService, pages: [gone] })
  const shown = await service.app.inject({ url: '/gone', headers: { 'x-api-key': service.key } })
  expect([shown.statusCode, shown.body]).toEqual([410, '<p>Gone.'])
  expect(shown.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  })
})

describe('work by the clock', () => {
  const clearing = (times: number[]) => ({
    ...notesService,
    due: {
      nextAt: () => times[0] ?? null,
      perform: ({ db }: ServiceContext) => {
        const at = times.shift()
        db.prepare('INSERT INTO notes (text) VALUES (?)').run(`due ${at}`)
      },
    },
  })

  test('is done when it falls due, the earliest first, and not before', async () => {
    const now = Date.UTC(2026, 4, 4, 8)
    const service = await start(clearing([now - 5, now + 1000, now + 2000]))
    expect(JSON.stringify(await texts(service))).toContain(`due ${now - 5}`)
    service.clock.advance(999)
    expect(JSON.stringify(await texts(service))).not.toContain(`due ${now + 1000}`)
    service.clock.advance(1)
    expect(JSON.stringify(await texts(service))).toContain(`due ${now + 1000}`)
    service.clock.advance(1000)
    expect(JSON.stringify(await texts(service))).toContain(`due ${now + 2000}`)
  })

  test('that a request makes due earlier is not missed', async () => {
    const times: number[] = []
    const service = await start(clearing(times))
    times.push(service.clock.now() + 500)
    await service.call('POST', '/notes', { body: { text: 'a' } })
    service.clock.advance(500)
    expect(times).toEqual([])
  })

  test('that fails is told and tried again', async () => {
    const failures: unknown[] = []
    let calls = 0
    const service = await startTestService(
      {
        ...notesService,
        due: {
          nextAt: () => (calls < 2 ? 0 : null),
          perform: () => {
            calls += 1
            if (calls === 1) throw new Error('once')
          },
        },
      },
      { data: 'none', onError: (error) => failures.push(error) },
    )
    open.push(service)
    expect(failures).toHaveLength(1)
    service.clock.advance(1000)
    expect(calls).toBe(2)
  })
})
