/** SMTP in: every sender and recipient is welcome, with or without a password; nothing is sent on. */
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import type { Listener, ListenOptions } from '@flowstead/service-kit'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { isKnown, keepMessage } from './mailbox.ts'
import { readMessage } from './read-message.ts'

const maxMessageBytes = 25 * 1024 * 1024
const closeTimeoutMs = 1000

/** Listens until closed. */
export function listenSmtp(options: ListenOptions): Promise<Listener> {
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    // The mail box has no certificate that a client could trust.
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: maxMessageBytes,
    closeTimeout: closeTimeoutMs,
    onAuth: ({ username = 'anybody' }, _session, done) => done(null, { user: username }),
    onData: (stream, session, done) => {
      receive(options, stream, session).then((note) => done(null, note), done)
    },
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.off('error', reject)
      // A client that goes away in the middle is no failure of ours; without a listener it would end the process.
      server.on('error', () => undefined)
      resolve({
        port: (server.server.address() as AddressInfo).port,
        close: () => new Promise((closed) => server.close(() => closed())),
      })
    })
  })
}

/** Keeps one message; what it answers follows the 250. */
async function receive(
  { change, log }: ListenOptions,
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
): Promise<string> {
  const raw = await readAll(stream)
  if (stream.sizeExceeded) {
    throw Object.assign(new Error(`The message is longer than ${maxMessageBytes} bytes.`), {
      responseCode: 552,
    })
  }
  const message = await readMessage(raw)
  const recipients = envelope.rcptTo.map(({ address }) => address)
  const key = message.idempotencyKey ?? message.messageId
  const state = change((context) => {
    const replayed = isKnown(context.db, message)
    log({ method: 'SMTP', path: '/smtp', key, status: 250, replayed })
    return keepMessage(context, { message, raw, recipients })
  })
  return state === 'new' ? 'Message kept' : 'Message was known'
}

/** The whole stream; beyond the limit the rest is read and thrown away, so that the client gets its answer. */
async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= maxMessageBytes) chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
