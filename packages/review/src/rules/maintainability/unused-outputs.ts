import { type ActionDefinition, member } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Report } from '../../rule.ts'
import type { Subject } from '../../subject/subject.ts'
import { usesOf } from './uses.ts'

const computingTypes: ReadonlySet<string> = new Set([
  'Compose',
  'Select',
  'Query',
  'Join',
  'ParseJson',
  'Table',
])

/** Reports data operations whose result goes nowhere. */
export function checkUnusedOutputs(subject: Subject, report: Report): void {
  const uses = usesOf(subject)
  for (const { action } of subject.actions) {
    if (!computingTypes.has(action.type) || uses.readsAction(action)) continue
    if (isNote(subject, action) || mayBeLookedAt(subject, action) || isCheck(subject, action)) continue
    const message = `The output of ${quoted(action.name)} is never used.`
    report(action, { message, ...(isLikelyMeant(subject, action) ? { severity: 'info' } : {}) })
  }
}

/** A Compose with nothing but typed text says something to readers. */
function isNote(subject: Subject, action: ActionDefinition): boolean {
  return action.type === 'Compose' && subject.expressionsOf(action).length === 0
}

/** Parse JSON also makes sure that a text has the right form; the end of a branch is looked at in the history. */
function isLikelyMeant(subject: Subject, action: ActionDefinition): boolean {
  return action.type === 'ParseJson' || subject.order.successors(action).length === 0
}

/**
 * The last action of a flow shows its result in the history, that of a tool gives it to the agent; tracked properties
 * go to a log.
 */
function mayBeLookedAt(subject: Subject, action: ActionDefinition): boolean {
  if (member(action.raw, 'trackedProperties') !== undefined) return true
  const { owners, block } = subject.placed(action)
  if (block.key.startsWith('tool:')) return subject.order.successors(action).length === 0
  return [...owners, action].every((each) => subject.order.successors(each).length === 0)
}

/** Somebody waits for its failure: the point is whether it works. */
function isCheck(subject: Subject, action: ActionDefinition): boolean {
  return subject.order
    .successors(action)
    .some(({ runAfter }) =>
      runAfter.some(
        (edge) =>
          edge.action.toLowerCase() === action.name.toLowerCase() &&
          edge.statuses.some((status) => status !== 'Succeeded'),
      ),
    )
}
