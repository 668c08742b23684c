// Whether an expression gives the same value in every turn of a loop. Certain means: all it reads is named, was there
// before the loop, and nothing in the loop or beside it can write it.
import type { ActionDefinition } from '@flowstead/definition'
import { functions, type Reference } from '@flowstead/expressions'
import type { PlacedExpression } from '../../subject/expressions.ts'
import type { Subject } from '../../subject/subject.ts'
import type { Contents } from './contents.ts'

/** Functions that give another value whenever they are asked. */
const restless: ReadonlySet<string> = new Set(['utcnow', 'guid', 'rand'])

/** References whose value is one for the whole run. */
const ofTheRun: ReadonlySet<string> = new Set([
  'parameters',
  'trigger',
  'triggerOutputs',
  'triggerBody',
  'triggerFormDataValue',
  'triggerFormDataMultiValues',
  'triggerMultipartBody',
  'workflow',
  'appsetting',
])

/** References to the results of an action, by its name. */
const ofActions: ReadonlySet<string> = new Set([
  'actions',
  'outputs',
  'body',
  'result',
  'formDataValue',
  'formDataMultiValues',
  'multipartBody',
])

/**
 * Whether an expression surely has one value in all turns of `loop`.
 * @param loop the Foreach or Until that takes the turns.
 */
export function isSteadyIn(
  subject: Subject,
  contents: Contents,
  loop: ActionDefinition,
  expression: PlacedExpression,
): boolean {
  if (expression.template === undefined) return false
  const isKnown = expression.calls.every(({ name }) => {
    const lower = name.toLowerCase()
    return functions.has(lower) && !restless.has(lower)
  })
  return (
    isKnown &&
    expression.references.every((reference) => isSteadyReference(subject, contents, loop, reference))
  )
}

/** `isSteadyIn` for one thing that an expression reads. */
export function isSteadyReference(
  subject: Subject,
  contents: Contents,
  loop: ActionDefinition,
  reference: Reference,
): boolean {
  const { fn, name } = reference
  if (ofTheRun.has(fn)) return true
  if (name === undefined) return false
  if (fn === 'variables') return isVariableSteady(subject, contents, loop, name)
  if (fn === 'items') return isOuterLoop(subject, contents, loop, name)
  if (!ofActions.has(fn)) return false
  const source = subject.action(name)
  return source !== undefined && subject.order.precedes(source, loop)
}

/** Nothing in the loop writes it, and nothing that may run meanwhile. */
function isVariableSteady(
  subject: Subject,
  contents: Contents,
  loop: ActionDefinition,
  variable: string,
): boolean {
  const { order } = subject
  const loops = subject.placed(loop).owners.filter(({ type }) => type === 'Foreach')
  return contents
    .writersOf(variable)
    .every(
      ({ action }) =>
        !contents.holds(loop, action) &&
        !loops.some((around) => contents.holds(around, action)) &&
        (order.precedes(action, loop) || order.precedes(loop, action) || !order.areParallel(action, loop)),
    )
}

function isOuterLoop(subject: Subject, contents: Contents, loop: ActionDefinition, name: string): boolean {
  const other = subject.action(name)
  return other !== undefined && other !== loop && contents.holds(other, loop)
}

/** Whether some action in the loop writes a variable whose name an expression computes, so that any may be meant. */
export function hasComputedWriter(contents: Contents, loop: ActionDefinition): boolean {
  return contents.inside(loop).some(({ action }) => isComputedWriter(action))
}

function isComputedWriter({ type, inputs }: ActionDefinition): boolean {
  if (!type.endsWith('Variable') || type === 'InitializeVariable') return false
  const name = typeof inputs === 'object' && inputs !== null && 'name' in inputs ? inputs.name : undefined
  return typeof name !== 'string' || name.includes('@')
}
