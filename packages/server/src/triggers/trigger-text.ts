import type { TriggerDefinition } from '@flowstead/definition'
import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'

/** What starts a flow, in a few words for lists. */
export function triggerText({ type, kind, raw }: TriggerDefinition): string {
  if (type === 'Recurrence') return recurrenceText(objectOf(raw.recurrence))
  if (type === 'Request') return kind === undefined || kind === 'Http' ? 'request' : `request (${kind})`
  const host = objectOf(objectOf(raw.inputs)?.host)
  const operation = textOf(host?.operationId)
  const api = textOf(host?.apiId)
    ?.split('/')
    .at(-1)
    ?.replace(/^shared_/, '')
  if (operation === undefined) return type
  return `${/webhook/i.test(type) ? 'webhook' : 'poll'} ${api === undefined ? '' : `${api}/`}${operation}`
}

function recurrenceText(recurrence: ObjectValue | undefined): string {
  const interval = Number(recurrence?.interval ?? 1)
  const frequency = String(recurrence?.frequency ?? '').toLowerCase()
  const rhythm = interval === 1 ? `every ${frequency}` : `every ${interval} ${frequency}s`
  const schedule = objectOf(recurrence?.schedule)
  const hours = listOf(schedule?.hours)
  const minutes = listOf(schedule?.minutes)
  const days = listOf(schedule?.weekDays).map(String)
  const times = hours.flatMap((hour) =>
    (minutes.length ? minutes : [0]).map((minute) => `${two(hour)}:${two(minute)}`),
  )
  const zone = textOf(recurrence?.timeZone)
  return [`schedule ${rhythm}`, days.join(', '), times.join(', '), zone ?? '']
    .filter((part) => part !== '')
    .join(' ')
}

const two = (value: Value): string => String(value).padStart(2, '0')

const objectOf = (value: Value | undefined): ObjectValue | undefined =>
  value !== undefined && isObject(value) ? value : undefined

const listOf = (value: Value | undefined): Value[] =>
  value == null ? [] : Array.isArray(value) ? value : [value]

const textOf = (value: Value | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined
