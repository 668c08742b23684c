import { type ActionDefinition, type PlacedAction, pointerTo } from '@flowstead/definition'
import type { Reference } from '@flowstead/expressions'
import type { PlacedExpression } from '../../subject/expressions.ts'
import type { Subject } from '../../subject/subject.ts'
import type { Contents } from '../reliability/contents.ts'
import { isSteadyReference } from '../reliability/steadiness.ts'

/** The loop whose turns an action takes part in: the innermost Foreach or Until around it. */
export function nearestLoop({ owners }: PlacedAction): ActionDefinition | undefined {
  return owners.findLast(({ type }) => type === 'Foreach' || type === 'Until')
}

/** The expressions of one member of an action: `expression`, `foreach`. */
export function expressionsAt(
  subject: Subject,
  action: ActionDefinition,
  key: string,
): readonly PlacedExpression[] {
  const at = pointerTo(action.pointer, key)
  return subject.expressionsOf(action).filter(({ pointer }) => pointer === at || pointer.startsWith(`${at}/`))
}

/** Whether a reference means the current item of `loop`. */
export function isItemOf(loop: ActionDefinition, { fn, name }: Reference): boolean {
  return fn === 'item' || (fn === 'items' && name?.toLowerCase() === loop.name.toLowerCase())
}

/** Whether expressions read the item of the loop, and beyond it only what stays the same in all turns. */
export function readOnlyItem(
  subject: Subject,
  contents: Contents,
  loop: ActionDefinition,
  expressions: readonly PlacedExpression[],
): boolean {
  const read = expressions.flatMap(({ references }) => references)
  return (
    expressions.every(({ template }) => template !== undefined) &&
    read.some((reference) => isItemOf(loop, reference)) &&
    read.every(
      (reference) => isItemOf(loop, reference) || isSteadyReference(subject, contents, loop, reference),
    )
  )
}

/** Every Foreach of a flow, with its surroundings. */
export function foreachLoops({ actions }: Subject): readonly PlacedAction[] {
  return actions.filter(({ action }) => action.type === 'Foreach')
}
