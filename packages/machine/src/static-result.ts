import type { Flow } from '@flowstead/definition'
import type { ObjectValue, Value } from '@flowstead/expressions'
import { asObject, member, memberAt, textMember } from './member.ts'
import type { Outcome } from './outcome.ts'
import type { FinalStatus } from './status.ts'
import { statusName, statusNumber } from './status-name.ts'

const statuses: ReadonlyMap<string, FinalStatus> = new Map([
  ['succeeded', 'Succeeded'],
  ['failed', 'Failed'],
  ['skipped', 'Skipped'],
  ['timedout', 'TimedOut'],
  ['cancelled', 'Cancelled'],
])

/** The outcome an action has without being executed; null when its static result is off or missing. */
export function staticOutcome(flow: Flow, raw: ObjectValue): Outcome | null {
  const setting = memberAt(raw, 'runtimeConfiguration', 'staticResult')
  const name = textMember(setting, 'name')
  if (name === undefined || textMember(setting, 'staticResultOptions')?.toLowerCase() !== 'enabled')
    return null
  const result = asObject(member(flow.staticResults, name))
  const status = statuses.get(textMember(result, 'status')?.toLowerCase() ?? '') ?? 'Succeeded'
  const outputs = withNumber(member(result, 'outputs'))
  const number = statusNumber(member(outputs, 'statusCode'))
  const code = textMember(result, 'code') ?? (number === undefined ? 'OK' : statusName(number))
  const error = member(result, 'error')
  const message = textMember(error, 'message') ?? 'The static result of the action says so.'
  const hasError = error !== undefined && error !== null
  return {
    status,
    code,
    error: hasError ? { code: textMember(error, 'code') ?? code, message } : null,
    outputs,
  }
}

/** `statusCode` may be a name such as OK. */
function withNumber(outputs: Value | undefined): Value | undefined {
  const number = statusNumber(member(outputs, 'statusCode'))
  return number === undefined ? outputs : { ...asObject(outputs), statusCode: number }
}
