// Two versions of a flow as a list of changes in meaning. Actions are matched first; then everything is compared with
// the names of the earlier version read as those of the later, so that a rename is one change wherever it is written.
// Flows of any size cost time in proportion to their size: lists that are too long are compared by position.
import { type Flow, member, pointerTo } from '@flowstead/definition'
import type { Value } from '@flowstead/expressions'
import { type ChangeLog, changeLog, type Thing } from './change-log.ts'
import { compareActions } from './compare-actions.ts'
import { compareTriggers } from './compare-triggers.ts'
import type { ComparedFlow, Comparison } from './comparison.ts'
import { type ActionMatch, matchActions } from './match-actions.ts'
import { matchVariables, meaningsOf, type VariablePair } from './names.ts'
import { without } from './own-content.ts'
import { type Meanings, valueChanges } from './value-changes.ts'

const maxChanges = 2_000

/** The changes from one version of a flow to another. */
export function compareFlows(before: Flow, after: Flow): Comparison {
  return compareMatched(before, after, matchActions(before, after))
}

/** `compareFlows` for flows whose actions are matched already. */
export function compareMatched(before: Flow, after: Flow, match: ActionMatch): Comparison {
  const variables = matchVariables(match)
  const meanings = meaningsOf(match, variables)
  const log = changeLog(maxChanges)
  compareDefinition(before, after, meanings, log)
  compareTriggers(before, after, meanings, log)
  compareByKey('parameter', parametersOf(before), parametersOf(after), meanings, log)
  compareByKey('connection reference', connectionsOf(before), connectionsOf(after), meanings, log)
  compareVariables(variables, meanings, log)
  compareActions({ before, after, match, variables }, meanings, log)
  return { before: compared(before, match.before), after: compared(after, match.after), ...log.result() }
}

function compared({ id, name, file, version }: Flow, actions: readonly unknown[]): ComparedFlow {
  return { id, name, file, version, actions: actions.length }
}

/** Parts of a definition that are compared in a way of their own. */
const apart: ReadonlySet<string> = new Set(['triggers', 'actions', 'parameters'])

function compareDefinition(before: Flow, after: Flow, meanings: Meanings, log: ChangeLog): void {
  const thing: Thing = {
    subject: 'flow',
    name: '',
    beforeAt: before.definitionAt,
    afterAt: after.definitionAt,
  }
  const keys = [before, after].flatMap(({ definition }) => Object.keys(definition))
  for (const key of new Set(keys.filter((each) => !apart.has(each)))) {
    const [old, now] = [before, after].map(({ definition }) => member(definition, key))
    valueChanges(old, now, meanings, (change) => log.addValue(thing, change), [key])
  }
}

interface Keyed {
  readonly name: string
  readonly value: Value
  readonly at: string | undefined
}

/** Declared parameters, with the values that the wrapper or the project gives; by lower-case name. */
function parametersOf(flow: Flow): Map<string, Keyed> {
  const declared = member(flow.definition, 'parameters')
  return new Map(
    [...flow.parameters].map(([key, { name, type, defaultValue }]) => {
      const rest = without(without(member(declared, name), 'type'), 'defaultValue')
      const value = { ...rest, type, ...(defaultValue === undefined ? {} : { defaultValue }) }
      const isDeclared = member(declared, name) !== undefined
      return [
        key,
        { name, value, at: isDeclared ? pointerTo(flow.definitionAt, 'parameters', name) : undefined },
      ]
    }),
  )
}

function connectionsOf({ connectionReferences }: Flow): Map<string, Keyed> {
  return new Map(
    [...connectionReferences].map(([key, { api, runtimeSource, logicalName }]) => {
      const value = { api, runtimeSource, ...(logicalName === undefined ? {} : { logicalName }) }
      return [key, { name: key, value, at: undefined }]
    }),
  )
}

function compareByKey(
  subject: 'parameter' | 'connection reference',
  before: ReadonlyMap<string, Keyed>,
  after: ReadonlyMap<string, Keyed>,
  meanings: Meanings,
  log: ChangeLog,
): void {
  for (const key of new Set([...after.keys(), ...before.keys()])) {
    const [old, now] = [before.get(key), after.get(key)]
    const name = now?.name ?? old?.name ?? key
    const thing: Thing = { subject, name, beforeAt: old?.at, afterAt: now?.at }
    valueChanges(old?.value, now?.value, meanings, (change) => log.addValue(thing, change))
  }
}

function compareVariables(pairs: readonly VariablePair[], meanings: Meanings, log: ChangeLog): void {
  for (const { before, after } of pairs) {
    const thing: Thing = {
      subject: 'variable',
      name: after?.variable ?? before?.variable ?? '',
      beforeAt: before?.pointer,
      afterAt: after?.pointer,
    }
    if (before !== undefined && after !== undefined && before.variable !== after.variable)
      log.add('R', thing, { before: before.variable, after: after.variable })
    const [old, now] = [before, after].map((each) =>
      each === undefined
        ? undefined
        : { type: each.type.toLowerCase(), ...(each.value === undefined ? {} : { value: each.value }) },
    )
    valueChanges(old, now, meanings, (change) => log.addValue(thing, change))
  }
}
