import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestService, type TestService, until } from '@flowstead/service-kit/testing'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mailService } from './index.ts'

interface Message {
  id: string
  subject: string
  text: string
  html: string
  from: { name: string; address: string }
  to: { name: string; address: string }[]
  envelope_to: string[]
  attachments: { filename: string; size: number }[]
}

let mail: TestService

beforeEach(async () => {
  mail = await startTestService(mailService)
})
afterEach(() => mail.close())

async function send(message: SendMailOptions, auth?: { user: string; pass: string }) {
  const transport = createTransport({
    host: '127.0.0.1',
    port: mail.ports.smtp,
    ...(auth === undefined ? {} : { auth }),
  })
  try {
    return await transport.sendMail({ from: 'Kancelář <office@example.org>', ...message })
  } finally {
    transport.close()
  }
}

const list = async (query = '') =>
  (await mail.call<{ messages: Message[] }>('GET', `/api/messages${query}`)).body.messages

describe('receiving', () => {
  test('a message is there once its 250 was answered, in any script', async () => {
    await send({
      to: '"美咲 佐藤" <misaki@example.org>; rene@example.org'.replace(';', ','),
      subject: 'Potvrzení směny: Žižkov',
      text: 'Дорогая Мисаки,\nна смену.',
      html: '<p>Дорогая</p>',
      attachments: [{ filename: 'plán.txt', content: 'abc' }],
    })
    const [message] = await list()
    expect(message).toMatchObject({
      subject: 'Potvrzení směny: Žižkov',
      from: { name: 'Kancelář', address: 'office@example.org' },
      to: [{ name: '美咲 佐藤', address: 'misaki@example.org' }, { address: 'rene@example.org' }],
      envelope_to: ['misaki@example.org', 'rene@example.org'],
      attachments: [{ filename: 'plán.txt', size: 3 }],
    })
    expect(message?.text).toContain('на смену')
    const { body } = await mail.call<Message>('GET', `/api/messages/${message?.id}`)
    expect(body.html).toContain('<p>Дорогая</p>')
  })

  test('any user name and password are accepted', async () => {
    await send({ to: 'a@example.org', subject: 'With login' }, { user: 'anybody', pass: 'anything' })
    expect(await list()).toHaveLength(1)
  })

  test.each([
    ['Message-ID', { messageId: '<one@example.org>' }, '<one@example.org>'],
    ['X-Idempotency-Key', { headers: { 'X-Idempotency-Key': 'run-1/Send' } }, 'run-1/Send'],
  ])('a message with a known %s is kept once, and both attempts are logged', async (_, extra, key) => {
    for (let n = 0; n < 2; n++) await send({ to: 'a@example.org', subject: 'Once', ...extra })
    expect(await list()).toHaveLength(1)
    const { body } = await mail.call<{ attempts: unknown[] }>('GET', '/local/attempts')
    expect(body.attempts).toMatchObject([
      { method: 'SMTP', key, status: 250, replayed: false, outcome: 'finished' },
      { method: 'SMTP', key, status: 250, replayed: true, outcome: 'finished' },
    ])
  })

  test('twenty attempts at once with one key keep one message', async () => {
    const headers = { 'X-Idempotency-Key': 'run-1/Send' }
    await Promise.all(Array.from({ length: 20 }, () => send({ to: 'a@example.org', headers })))
    expect(await list()).toHaveLength(1)
  })

  test('messages without any of the two are all kept', async () => {
    const socketSend = () =>
      new Promise<void>((resolve, reject) => {
        const lines = [
          'HELO a',
          'MAIL FROM:<a@a.example>',
          'RCPT TO:<b@b.example>',
          'DATA',
          'Hi\r\n.',
          'QUIT',
        ]
        const socket = connect(mail.ports.smtp as number, '127.0.0.1')
        socket.setEncoding('utf8')
        socket.on('data', () => socket.write(`${lines.shift() ?? ''}\r\n`))
        socket.on('close', () => resolve())
        socket.on('error', reject)
      })
    await socketSend()
    await socketSend()
    expect(await list()).toHaveLength(2)
  })

  test('a client that goes away in the middle leaves nothing and harms nobody', async () => {
    const socket = connect(mail.ports.smtp as number, '127.0.0.1')
    socket.setEncoding('utf8')
    const lines = ['HELO a', 'MAIL FROM:<a@a.example>', 'RCPT TO:<b@b.example>', 'DATA', 'Half a mess']
    const gone = new Promise((resolve) => socket.on('close', resolve))
    socket.on('data', () => {
      socket.write(`${lines.shift()}\r\n`)
      if (lines.length === 0) socket.destroy()
    })
    await gone
    await send({ to: 'a@example.org', subject: 'Next' })
    await until(async () => (await list()).length === 1)
    expect((await list())[0]?.subject).toBe('Next')
  })

  test('kept messages are there after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'flowstead-mail-'))
    await mail.close()
    mail = await startTestService(mailService, { folder })
    await send({ to: 'a@example.org', subject: 'Kept' })
    await mail.close()
    mail = await startTestService(mailService, { folder })
    expect((await list())[0]?.subject).toBe('Kept')
    await mail.close()
    rmSync(folder, { recursive: true, force: true })
  })
})

