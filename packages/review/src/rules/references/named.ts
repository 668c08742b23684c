import type { ActionDefinition } from '@flowstead/definition'
import type { Subject } from '../../subject/subject.ts'

/** Functions of the language whose first argument is the name of an action. */
export const actionFunctions: ReadonlySet<string> = new Set([
  'actions',
  'outputs',
  'body',
  'actionOutputs',
  'actionBody',
  'formDataValue',
  'formDataMultiValues',
  'multipartBody',
  'result',
])

/** A name as the platform compares it: ignoring case, with the underscores that designers write for spaces. */
export function folded(name: string): string {
  return name.toLowerCase().replaceAll(' ', '_')
}

/** Whether two names mean the same thing. */
export function isSameName(one: string, other: string): boolean {
  return folded(one) === folded(other)
}

/** Finds actions by the names that expressions use. */
export function actionFinder(subject: Subject): ActionFinder {
  return subject.shared(makeFinder)
}

type ActionFinder = (name: string) => ActionDefinition | undefined

function makeFinder(subject: Subject): ActionFinder {
  let byName: Map<string, ActionDefinition> | undefined
  return (name) => {
    const exact = subject.action(name)
    if (exact !== undefined) return exact
    byName ??= new Map(subject.actions.map(({ action }) => [folded(action.name), action]))
    return byName.get(folded(name))
  }
}
