import type { ActionDefinition } from '@flowstead/definition'
import type { Subject } from '../../subject/subject.ts'
import { type ListCall, listCallOf } from './list-call.ts'
import { expressionsAt } from './loop-item.ts'

/** Whether a loop goes over the rows of a list operation, which may be many. */
export function mayBeMany(subject: Subject, loop: ActionDefinition): boolean {
  return listsOf(subject, loop).some(({ isTopped }) => !isTopped)
}

/** Whether the rows that a loop goes over grow with their table. */
export function isUnbounded(subject: Subject, loop: ActionDefinition): boolean {
  return listsOf(subject, loop).some(({ isTopped, isFiltered }) => !isTopped && !isFiltered)
}

function listsOf(subject: Subject, loop: ActionDefinition): ListCall[] {
  return expressionsAt(subject, loop, 'foreach').flatMap(({ references }) =>
    references.flatMap(({ name }) => {
      const source = name === undefined ? undefined : subject.action(name)
      return (source && listCallOf(subject, source)) ?? []
    }),
  )
}
