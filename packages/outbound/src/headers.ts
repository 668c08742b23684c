import { quoted } from '@flowstead/errors'
import { Refusal } from './refusal.ts'

/** Headers in order; the same name may come again. */
export type HeaderList = readonly (readonly [name: string, value: string])[]

/** Set by the connection itself; what a flow says about them is ignored. */
const ownedByConnection = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

const credentials = ['authorization', 'cookie']

/**
 * The headers that go out: those of the connection are left out.
 * @throws Refusal for a name or value that HTTP cannot carry
 */
export function headersToSend(headers: HeaderList | Readonly<Record<string, string>> = []): HeaderList {
  const list = Array.isArray(headers) ? (headers as HeaderList) : Object.entries(headers)
  for (const [name, value] of list) checkHeader(name, value)
  const sent = list.filter(([name]) => !ownedByConnection.has(name.toLowerCase()))
  // Some services refuse requests that name no client.
  return headerOf(sent, 'user-agent') === undefined ? [...sent, ['User-Agent', 'Flowstead']] : sent
}

/** What may go to the next hop: without credentials when that is another origin. */
export function headersForOrigin(
  headers: HeaderList,
  origin: 'same' | 'other',
  credentialHeaders: readonly string[] = [],
): HeaderList {
  if (origin === 'same') return headers
  const dropped = new Set([...credentials, ...credentialHeaders.map((name) => name.toLowerCase())])
  return headers.filter(([name]) => !dropped.has(name.toLowerCase()))
}

/** The values of a header joined with a comma, found whatever its spelling; `undefined` when there is none. */
export function headerOf(headers: HeaderList, name: string): string | undefined {
  const wanted = name.toLowerCase()
  const values = headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value)
  return values.length === 0 ? undefined : values.join(', ')
}

function checkHeader(name: string, value: string): void {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
    throw new Refusal(`${quoted(name)} cannot be the name of a header.`)
  }
  // Latin-1 without control characters, tab excepted (RFC 9110, 5.5).
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
    throw new Refusal(`The value of the header ${quoted(name)} has characters that a header cannot carry.`)
  }
}
