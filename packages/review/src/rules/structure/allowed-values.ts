// Places whose value is one word of a list. Words compare ignoring case, as the platform compares them; computed
// values are left alone.
import { type ActionDefinition, memberAt, type TriggerDefinition } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Severity } from '../../finding.ts'
import type { Report } from '../../rule.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { literalNumber, literalText, shown } from './literal.ts'

interface AllowedValues {
  readonly of: 'trigger' | 'action'
  /** Default: every type. */
  readonly types?: readonly string[]
  readonly path: readonly string[]
  readonly what: string
  readonly words: readonly string[]
  readonly severity?: Severity
}

const methods = {
  what: 'HTTP method',
  words: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'],
  // A server may take a method of its own.
  severity: 'warning',
} as const
const frequencies = ['Second', 'Minute', 'Hour', 'Day', 'Week', 'Month', 'Year']

/** Kinds of the Request trigger: who calls it. */
const requestKinds = [
  'Http',
  'Button',
  'PowerApp',
  'PowerAppV2',
  'PowerPages',
  'Skills',
  'VirtualAgent',
  'ApiConnection',
  'Agent',
  'EventGrid',
  'Geofence',
  'Alert',
  'AzureMonitorAlert',
  'SecurityCenterAlert',
  'Teams',
  'TeamsWebhook',
]

const table: readonly AllowedValues[] = [
  { of: 'action', types: ['Http'], path: ['inputs', 'method'], ...methods },
  { of: 'action', types: ['HttpWebhook'], path: ['inputs', 'subscribe', 'method'], ...methods },
  { of: 'action', types: ['HttpWebhook'], path: ['inputs', 'unsubscribe', 'method'], ...methods },
  { of: 'trigger', types: ['Http', 'Request'], path: ['inputs', 'method'], ...methods },
  { of: 'trigger', types: ['Request'], path: ['kind'], what: 'kind of request', words: requestKinds },
  { of: 'trigger', path: ['recurrence', 'frequency'], what: 'frequency', words: frequencies },
  {
    of: 'action',
    types: ['Terminate'],
    path: ['inputs', 'runStatus'],
    what: 'status of a run',
    words: ['Succeeded', 'Failed', 'Cancelled'],
  },
  {
    of: 'action',
    types: ['Wait'],
    path: ['inputs', 'interval', 'unit'],
    what: 'unit of time',
    words: frequencies,
  },
  {
    of: 'action',
    types: ['Table'],
    path: ['inputs', 'format'],
    what: 'format of a table',
    words: ['CSV', 'HTML'],
  },
]

const variableTypes = ['String', 'Integer', 'Float', 'Boolean', 'Object', 'Array']

/** Reports words outside the list for their place, and parts of the wrong JSON type. */
export function checkValues(subject: Subject, report: Report): void {
  for (const trigger of subject.flow.triggers) checkWords('trigger', trigger, subject, report)
  for (const { action } of subject.actions) {
    checkWords('action', action, subject, report)
    checkStatusCode(action, subject, report)
    checkList(action, subject, report)
  }
  for (const { type, variable, ...place } of subject.variables) {
    if (type === '' || literalText(subject.flow, type) === undefined || isOneOf(type, variableTypes)) continue
    const message = `The variable ${quoted(variable)} has the type ${quoted(type)}, which does not exist.`
    report(place, { message, hint: `Write one of ${variableTypes.join(', ')}.` })
  }
}

function checkWords(
  of: AllowedValues['of'],
  owner: ActionDefinition | TriggerDefinition,
  { flow }: Subject,
  report: Report,
): void {
  for (const { path, what, words, severity, ...row } of table) {
    if (row.of !== of || row.types?.includes(owner.type) === false) continue
    const value = memberAt(owner.raw, ...path)
    if (value === undefined || value === null) continue
    const text = typeof value === 'string' ? literalText(flow, value) : shown(value)
    if (text === undefined || isOneOf(text, words)) continue
    report(inside(owner, ...path), {
      message: `${quoted(text)} is no ${what}.`,
      hint: `Write one of ${words.join(', ')}.`,
      ...(severity === undefined ? {} : { severity }),
    })
  }
}

function checkStatusCode(action: ActionDefinition, { flow }: Subject, report: Report): void {
  if (action.type !== 'Response') return
  const code = memberAt(action.raw, 'inputs', 'statusCode')
  if (code === undefined || (typeof code === 'string' && literalText(flow, code) === undefined)) return
  const number = literalNumber(flow, code)
  if (number !== undefined && Number.isInteger(number) && number >= 100 && number <= 599) return
  const message = `${quoted(shown(code))} is no HTTP status code.`
  report(inside(action, 'inputs', 'statusCode'), { message, hint: 'Write a number such as 200 or 400.' })
}

/** What a loop goes through is a list or an expression. */
function checkList(action: ActionDefinition, { flow }: Subject, report: Report): void {
  if (action.type !== 'Foreach') return
  const list = memberAt(action.raw, 'foreach')
  if (list === undefined || Array.isArray(list)) return
  if (typeof list === 'string' && literalText(flow, list) === undefined) return
  const message = `The loop ${quoted(action.name)} goes through ${quoted(shown(list))}, which is no list.`
  report(inside(action, 'foreach'), { message, hint: 'Give it a list or an expression that gives one.' })
}

function isOneOf(text: string, words: readonly string[]): boolean {
  const folded = text.toLowerCase()
  return words.some((word) => word.toLowerCase() === folded)
}
