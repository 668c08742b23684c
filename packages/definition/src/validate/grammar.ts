// First layer: every trigger and action has the parts its type needs, in the right shape, under a name of its own.
import { quoted } from '@flowstead/errors'
import { isObject, type ObjectValue, printJson, type Value } from '@flowstead/expressions'
import type { ActionDefinition, Flow } from '../flow.ts'
import { locateAll } from '../json/locate.ts'
import { member, members } from '../json/member.ts'
import { pointerTo } from '../json/pointer.ts'
import { actionTypes, triggerTypes } from '../model/vocabulary.ts'
import type { Report } from '../report.ts'
import { type PlacedAction, walkActions } from '../walk.ts'
import { type RequiredPart, requiredParts, requiredTriggerParts } from './required-parts.ts'

const platformMaxActions = 500

/** Reports what a single trigger or action has wrong in itself. */
export function checkGrammar(flow: Flow, report: Report): void {
  checkTriggers(flow, report)
  if (member(flow.definition, 'actions') === undefined) {
    report({
      code: 'Definition.MissingPart',
      pointer: flow.definitionAt,
      message: 'The definition has no actions.',
    })
  }
  if (flow.actions.size > platformMaxActions) {
    const message = `The flow has ${flow.actions.size} actions; the platform takes ${platformMaxActions}.`
    report({ code: 'Definition.ManyActions', pointer: flow.root.pointer, message })
  }
  for (const placed of walkActions(flow)) checkAction(placed, report)
  checkNames(flow, report)
}

function checkTriggers(flow: Flow, report: Report): void {
  const pointer = pointerTo(flow.definitionAt, 'triggers')
  if (flow.triggers.length === 0)
    report({ code: 'Definition.NoTrigger', pointer, message: 'Nothing starts this flow.' })
  if (flow.triggers.length > 1) {
    const names = flow.triggers.map(({ name }) => quoted(name)).join(', ')
    report({
      code: 'Definition.SeveralTriggers',
      pointer,
      message: `The flow has several triggers: ${names}.`,
    })
  }
  for (const trigger of flow.triggers) {
    const { name, type, raw } = trigger
    if (type === '') {
      report({
        code: 'Definition.MissingType',
        pointer: trigger.pointer,
        message: `The trigger ${quoted(name)} has no type.`,
      })
    } else if (!(triggerTypes as readonly string[]).includes(type)) {
      report({
        code: 'Definition.UnknownTriggerType',
        pointer: pointerTo(trigger.pointer, 'type'),
        message: `There is no trigger type ${quoted(type)}; the trigger will not fire.`,
        unknown: { name: type, known: () => triggerTypes },
      })
    }
    checkParts(raw, trigger.pointer, name, partsOf(requiredTriggerParts, type), report)
  }
}

/** A type may have any name, `constructor` too. */
function partsOf(
  table: Readonly<Record<string, readonly RequiredPart[]>>,
  type: string,
): readonly RequiredPart[] {
  return Object.hasOwn(table, type) ? (table[type] ?? []) : []
}

function checkAction({ action, owners }: PlacedAction, report: Report): void {
  const { name, type, pointer, raw } = action
  if (type === '')
    report({ code: 'Definition.MissingType', pointer, message: `The action ${quoted(name)} has no type.` })
  else if (!action.isKnownType) {
    report({
      code: 'Definition.UnknownActionType',
      pointer: pointerTo(pointer, 'type'),
      message: `There is no action type ${quoted(type)}; ${quoted(name)} will fail when it is reached.`,
      unknown: { name: type, known: () => actionTypes },
    })
  }
  checkParts(raw, pointer, name, partsOf(requiredParts, type), report)
  if (type === 'Switch') checkCases(action, report)
  if (type === 'Until' && !isObject(member(raw, 'limit'))) {
    const message = `The loop ${quoted(name)} has no limit; it ends after 60 turns or one hour.`
    report({ code: 'Definition.MissingPart', severity: 'warning', pointer, message })
  }
  if (type === 'Terminate' && owners.some((owner) => owner.type === 'Foreach' || owner.type === 'Until')) {
    report({
      code: 'Definition.TerminateInLoop',
      pointer,
      message: `Terminate ${quoted(name)} stands inside a loop, which is not allowed.`,
      hint: 'Set a variable in the loop and terminate after it.',
    })
  }
  if (type === 'InitializeVariable' && owners.length > 0) {
    const message = `${quoted(name)} initializes a variable inside ${quoted(owners.at(-1)?.name)}.`
    report({
      code: 'Definition.InitializeNotAtTop',
      pointer,
      message,
      hint: 'Move it to the top level of the flow.',
    })
  }
}

function checkParts(
  raw: ObjectValue,
  pointer: string,
  name: string,
  parts: readonly RequiredPart[],
  report: Report,
): void {
  for (const part of parts) {
    const missing = missingAt(raw, pointer, part.path)
    if (missing === undefined) continue
    const message = `${quoted(name)} does not say ${part.says}: "${part.path.map(wordOf).join('.')}" is missing.`
    report({ code: 'Definition.MissingPart', pointer: missing, message })
  }
}

/** Pointer of the innermost thing that lacks a part; `undefined` when the part is there or computed. */
function missingAt(raw: Value, pointer: string, path: RequiredPart['path']): string | undefined {
  let current = raw
  let at = pointer
  for (const step of path) {
    if (!isObject(current)) return undefined
    const keys = typeof step === 'string' ? [step] : step
    const key = keys.find((candidate) => member(current, candidate) !== undefined)
    if (key === undefined) return at
    current = member(current, key) as Value
    at = pointerTo(at, key)
  }
  return undefined
}

function wordOf(step: string | readonly string[]): string {
  return typeof step === 'string' ? step : step.join(' or ')
}

function checkCases(action: ActionDefinition, report: Report): void {
  const seen = new Map<string, string>()
  const cases = pointerTo(action.pointer, 'cases')
  for (const [name, raw] of members(member(action.raw, 'cases'))) {
    const value = member(raw, 'case')
    const pointer = pointerTo(cases, name)
    if (value === undefined) {
      report({ code: 'Definition.MissingPart', pointer, message: `The case ${quoted(name)} has no value.` })
      continue
    }
    const key = printJson(value)
    const first = seen.get(key)
    if (first !== undefined) {
      const message = `The cases ${quoted(first)} and ${quoted(name)} have the same value ${quoted(value)}.`
      report({ code: 'Definition.DuplicateCase', pointer: pointerTo(pointer, 'case'), message })
    }
    seen.set(key, first ?? name)
  }
}

function checkNames(flow: Flow, report: Report): void {
  const repeated: { action: ActionDefinition; first: ActionDefinition }[] = []
  for (const { action } of walkActions(flow)) {
    const first = flow.actions.get(action.name.toLowerCase())
    if (first !== undefined && first !== action) repeated.push({ action, first })
  }
  if (repeated.length === 0) return
  const places = locateAll(
    flow.text,
    repeated.map(({ first }) => first.pointer),
  )
  for (const { action, first } of repeated) {
    const message = `The name ${quoted(action.name)} belongs to the action in line ${places.get(first.pointer)?.line} already.`
    report({
      code: 'Definition.DuplicateAction',
      pointer: action.pointer,
      message,
      hint: 'Rename one of them.',
    })
  }
}
