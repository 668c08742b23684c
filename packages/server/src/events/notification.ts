import { randomUUID } from 'node:crypto'
import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'
import type { EventSource } from './event-catalog.ts'

/** What a notification says of the event it brings. */
export interface Notification {
  readonly name: string
  /** Key of the occurrence: the same on every delivery of it. */
  readonly key: string
  readonly version: number
  readonly publisher: string
  readonly userId: string | null
  readonly talentId: string | null
}

/** What is known without looking into the notification. */
export interface NotificationPlace extends EventSource {
  readonly triggerName: string
}

const maxLength = 200

/**
 * Reads name, key and origin of an event from trigger outputs. Names come from `webhook-event`, from an event
 * that describes itself, else from the trigger. Keys come from an event that
 * travels in an envelope, from `webhook-id`, from CloudEvents, else the notification is an occurrence of its own.
 */
export function readNotification(outputs: ObjectValue, place: NotificationPlace): Notification {
  const header = (name: string) => textAt(headersOf(outputs), name)
  const { body } = outputs
  const envelope = envelopeIn(body)
  const named = textAt(body, 'event_type')
  const key =
    textAt(envelope, 'keyId') ??
    header('webhook-id') ??
    header('ce-id') ??
    (named === undefined ? undefined : textAt(body, 'event_uuid'))
  const version = memberOf(envelope, 'version')
  return {
    name: cut(
      header('webhook-event') ??
        header('ce-type') ??
        textAt(envelope, 'eventName') ??
        named ??
        place.name ??
        place.triggerName,
    ),
    key: key ?? randomUUID(),
    version:
      typeof version === 'number' && Number.isInteger(version) && version > 0 ? version : place.version,
    publisher: cut(textAt(envelope, 'publisherNodeId') ?? place.connector ?? 'unknown'),
    userId: textAt(envelope, 'userId') ?? null,
    talentId: textAt(envelope, 'talentId') ?? null,
  }
}

/** What an event carries besides its header: the members of its own event data, or the body as `payload`. */
export function payloadOf(outputs: Value | undefined): ObjectValue {
  const body = memberOf(outputs, 'body')
  const data = memberOf(envelopeIn(body), 'eventData')
  if (data === undefined || !isObject(data)) return body === undefined ? {} : { payload: body }
  const { name: _name, type: _type, keyId: _keyId, version: _version, ...payload } = data
  return payload
}

/**
 * What two deliveries of one occurrence have in common: the body, or of an envelope its event data, for the rest of
 * an envelope tells of the delivery.
 */
export function occurrenceIn(outputs: Value | undefined): Value | undefined {
  const body = memberOf(outputs, 'body')
  const envelope = envelopeIn(body)
  return envelope === undefined ? body : memberOf(envelope, 'eventData')
}

/** The same outputs as a delivery of its own. */
export function asReplay(outputs: ObjectValue, key: string, original: number): ObjectValue {
  const kept = Object.entries(headersOf(outputs)).filter(([name]) => !isDeliveryHeader(name))
  return {
    ...outputs,
    headers: Object.fromEntries([...kept, ['Webhook-Id', key], ['X-Flowstead-Replay-Of', String(original)]]),
  }
}

/** They belong to the delivery that was recorded. */
const isDeliveryHeader = (name: string): boolean =>
  /^(webhook-(id|timestamp|signature)|x-flowstead-replay-of)$/i.test(name)

function envelopeIn(body: Value | undefined): ObjectValue | undefined {
  if (body === undefined || !isObject(body)) return undefined
  return isText(memberOf(body, 'eventName')) && isText(memberOf(body, 'keyId')) ? body : undefined
}

function headersOf(outputs: ObjectValue): ObjectValue {
  const { headers } = outputs
  return headers !== undefined && isObject(headers) ? headers : {}
}

const isText = (value: Value | undefined): value is string => typeof value === 'string' && value !== ''

function memberOf(value: Value | undefined, name: string): Value | undefined {
  return value !== undefined && isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** A text longer than an envelope holds is cut; keys are not, for they must stay different. */
const cut = (text: string): string => text.slice(0, maxLength)

/** Header names are compared in lower case. */
function textAt(value: Value | undefined, name: string): string | undefined {
  if (value === undefined || !isObject(value)) return undefined
  const key = Object.keys(value).find((candidate) => candidate === name || candidate.toLowerCase() === name)
  const found = key === undefined ? undefined : value[key]
  return isText(found) ? found : undefined
}
