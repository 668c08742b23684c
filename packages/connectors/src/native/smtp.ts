import type { Transporter } from 'nodemailer'
import { connectorError } from '../codes.ts'
import { connectionValue, secretsOf } from '../connection.ts'
import { failureOutcome, givenUp, type Outcome } from '../host/outcome.ts'
import { createRedactor } from '../redact.ts'
import { emailMessage } from './email-message.ts'
import type { NativeCall } from './native-operation.ts'

/** Time to connect, and for silence afterwards; ms. */
const connectMs = 30_000
const silenceMs = 120_000

/** Sends one message through the connection's SMTP server; the answer has no body. */
export async function sendEmail(call: NativeCall): Promise<Outcome> {
  const message = emailMessage(call.body ?? {}, call.idempotencyKey, call.clock.now())
  const server = serverOf(call)
  const located = server.isTrusted
    ? { answered: true as const, address: server.host }
    : await call.outbound.locate(server.host)
  if (!located.answered) return failureOutcome(located)
  const transport = await openTransport(server, located.address)
  if (call.signal.aborted) return givenUp
  const close = () => transport.close()
  call.signal.addEventListener('abort', close, { once: true })
  try {
    const sent = await transport.sendMail(message)
    const rejected = (sent.rejected ?? [])
      .map((one: string | { address: string }) => addressText(one))
      .join(';')
    return {
      outputs: { statusCode: 200, headers: rejected === '' ? {} : { 'x-rejected-recipients': rejected } },
    }
  } catch (error) {
    return call.signal.aborted ? givenUp : refusal(error as SmtpError, call)
  } finally {
    call.signal.removeEventListener('abort', close)
    transport.close()
  }
}

interface Server {
  readonly host: string
  readonly port: number
  readonly isEncrypted: boolean
  /** A local service or a mock: reached wherever it lives, without encryption and sign-in. */
  readonly isTrusted: boolean
  readonly auth: { readonly user: string; readonly pass: string } | undefined
}

function serverOf({ connector, connection }: NativeCall): Server {
  const { target } = connection
  if (target.kind === 'server') {
    throw connectorError('Connector.InvalidHost', 'The connection goes to this server, which takes no mail.')
  }
  if (target.kind !== 'real') {
    const { hostname, port } = new URL(target.origin)
    const host = hostname.replace(/^\[|\]$/g, '')
    return { host, port: Number(port || 25), isEncrypted: false, isTrusted: true, auth: undefined }
  }
  const value = (name: string) => connectionValue(connector, connection, name) ?? ''
  if (value('serverAddress') === '') {
    throw connectorError(
      'Connector.CredentialMissing',
      `The connection of "${connector.name}" names no server.`,
      {
        path: 'serverAddress',
      },
    )
  }
  const isEncrypted = value('enableSSL').toLowerCase() === 'true'
  const port = Number(value('port')) || (isEncrypted ? 465 : 587)
  const auth = value('userName') === '' ? undefined : { user: value('userName'), pass: value('password') }
  return { host: value('serverAddress'), port, isEncrypted, isTrusted: false, auth }
}

/** Connects to the address that was checked; certificates are checked against the name. */
async function openTransport(server: Server, address: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  return createTransport({
    host: address,
    port: server.port,
    secure: server.isEncrypted,
    ignoreTLS: server.isTrusted,
    tls: { servername: server.host },
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(server.auth === undefined ? {} : { auth: server.auth }),
  })
}

function addressText(one: string | { address: string }): string {
  return typeof one === 'string' ? one : one.address
}

interface SmtpError extends Error {
  readonly code?: string
  readonly responseCode?: number
  readonly response?: string
}

/** 4xx answers and failed connections may be tried again; a refused sign-in or message may not. */
function refusal(error: SmtpError, { connector, connection }: NativeCall): Outcome {
  const redact = createRedactor(secretsOf(connector, connection))
  const words = redact(error.response ?? error.message)
  if (error.code === 'EAUTH') {
    return { error: { code: 'Unauthorized', message: `The mail server refused the sign-in: ${words}` } }
  }
  const { responseCode } = error
  if (responseCode !== undefined && responseCode >= 500) {
    return { error: { code: 'BadRequest', message: `The mail server refused the message: ${words}` } }
  }
  if (error.code === 'ETIMEDOUT') {
    return {
      error: { code: 'GatewayTimeout', message: 'The mail server did not answer in time.' },
      transient: true,
    }
  }
  return {
    error: { code: 'BadGateway', message: `The mail server could not take the message: ${words}` },
    transient: true,
  }
}
