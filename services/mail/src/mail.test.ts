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

describe('attachments', () => {
  const report = '<!doctype html><title>Zpráva</title><script>1</script>'
  const openAs = async (place: string, headers: Record<string, string>) =>
    mail.app.inject({ url: place, headers })
  const open = (place: string) => openAs(place, { 'x-api-key': mail.key })

  async function sendFiles(...attachments: NonNullable<SendMailOptions['attachments']>) {
    await send({ to: 'a@example.org', subject: 'Files', text: 'x', attachments })
    const [message] = await list()
    return `messages/${message?.id}/attachments`
  }

  test('are got byte by byte, by the API with the key and by the link of the page with the cookie', async () => {
    const bytes = Buffer.from([0, 1, 255, 10, 13])
    const place = await sendFiles(
      { filename: 'Noční přehled.html', content: report },
      { filename: 'raw.bin', content: bytes },
    )
    const first = await open(`/api/${place}/1`)
    expect([first.statusCode, first.body, first.headers['content-type']]).toEqual([200, report, 'text/html'])
    expect((await open(`/api/${place}/2`)).rawPayload).toEqual(bytes)

    const cookie = `flowstead_mail=${mail.key}`
    const shown = await openAs(`/${place.replace('/attachments', '')}`, { cookie })
    expect(shown.body).toContain(`<a href="/${place}/1" download>Noční přehled.html</a>`)
    expect((await openAs(`/${place}/1`, { cookie })).body).toBe(report)
  })

  test('are saved, not shown: what runs in them does not run here', async () => {
    const place = await sendFiles({ filename: 'a.html', content: report })
    for (const url of [`/api/${place}/1`, `/${place}/1`]) {
      const { headers } = await open(url)
      expect(headers['content-disposition']).toBe("attachment; filename*=UTF-8''a.html")
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox")
    }
  })

  test.each([
    ['a"; filename="b.exe', 'a_%3B%20filename%3D_b.exe'],
    ['../../x', '.._.._x'],
    ['\u202Eexe.txt', '_exe.txt'],
    [false as const, 'attachment-1'],
  ])('named %j cannot say more in the headers than a name', async (filename, name) => {
    const place = await sendFiles({ filename, content: 'x', contentType: 'text/plain' })
    const { headers, statusCode } = await open(`/api/${place}/1`)
    expect([statusCode, headers['content-disposition']]).toEqual([
      200,
      `attachment; filename*=UTF-8''${name}`,
    ])
  })

  test('cannot add a header by a name with line ends in it', async () => {
    const name = "filename*=UTF-8''a%0D%0Aset-cookie%3A%20x%3D1%0D%0A%0D%0A.txt"
    const raw = [
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/html%0D%0Ax: y',
      `Content-Disposition: attachment; ${name}`,
      '',
      'x',
      '--b--',
    ]
    await send({ to: 'a@example.org', raw: raw.join('\r\n') })
    const [message] = await list()
    const { headers, statusCode } = await open(`/api/messages/${message?.id}/attachments/1`)
    expect([statusCode, headers['set-cookie'], headers.x]).toEqual([200, undefined, undefined])
    expect(headers['content-disposition']).toBe("attachment; filename*=UTF-8''a__set-cookie_%20x%3D1____.txt")
    expect(headers['content-type']).toBe('application/octet-stream')
  })

  test('that are not there are 404, numbers that cannot be are 400', async () => {
    const place = await sendFiles({ filename: 'a.txt', content: 'x' })
    expect((await mail.call('GET', `/api/${place}/2`)).status).toBe(404)
    expect((await mail.call('GET', '/api/messages/none/attachments/1')).body).toMatchObject({
      code: 'Mail.NotFound',
      fields: [{ field: 'number' }],
    })
    for (const number of ['0', '-1', '1.5', 'x', '1e999', '9'.repeat(400), '%00']) {
      expect([number, (await mail.call('GET', `/api/${place}/${number}`)).status]).toEqual([number, 400])
      expect([400, 404]).toContain((await open(`/${place}/${number}`)).statusCode)
    }
  })

  test('need the key', async () => {
    const place = await sendFiles({ filename: 'a.txt', content: 'x' })
    for (const url of [`/api/${place}/1`, `/${place}/1`]) {
      expect((await mail.app.inject(url)).statusCode).toBe(401)
    }
  })

  test('go with their messages', async () => {
    const place = await sendFiles({ filename: 'a.txt', content: 'x' })
    await mail.call('DELETE', '/api/messages')
    expect((await mail.call('GET', `/api/${place}/1`)).status).toBe(404)
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
    const missing = await open('/messages/none')
    expect([missing.statusCode, missing.body]).toEqual([404, expect.stringContaining('No such message')])
  })
})
