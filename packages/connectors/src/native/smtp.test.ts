import type { ObjectValue } from '@flowstead/expressions'
import { afterEach, describe, expect, test } from 'vitest'
import { callContext, testHost } from '../host/host.testing.ts'
import { type Answers, openMailServer } from './mail-server.testing.ts'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close()
})

async function mailServer(answers: Answers = {}) {
  const server = await openMailServer(answers)
  opened.push(server)
  return server
}

function send(port: number, parameters: object, idempotencyKey = 'run/Send') {
  const opening = testHost({
    shared_smtp: {
      connector: 'SMTP',
      target: { kind: 'local', service: 'mail', origin: `smtp://127.0.0.1:${port}` },
    },
  })
  opened.push(opening)
  const inputs = {
    host: {
      connectionName: 'shared_smtp',
      operationId: 'SendEmailV3',
      apiId: '/providers/Microsoft.PowerApps/apis/shared_smtp',
    },
    parameters,
  } as unknown as ObjectValue
  return opening.host.perform(
    { request: { to: 'operation', actionType: 'OpenApiConnection', inputs } },
    callContext({ idempotencyKey }),
  )
}

const mail = {
  'emailMessage/From': 'a@example.org',
  'emailMessage/To': 'b@example.org',
  'emailMessage/Subject': 'Hi',
  'emailMessage/Body': 'text',
}

describe('Send email (V3)', () => {
  test('delivers the message to every recipient and answers without a body', async () => {
    const { delivered, port } = await mailServer()
    const outcome = await send(port, {
      ...mail,
      'emailMessage/To': 'b@example.org; "C, D" <c@example.org>;',
      'emailMessage/CC': 'd@example.org',
      'emailMessage/Bcc': 'e@example.org',
      'emailMessage/Subject': 'Potvrzení směny',
      'emailMessage/Body': '<p>Dobrý den</p>',
      'emailMessage/Importance': 'High',
      'emailMessage/ReadReceipt': 'a@example.org',
      'emailMessage/Attachments': [{ FileName: 'a.txt', ContentType: 'text/plain', Content: 'aGVsbG8=' }],
    })
    expect(outcome).toEqual({ outputs: { statusCode: 200, headers: {} } })
    const [{ envelope, message } = { envelope: [], message: '' }] = delivered
    expect(envelope).toEqual([
      expect.stringContaining('<a@example.org>'),
      ...['b', 'c', 'd', 'e'].map((name) => expect.stringContaining(`<${name}@example.org>`)),
    ])
    expect(message).toContain('Subject: =?UTF-8?')
    expect(message).toContain('Importance: High')
    expect(message).toContain('Disposition-Notification-To: a@example.org')
    expect(message).toContain('Content-Type: text/html; charset=utf-8')
    expect(message).toContain('aGVsbG8=')
    expect(message).not.toContain('e@example.org')
  })

  test('a repeated attempt is byte for byte the same message', async () => {
    const { delivered, port } = await mailServer()
    const withFile = { ...mail, 'emailMessage/Attachments': [{ FileName: 'a', Content: 'aGVsbG8=' }] }
    await send(port, withFile, 'run/Pošli')
    await send(port, withFile, 'run/Pošli')
    await send(port, withFile, 'run/Other')
    expect(delivered[1]?.message).toBe(delivered[0]?.message)
    const idOf = (at: number) => /^Message-ID: (.*)$/im.exec(delivered[at]?.message ?? '')?.[1]
    expect(idOf(0)).toMatch(/^<[0-9a-f]{32}@example\.org>/)
    expect(idOf(2)).not.toBe(idOf(0))
    expect(delivered[0]?.message).toMatch(/^X-Idempotency-Key: run\/Po%C5%A1li/m)
  })

  test.each([
    ['emailMessage/To', 'no address'],
    ['emailMessage/To', 'b@example.org, c@example.org'],
    ['emailMessage/From', 'a@'],
    ['emailMessage/Bcc', 'x@example.org\r\nSubject: y'],
    ['emailMessage/CC', 'b@example.org;@example.org'],
  ])('%s %j is answered with 400 naming it, and nothing is sent', async (name, address) => {
    const { delivered, port } = await mailServer()
    const outcome = await send(port, { ...mail, [name]: address })
    expect(outcome).toMatchObject({ error: { code: 'BadRequest' }, outputs: { statusCode: 400 } })
    expect(outcome.error?.message).toContain(name.split('/')[1])
    expect(delivered).toEqual([])
  })

  test.each<[string, Answers, object]>([
    ['a refused sender', { MAIL: '550 no' }, { error: { code: 'BadRequest' } }],
    ['a busy server', { MAIL: '451 later' }, { error: { code: 'BadGateway' }, transient: true }],
    ['a refused message', { MESSAGE: '554 spam' }, { error: { code: 'BadRequest' } }],
    ['a server that is full', { MESSAGE: '452 full' }, { error: { code: 'BadGateway' }, transient: true }],
  ])('%s', async (_, answers, expected) => {
    const { port } = await mailServer(answers)
    const outcome = await send(port, mail)
    expect(outcome).toMatchObject(expected)
    expect(outcome.transient).toBe('transient' in expected ? true : undefined)
  })

  test('nobody listening may be tried again', async () => {
    expect(await send(1, mail)).toMatchObject({ error: { code: 'BadGateway' }, transient: true })
  })

  test('a real server on a private address is refused', async () => {
    const opening = testHost({ shared_smtp: { connector: 'SMTP', values: { serverAddress: '127.0.0.1' } } })
    opened.push(opening)
    const inputs = {
      host: { connectionName: 'shared_smtp', operationId: 'SendEmailV3', apiId: 'shared_smtp' },
      parameters: mail,
    }
    const outcome = await opening.host.perform(
      {
        request: {
          to: 'operation',
          actionType: 'OpenApiConnection',
          inputs: inputs as unknown as ObjectValue,
        },
      },
      callContext(),
    )
    expect(outcome.error?.code).toBe('AddressRefused')
  })

  test('a refused sign-in is final and does not tell the password', async () => {
    const { port } = await mailServer({ EHLO: '250-tiny\r\n250 AUTH PLAIN', AUTH: '535 wrong: hunter2-long' })
    const opening = testHost(
      {
        shared_smtp: {
          connector: 'SMTP',
          values: { serverAddress: '127.0.0.1', port: String(port), userName: 'jana' },
          secret: (name) => (name === 'password' ? 'hunter2-long' : undefined),
        },
      },
      ['127.0.0.1/32'],
    )
    opened.push(opening)
    const inputs = { host: { operationId: 'SendEmailV3', apiId: 'shared_smtp' }, parameters: mail }
    const outcome = await opening.host.perform(
      {
        request: {
          to: 'operation',
          actionType: 'OpenApiConnection',
          inputs: inputs as unknown as ObjectValue,
        },
      },
      callContext(),
    )
    expect(outcome).toEqual({
      error: { code: 'Unauthorized', message: 'The mail server refused the sign-in: 535 wrong: ***' },
    })
  })
})
