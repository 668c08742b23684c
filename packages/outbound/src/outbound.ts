import type { LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { type AddressGuard, createAddressGuard } from './address-guard.ts'
import { BodyTooLarge, readBody, unpack } from './body.ts'
import { failure, type Located, type OutboundFailure } from './failure.ts'
import { guardedLookup, locate, type Resolve, systemResolve } from './guarded-lookup.ts'
import { type HeaderList, headerOf, headersForOrigin, headersToSend } from './headers.ts'
import { Refusal } from './refusal.ts'
import { checkUrl, literalAddress } from './url-guard.ts'

/**
 * The one HTTP client for everything that leaves the process.
 *
 * 1. The address that was checked is the address that is connected to: names are resolved by the guarded
 *    lookup of the socket itself, and a name with one refused address is refused.
 * 2. Every redirect is checked like a first request; at most five are followed, for GET and HEAD only.
 * 3. Credentials stay with the origin they were meant for.
 * 4. What the outside does is a result, never an exception.
 */
export interface Outbound {
  send(request: OutboundRequest): Promise<OutboundResult>
  /** An address of a host that may be connected to, for protocols that are not HTTP. */
  locate(host: string): Promise<Located>
  /** Closes kept connections; calls still open fail. */
  close(): Promise<void>
}

export interface OutboundOptions {
  /** Origins that may be called wherever they live, such as `http://127.0.0.1:7281`; default none. */
  readonly allowedOrigins?: readonly string[]
  /** Networks in CIDR notation that may be called besides public ones; default none. */
  readonly allowedNetworks?: readonly string[]
  /** Longest body of an answer, bytes, also when unpacked; default 100 MB. */
  readonly maxBytes?: number
  /** Time for a whole request when it names none, ms; default 120,000. */
  readonly timeoutMs?: number
  /** Resolves names; default the system's resolver. */
  readonly resolve?: Resolve
}

export interface OutboundRequest {
  /** Default GET. */
  readonly method?: string
  readonly url: string
  readonly headers?: HeaderList | Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** ms for everything, redirects included. */
  readonly timeoutMs?: number
  readonly maxBytes?: number
  readonly signal?: AbortSignal
  /** Origins this one request may go to besides those of the client. */
  readonly allowedOrigins?: readonly string[]
  /** Headers that carry a credential beside `Authorization` and `Cookie`; dropped when the origin changes. */
  readonly credentialHeaders?: readonly string[]
}

export type OutboundResult = OutboundResponse | OutboundFailure

/** An answer came, of whatever status. */
export interface OutboundResponse {
  readonly answered: true
  readonly status: number
  /** As the server spelt them, repeated ones repeated. */
  readonly headers: HeaderList
  readonly body: Uint8Array
  /** Where the answer came from, after redirects. */
  readonly url: string
}

const maxRedirects = 5
const redirectStatuses = new Set([301, 302, 303, 307, 308])

/**
 * Opens the client.
 * @throws `Outbound.InvalidNetwork` for a network that cannot be read
 */
export function createOutbound(options: OutboundOptions = {}): Outbound {
  const guard = createAddressGuard(options.allowedNetworks)
  const pools = {
    guarded: newPool(guardedLookup(guard, options.resolve ?? systemResolve)),
    open: newPool(undefined),
  }
  const client: Client = { options, guard, pools, allowed: originSet(options.allowedOrigins) }
  return {
    send: (request) => send(client, request),
    locate: (host) => locate(guard, options.resolve ?? systemResolve, host),
    close: async () => {
      await Promise.all([pools.guarded.close(), pools.open.close()])
    },
  }
}

interface Client {
  readonly options: OutboundOptions
  readonly guard: AddressGuard
  readonly pools: { readonly guarded: Pool; readonly open: Pool }
  readonly allowed: ReadonlySet<string>
}

/** Kept connections; the library is loaded with the first request, as few commands make one. */
interface Pool {
  dispatcher(): Promise<Dispatcher>
  /** Open requests fail. */
  close(): Promise<void>
}

function newPool(guarded: LookupFunction | undefined): Pool {
  let agent: Promise<Dispatcher> | undefined
  return {
    dispatcher() {
      agent ??= newAgent(guarded)
      return agent
    },
    close: async () => (await agent)?.destroy(),
  }
}

async function newAgent(guarded: LookupFunction | undefined): Promise<Dispatcher> {
  const { Agent } = await import('undici')
  return new Agent({
    connect: guarded === undefined ? {} : { lookup: guarded },
    // The time limit of the whole request governs; undici's own would cut slow services at 300 s.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
}

function originSet(origins: readonly string[] = []): ReadonlySet<string> {
  return new Set(origins.map((origin) => new URL(origin).origin))
}

async function send(client: Client, request: OutboundRequest): Promise<OutboundResult> {
  const ended = new AbortController()
  const timeoutMs = request.timeoutMs ?? client.options.timeoutMs ?? 120_000
  const timer = setTimeout(() => ended.abort('timeout'), timeoutMs)
  const cancel = () => ended.abort('cancelled')
  if (request.signal?.aborted) cancel()
  request.signal?.addEventListener('abort', cancel, { once: true })
  try {
    return await follow(client, request, ended.signal)
  } catch (error) {
    return failureOf(error, ended.signal, timeoutMs)
  } finally {
    clearTimeout(timer)
    request.signal?.removeEventListener('abort', cancel)
  }
}

/** Sends, and follows redirects where that is harmless. */
async function follow(
  client: Client,
  request: OutboundRequest,
  signal: AbortSignal,
): Promise<OutboundResponse> {
  const method = (request.method ?? 'GET').toUpperCase()
  const canFollow = method === 'GET' || method === 'HEAD'
  let headers = headersToSend(request.headers)
  let target = request.url
  for (let hop = 0; ; hop += 1) {
    const url = allowedUrl(client, request, target)
    const answer = await exchange(client, { ...request, method }, { url, headers, signal })
    const location = headerOf(answer.headers, 'location')
    if (!canFollow || location === undefined || !redirectStatuses.has(answer.status)) return answer
    if (hop === maxRedirects) throw new Refusal(`More than ${maxRedirects} redirects were answered.`)
    // A relative location is completed; an absolute one is checked as it is written.
    target = /^[a-z][a-z0-9+.-]*:/i.test(location) ? location : new URL(location, url).href
    headers = headersForOrigin(headers, isSameOrigin(url, target), request.credentialHeaders)
  }
}

function isSameOrigin(url: URL, target: string): 'same' | 'other' {
  return URL.canParse(target) && new URL(target).origin === url.origin ? 'same' : 'other'
}

function allowedUrl(client: Client, request: OutboundRequest, target: string): URL {
  const checked = checkUrl(target)
  if (checked.url === undefined) throw new Refusal(checked.problem)
  if (isAllowedOrigin(client, request, checked.url)) return checked.url
  const address = literalAddress(checked.url)
  if (address !== undefined && client.guard(address) === 'refused') {
    throw new Refusal(`The address "${address}" is not public.`)
  }
  return checked.url
}

function isAllowedOrigin(client: Client, request: OutboundRequest, url: URL): boolean {
  return client.allowed.has(url.origin) || originSet(request.allowedOrigins).has(url.origin)
}

interface Hop {
  readonly url: URL
  readonly headers: HeaderList
  readonly signal: AbortSignal
}

async function exchange(client: Client, request: OutboundRequest, hop: Hop): Promise<OutboundResponse> {
  const pool = isAllowedOrigin(client, request, hop.url) ? client.pools.open : client.pools.guarded
  const maxBytes = request.maxBytes ?? client.options.maxBytes ?? 100_000_000
  const dispatcher = await pool.dispatcher()
  const answer = await dispatcher.request({
    origin: hop.url.origin,
    path: `${hop.url.pathname}${hop.url.search}`,
    method: (request.method ?? 'GET') as Dispatcher.HttpMethod,
    headers: hop.headers.flat(),
    body: request.body ?? null,
    signal: hop.signal,
    responseHeaders: 'raw',
  })
  const headers = pairs(answer.headers as unknown as readonly string[])
  const packed = await readBody(answer.body as Readable, maxBytes)
  const body = await unpack(packed, headerOf(headers, 'content-encoding'), maxBytes)
  return { answered: true, status: answer.statusCode, headers, body, url: hop.url.href }
}

function pairs(flat: readonly string[]): HeaderList {
  const list: [string, string][] = []
  for (let at = 0; at + 1 < flat.length; at += 2) list.push([flat[at] as string, flat[at + 1] as string])
  return list
}

function failureOf(error: unknown, signal: AbortSignal, timeoutMs: number): OutboundFailure {
  if (error instanceof Refusal) return failure('Outbound.Refused', error.message)
  if (error instanceof BodyTooLarge) {
    return failure('Outbound.TooLarge', 'The answer is longer than the limit and was cut off.')
  }
  if (signal.aborted && signal.reason === 'cancelled') {
    return failure('Outbound.Aborted', 'The request was given up before it was answered.')
  }
  if (signal.aborted)
    return failure('Outbound.Timeout', `There was no full answer within ${timeoutMs / 1000} s.`)
  const { code, message } = error as NodeJS.ErrnoException
  return failure(
    'Outbound.Unreachable',
    `The service could not be reached: ${message || code || 'no reason given'}.`,
  )
}
