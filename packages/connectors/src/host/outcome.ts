import { STATUS_CODES } from 'node:http'
import type { FlowsteadError } from '@flowstead/errors'
import {
  isObject,
  maxForeignJsonDepth,
  type ObjectValue,
  parseJson,
  setOwn,
  type Value,
} from '@flowstead/expressions'
import { type HeaderList, headerOf, type OutboundFailure } from '@flowstead/outbound'
import { type ConnectorErrorCode, connectorErrors } from '../codes.ts'
import { arrayAt, member, objectAt, textAt } from '../library/json.ts'

/** What a call gave; the machine's outcome has this shape. */
export interface Outcome {
  readonly outputs?: Value
  readonly error?: { readonly code: string; readonly message: string }
  readonly transient?: boolean
  /** ms. */
  readonly retryAfterMs?: number
}

/** An answer with its body read. */
export interface Answer {
  readonly status: number
  readonly headers: HeaderList
  readonly body: Value | undefined
}

/** A body by its content type: JSON as its value, text as text, everything else as a file; empty is absent. */
export function answerBody(headers: HeaderList, bytes: Uint8Array): Value | undefined {
  if (bytes.length === 0) return undefined
  const type = headerOf(headers, 'content-type') ?? 'application/octet-stream'
  const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1] ?? 'utf-8'
  if (/[/+]json\b/i.test(type)) return jsonOrText(decode(bytes, charset) ?? '')
  const isText =
    /^text\//i.test(type) || /[/+]xml\b/i.test(type) || /^application\/x-www-form-urlencoded/i.test(type)
  const text = isText ? decode(bytes, charset) : undefined
  return text ?? { '$content-type': type, $content: Buffer.from(bytes).toString('base64') }
}

function jsonOrText(text: string): Value {
  try {
    return parseJson(text, { maxDepth: maxForeignJsonDepth })
  } catch {
    // Services label text as JSON; the flow gets what was sent.
    return text
  }
}

function decode(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    // A charset nobody knows: the bytes stay bytes.
    return undefined
  }
}

/**
 * The outcome of an answer: below 400 the call succeeded. 408, 429 and 5xx may be tried again.
 * @param now ms since the epoch, for a `Retry-After` that is a date
 */
export function outcomeOf(answer: Answer, now: number): Outcome {
  const outputs: ObjectValue = { statusCode: answer.status, headers: headersValue(answer.headers) }
  if (answer.body !== undefined) setOwn(outputs, 'body', answer.body)
  const wait = retryAfterMs(answer.headers, now)
  const retryAfter = wait === undefined ? {} : { retryAfterMs: wait }
  if (answer.status < 400) return { outputs, ...(answer.status === 202 ? retryAfter : {}) }
  return {
    outputs,
    error: { code: statusCodeName(answer.status), message: failureMessage(answer) },
    ...(isTransient(answer.status) ? { transient: true, ...retryAfter } : {}),
  }
}

function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status >= 500
}

/** `NotFound` for 404. */
function statusCodeName(status: number): string {
  return (STATUS_CODES[status] ?? `Status ${status}`).replace(/[^A-Za-z0-9]/g, '')
}

/** Of the connection, not of the answer; cookies are not for flows. */
const leftOut = new Set(['connection', 'keep-alive', 'set-cookie', 'transfer-encoding'])

/** Repeated headers joined with a comma. */
function headersValue(headers: HeaderList): ObjectValue {
  const value: ObjectValue = {}
  for (const [name] of headers) {
    const isKnown = Object.keys(value).some((other) => other.toLowerCase() === name.toLowerCase())
    if (!isKnown && !leftOut.has(name.toLowerCase())) setOwn(value, name, headerOf(headers, name) ?? '')
  }
  return value
}

/** The service's own words where it gives any. */
function failureMessage({ status, body }: Answer): string {
  const reason = STATUS_CODES[status] ?? 'unknown'
  const words = wordsOf(body)
  const message = `The service answered ${status} (${reason})`
  return words === undefined ? `${message}.` : `${message}: ${words.slice(0, 500)}`
}

function wordsOf(body: Value | undefined): string | undefined {
  if (typeof body === 'string') return body.trim() === '' ? undefined : body.trim()
  if (!isObject(body)) return undefined
  const error = member(body, 'error')
  const first = arrayAt(body, 'errors')[0]
  return (
    textAt(error, 'message') ??
    textAt(body, 'message') ??
    (typeof error === 'string' ? error : undefined) ??
    listed(first) ??
    textAt(objectAt(body, 'Error'), 'Message')
  )
}

/** The first of a list of errors: the field and the rule it breaks. */
function listed(entry: Value | undefined): string | undefined {
  if (typeof entry === 'string') return entry
  const message = textAt(entry, 'message')
  const field = textAt(entry, 'parameter') ?? textAt(entry, 'field')
  return field === undefined || message === undefined ? message : `${field}: ${message}`
}

/** `Retry-After`, seconds or a date; a date in the past means at once. */
export function retryAfterMs(headers: HeaderList, now: number): number | undefined {
  const text = headerOf(headers, 'retry-after')?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000)
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

const failures: Record<OutboundFailure['code'], { readonly code: string; readonly transient: boolean }> = {
  'Outbound.Refused': { code: 'AddressRefused', transient: false },
  'Outbound.Timeout': { code: 'GatewayTimeout', transient: true },
  'Outbound.Unreachable': { code: 'BadGateway', transient: true },
  'Outbound.TooLarge': { code: 'ResponseTooLarge', transient: false },
  'Outbound.Aborted': { code: 'RequestCancelled', transient: false },
}

/** The outcome of a call that got no usable answer. */
export function failureOutcome({ code, message }: OutboundFailure): Outcome {
  const row = failures[code]
  return { error: { code: row.code, message }, ...(row.transient ? { transient: true } : {}) }
}

/** A call given up before it began. */
export const givenUp: Outcome = {
  error: { code: 'RequestCancelled', message: 'The call was given up before it began.' },
}

/** The outcome of an error before anything was sent; see `connectorErrors`. */
export function refusedOutcome(error: FlowsteadError): Outcome {
  const row: { run: string; status?: number } = connectorErrors[error.code as ConnectorErrorCode] ?? {
    run: error.code,
  }
  const message = error.hint === undefined ? error.message : `${error.message} ${error.hint}`
  const failure = { error: { code: row.run, message } }
  if (row.status === undefined) return failure
  const body = { error: { code: row.run, message: error.message } }
  return { ...failure, outputs: { statusCode: row.status, headers: {}, body } }
}