describe('reading', () => {
  beforeEach(async () => {
    for (const [to, subject, text] of [
      ['anna@example.org', 'První', 'směna v pondělí'],
      ['petr@example.org', 'Druhá', '100% jistě'],
      ['anna@example.org', 'Třetí', 'směna v úterý'],
    ] as const) {
      await send({ to, subject, text })
    }
  })

  test.each([
    ['', ['Třetí', 'Druhá', 'První']],
    ['?limit=1', ['Třetí']],
    ['?to=anna', ['Třetí', 'První']],
    ['?to=ANNA@example.org&text=pond%C4%9Bl%C3%AD', ['První']],
    ['?text=100%25', ['Druhá']],
    ['?text=%25', ['Druhá']],
    ['?text=nothing', []],
  ])('%s', async (query, subjects) => {
    expect((await list(query)).map(({ subject }) => subject)).toEqual(subjects)
  })

  test('goes on before a message', async () => {
    const [newest] = await list('?limit=1')
    expect((await list(`?before=${newest?.id}`)).map(({ subject }) => subject)).toEqual(['Druhá', 'První'])
  })

  test('an unknown id, a bad limit, no key', async () => {
    expect((await mail.call('GET', '/api/messages/none')).status).toBe(404)
    expect((await mail.call('GET', '/api/messages?limit=0')).body).toMatchObject({
      fields: [{ field: 'limit' }],
    })
    expect((await mail.call('GET', '/api/messages', { key: null })).status).toBe(401)
  })

  test('everything can be deleted', async () => {
    expect((await mail.call('DELETE', '/api/messages')).status).toBe(204)
    expect(await list()).toEqual([])
  })
})

describe('pages', () => {
  const open = async (url: string) =>
    mail.app.inject({ url, headers: { cookie: `flowstead_mail=${mail.key}` } })

  test('show hostile messages as text, HTML only in a frame that may do nothing', async () => {
    await send({
      to: 'a@example.org',
      subject: '<script>alert(1)</script>',
      text: '<b>x',
      html: '"><script>2</script>',
    })
    const [message] = await list()
    const all = await open('/')
    expect(all.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    const one = await open(`/messages/${message?.id}`)
    expect(one.body).not.toContain('<script')
    expect(one.body).toContain('<pre>&lt;b&gt;x')
    expect(one.body).toContain('<iframe sandbox=""')
    expect(one.headers['content-security-policy']).toContain("default-src 'none'")
  })

  test('need the key, and say so when a message is not there', async () => {
    expect((await mail.app.inject('/')).statusCode).toBe(401)
    expect((await open('/messages/none')).body).toContain('No such message')
  })
})
