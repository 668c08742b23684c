import type { ActionDefinition, TriggerDefinition } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule, type Report } from '../../rule.ts'
import type { PlacedExpression } from '../../subject/expressions.ts'
import { maxExactBlock } from '../../subject/order.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { writtenVariable } from '../../subject/variables.ts'
import { actionFinder, actionFunctions } from './named.ts'

const counter = {
  type: 'InitializeVariable',
  inputs: { variables: [{ name: 'counter', type: 'integer', value: 0 }] },
}
const total = { type: 'Compose', inputs: 1 }

/** Rules about what has already run when an expression reads it. */
export const upstreamRules = [
  flowRule({
    id: 'REF104',
    title: 'Variables are initialized before they are used',
    severity: 'error',
    category: 'references',
    detects:
      'An action reads or changes a variable, and following runAfter and scopes backwards from it does not lead to the action that initializes the variable.',
    why: 'The platform refuses to save the flow, or the action fails because the variable does not exist yet.',
    fix: 'Let the action run after the one that initializes the variable.',
    bad: { actions: { Start: counter, Show: { type: 'Compose', inputs: "@variables('counter')" } } },
    good: {
      actions: {
        Start: counter,
        Show: { type: 'Compose', inputs: "@variables('counter')", runAfter: { Start: ['Succeeded'] } },
      },
    },
    check: checkVariables,
  }),
  flowRule({
    id: 'REF105',
    title: 'Outputs are read from actions that ran before',
    severity: 'error',
    category: 'references',
    detects:
      'An expression reads an action that is not upstream: it stands in another branch or case, runs later or at the same time, or holds the reader.',
    why: 'The platform refuses to save the flow, because the outputs are not there when they are read.',
    fix: 'Let the reader run after the action, or after the scope, condition or loop that holds it.',
    bad: { actions: { Total: total, Show: { type: 'Compose', inputs: "@outputs('Total')" } } },
    good: {
      actions: {
        Total: total,
        Show: { type: 'Compose', inputs: "@outputs('Total')", runAfter: { Total: ['Succeeded'] } },
      },
    },
    check: checkActions,
  }),
]

function checkVariables(subject: Subject, report: Report): void {
  const starts = startsOfVariables(subject)
  if (starts === undefined) return
  const uses = (name: string, action: ActionDefinition, place: Parameters<Report>[0]): void => {
    const declared = starts.get(name.toLowerCase())
    if (declared === undefined || isLong(action, subject)) return
    if (declared.some((start) => subject.order.precedes(start, action))) return
    const start = declared[0] as ActionDefinition
    const message =
      start === action
        ? `${quoted(action.name)} uses the variable ${quoted(name)} that it initializes itself.`
        : `${quoted(action.name)} uses the variable ${quoted(name)}, but does not run after ${quoted(start.name)}, which initializes it.`
    report(place, { message })
  }
  for (const { action } of subject.actions) {
    const written = writtenVariable(action)
    if (written !== undefined) uses(written, action, inside(action, 'inputs', 'name'))
  }
  for (const expression of subject.expressions) {
    const names = namesIn(expression, (fn) => fn === 'variables')
    for (const name of names) {
      if (expression.placed !== undefined) uses(name, expression.placed.action, placeOf(expression))
      else if (expression.owner !== undefined && starts.has(name.toLowerCase()))
        report(placeOf(expression), {
          message: `The trigger ${quoted(expression.owner.name)} reads the variable ${quoted(name)}, which no run has initialized yet.`,
        })
    }
  }
}

/** Actions that initialize a variable by its lower-cased name; `undefined` when one of the names is computed. */
function startsOfVariables({ variables }: Subject): Map<string, ActionDefinition[]> | undefined {
  const found = new Map<string, ActionDefinition[]>()
  for (const { variable, action } of variables) {
    if (variable === '' || variable.includes('@')) return undefined
    const key = variable.toLowerCase()
    found.set(key, [...(found.get(key) ?? []), action])
  }
  return found
}

function checkActions(subject: Subject, report: Report): void {
  const find = actionFinder(subject)
  for (const expression of subject.expressions) {
    for (const name of namesIn(expression, (fn) => actionFunctions.has(fn))) {
      const target = find(name)
      if (target === undefined) continue
      const reason =
        expression.placed === undefined
          ? expression.owner && 'the trigger fires before any action runs'
          : notUpstream(target, expression, expression.placed.action, subject)
      if (reason !== undefined)
        report(placeOf(expression), {
          message: `The outputs of ${quoted(name)} are not there yet: ${reason}.`,
        })
    }
  }
}

/** Why the target has not ended when the expression is evaluated; `undefined` when it has, or nobody can tell. */
function notUpstream(
  target: ActionDefinition,
  expression: PlacedExpression,
  reader: ActionDefinition,
  subject: Subject,
): string | undefined {
  const { order, placed } = subject
  const [targetOwners, readerOwners] = [placed(target).owners, placed(reader).owners]
  if (isEvaluatedAfter(expression, reader) || isLong(reader, subject) || isLong(target, subject))
    return undefined
  // Which tools an agent calls, and when, is not known.
  if ([...targetOwners, ...readerOwners].some(({ type }) => type === 'Agent')) return undefined
  if (target === reader) return isWebhook(reader) ? undefined : `${quoted(reader.name)} reads itself`
  if (targetOwners.includes(reader))
    return reader.type === 'Until' ? undefined : `it runs inside ${quoted(reader.name)}, which decides first`
  if (readerOwners.includes(target)) return `it ends only after ${quoted(reader.name)}, which it holds`
  if (order.precedes(target, reader)) return undefined
  if (order.precedes(reader, target)) return `it runs after ${quoted(reader.name)}`
  return order.areParallel(target, reader)
    ? `nothing makes ${quoted(reader.name)} wait for it`
    : `it stands in another branch than ${quoted(reader.name)}`
}

/** Tracked properties look back at the action they belong to. */
function isEvaluatedAfter({ pointer }: PlacedExpression, reader: ActionDefinition): boolean {
  return pointer.startsWith(`${reader.pointer}/trackedProperties`)
}

/** A webhook action unsubscribes with what its own subscription answered. */
function isWebhook({ type }: ActionDefinition): boolean {
  return type.endsWith('Webhook')
}

function isLong(action: ActionDefinition, { placed }: Subject): boolean {
  return placed(action).block.actions.length > maxExactBlock
}

/** Different names that an expression gives to some functions. */
function namesIn({ references }: PlacedExpression, isWanted: (fn: string) => boolean): Set<string> {
  return new Set(references.flatMap(({ fn, name }) => (name !== undefined && isWanted(fn) ? [name] : [])))
}

function placeOf({
  owner,
  pointer,
}: {
  owner: ActionDefinition | TriggerDefinition | undefined
  pointer: string
}) {
  return { pointer, ...(owner === undefined ? {} : { name: owner.name }) }
}
