import { isFlowsteadError } from '@flowstead/errors'
import type { Value } from '@flowstead/expressions'
import { exchange, type Surroundings } from '../host/exchange.ts'
import { type Outcome, refusedOutcome } from '../host/outcome.ts'
import { member, objectAt, textAt } from '../library/json.ts'
import { type BuiltRequest, buildRequest } from '../request/build-request.ts'
import { followUp } from '../request/follow-up.ts'
import { urlAtTarget } from '../request/target.ts'
import { answeredId, deleteOperation, type SubscribeCall, subscribeRequest } from './subscribe-request.ts'

/** What a service gave for a subscription; plain data, to be stored and handed back for ending it. */
export interface Subscription {
  /** Absolute URL that ends it with DELETE. */
  readonly location?: string
  readonly id?: string
  /** Secret its deliveries are signed with, when the service gives one: belongs into the vault. */
  readonly secret?: string
  /** `{statusCode, headers, body?}` without the secret. */
  readonly answer: Value
}

export type SubscribeResult =
  | { readonly isSubscribed: true; readonly subscription: Subscription }
  | ({ readonly isSubscribed: false } & Failure)

export type UnsubscribeResult = { readonly isEnded: true } | ({ readonly isEnded: false } & Failure)

interface Failure {
  readonly error: { readonly code: string; readonly message: string }
  /** Whether trying again later makes sense. */
  readonly transient: boolean
  readonly retryAfterMs?: number
}

const noMore = new AbortController().signal

/** Subscribes; any 2xx counts, whatever the definition declares. */
export async function subscribe(
  surroundings: Surroundings,
  call: SubscribeCall,
  signal: AbortSignal = noMore,
): Promise<SubscribeResult> {
  try {
    const { operation, built } = subscribeRequest(call)
    const outcome = await exchange(surroundings, { ...call, operation }, built, signal)
    if (outcome.error !== undefined) return { isSubscribed: false, ...failure(outcome) }
    return { isSubscribed: true, subscription: subscriptionOf(outcome.outputs ?? null, built.url) }
  } catch (error) {
    return { isSubscribed: false, ...failure(refused(error)) }
  }
}

function subscriptionOf(outputs: Value, url: string): Subscription {
  const body = member(outputs, 'body')
  const location = locationOf(outputs, url)
  const id = answeredId(body)
  const secret = textAt(body, 'secret')
  const shown = secret === undefined ? outputs : withoutSecret(outputs)
  return {
    ...(location === undefined ? {} : { location }),
    ...(id === undefined ? {} : { id }),
    ...(secret === undefined ? {} : { secret }),
    answer: shown,
  }
}

function withoutSecret(outputs: Value): Value {
  return { ...objectAt({ outputs }, 'outputs'), body: { ...objectAt(outputs, 'body'), secret: '***' } }
}

/** `Location`, else the answer's `location`; only of the origin that was called. */
function locationOf(outputs: Value, url: string): string | undefined {
  const headers = Object.entries(objectAt(outputs, 'headers'))
  const header = headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  const text = typeof header === 'string' ? header : textAt(member(outputs, 'body'), 'location')
  if (text === undefined || !URL.canParse(text, url)) return undefined
  const location = new URL(text, url)
  return location.origin === new URL(url).origin ? location.href : undefined
}

/** Ends a subscription; one that is gone already (404, 410) counts as ended. */
export async function unsubscribe(
  surroundings: Surroundings,
  call: SubscribeCall,
  subscription: Subscription,
  signal: AbortSignal = noMore,
): Promise<UnsubscribeResult> {
  try {
    const { operation, built } = subscribeRequest(call)
    const request = unsubscribeRequest(call, subscription, { operation, url: built.url })
    if (request === undefined) return { isEnded: false, ...cannotEnd(call) }
    const outcome = await exchange(surroundings, { ...call, operation: undefined }, request, signal)
    const status = member(outcome.outputs, 'statusCode')
    if (outcome.error === undefined || status === 404 || status === 410) return { isEnded: true }
    return { isEnded: false, ...failure(outcome) }
  } catch (error) {
    return { isEnded: false, ...failure(refused(error)) }
  }
}

function unsubscribeRequest(
  call: SubscribeCall,
  subscription: Subscription,
  subscribed: { readonly operation: Parameters<typeof deleteOperation>[1]; readonly url: string },
): BuiltRequest | undefined {
  const location = subscription.location ?? locationOf(subscription.answer, subscribed.url)
  if (location !== undefined) return deleteRequest(call, location, subscribed.url)
  const id = subscription.id ?? answeredId(member(subscription.answer, 'body'))
  const found = deleteOperation(call.connector, subscribed.operation)
  if (found === undefined || id === undefined) return undefined
  return buildRequest({ ...call, operation: found.operation, inputs: { [found.variable]: id } })
}

/** DELETE of a location, with the connection's credentials when it is still the origin that is called. */
function deleteRequest(
  call: SubscribeCall,
  location: string,
  subscribedUrl: string,
): BuiltRequest | undefined {
  const { connector, connection } = call
  const url = urlAtTarget(location, connection.target)
  if (new URL(url).origin !== new URL(subscribedUrl).origin) return undefined
  return followUp({ connector, connection, operation: undefined, method: 'DELETE', url, credentials: 'sent' })
}

function cannotEnd({ connector }: SubscribeCall): Failure {
  const message = `"${connector.name}" gave no address to end the subscription with; end it in the service itself.`
  return { error: { code: 'CannotUnsubscribe', message }, transient: false }
}

function failure({ error, transient, retryAfterMs }: Outcome): Failure {
  return {
    error: error ?? { code: 'InternalServerError', message: 'The call failed without a reason.' },
    transient: transient === true,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }
}

function refused(error: unknown): Outcome {
  if (isFlowsteadError(error)) return refusedOutcome(error)
  throw error
}
