import { memberAt, members } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { OperationRecord } from '../../facts.ts'
import type { Report } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import type { Owner } from '../../subject/texts.ts'

interface KnownCall {
  readonly caller: Owner
  readonly api: string
  readonly operation: string
  readonly record: OperationRecord | 'missing'
}

/** Calls by operation id whose connector is known. */
function* knownCalls(subject: Subject): Generator<KnownCall> {
  if (subject.facts === undefined) return
  for (const caller of [...subject.flow.triggers, ...subject.actions.map(({ action }) => action)]) {
    const call = caller.type.startsWith('OpenApiConnection') ? outsideCallOf(subject, caller) : undefined
    if (call?.api === undefined || call.operation === undefined) continue
    const record = subject.facts.operation(call.api, call.operation)
    if (record !== undefined) yield { caller, api: call.api, operation: call.operation, record }
  }
}

export function checkDeprecated(subject: Subject, report: Report): void {
  for (const { caller, operation, record } of knownCalls(subject)) {
    if (record === 'missing' || !record.isDeprecated) continue
    const message = `${quoted(caller.name)} calls the deprecated operation ${quoted(operation)}.`
    report(inside(caller, 'inputs', 'host', 'operationId'), { message })
  }
}

export function checkParameters(subject: Subject, report: Report): void {
  for (const { caller, api, operation, record } of knownCalls(subject)) {
    if (record === 'missing') {
      const message = `The connector ${quoted(api)} has no operation ${quoted(operation)}, which ${quoted(caller.name)} calls.`
      report(inside(caller, 'inputs', 'host', 'operationId'), { message })
      continue
    }
    const given = members(memberAt(caller.raw, 'inputs', 'parameters')).map(([key]) => key)
    const missing = record.parameters.filter(({ name, isRequired }) => isRequired && !isGiven(name, given))
    for (const { name } of missing) {
      const message = `${quoted(caller.name)} does not give ${quoted(name)}, which ${quoted(operation)} requires.`
      report(inside(caller, 'inputs', 'parameters'), { message })
    }
    if (record.isOpen) continue
    for (const key of given) {
      if (record.parameters.some(({ name }) => isPartOf(key, name) || isPartOf(name, key))) continue
      const message = `${quoted(caller.name)} gives ${quoted(key)}, which ${quoted(operation)} does not have.`
      report(inside(caller, 'inputs', 'parameters', key), { message })
    }
  }
}

/** Itself, as a part of what is given whole (`body`), or in parts (`body/name/first`). */
function isGiven(name: string, given: readonly string[]): boolean {
  return given.some((key) => isPartOf(name, key) || isPartOf(key, name))
}

function isPartOf(key: string, whole: string): boolean {
  return key === whole || key.startsWith(`${whole}/`)
}
