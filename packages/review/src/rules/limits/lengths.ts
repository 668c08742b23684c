import { member, pointerTo, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { printJson } from '@flowstead/expressions'
import type { Report, Settings } from '../../rule.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'

type Lengths = Settings & {
  readonly maxName: number
  readonly maxExpression: number
  readonly maxDescription: number
  readonly maxTrackedProperties: number
}

/** Reports every text that is too long, in characters. */
export function checkLengths(subject: Subject, report: Report, most: Lengths): void {
  const { flow, actions, expressions } = subject
  for (const owner of [...flow.triggers, ...actions.map(({ action }) => action)]) {
    if (owner.name.length > most.maxName)
      report(owner, {
        message: `The name ${quoted(owner.name)} has ${taken(owner.name.length, most.maxName)}`,
      })
    const description = textMember(owner.raw, 'description')?.length ?? 0
    if (description > most.maxDescription)
      report(inside(owner, 'description'), {
        message: `The note of ${quoted(owner.name)} has ${taken(description, most.maxDescription)}`,
      })
    const tracked = member(owner.raw, 'trackedProperties')
    const length = tracked === undefined ? 0 : printJson(tracked).length
    if (length > most.maxTrackedProperties)
      report(inside(owner, 'trackedProperties'), {
        message: `The tracked properties of ${quoted(owner.name)} have ${taken(length, most.maxTrackedProperties)}`,
      })
  }
  const description = textMember(flow.definition, 'description')?.length ?? 0
  if (description > most.maxDescription)
    report(
      { pointer: pointerTo(flow.definitionAt, 'description') },
      { message: `The description of the flow has ${taken(description, most.maxDescription)}` },
    )
  for (const { trees, pointer, owner } of expressions) {
    const longest = trees.reduce((length, { start, end }) => Math.max(length, end - start), 0)
    if (longest <= most.maxExpression) continue
    const message = `An expression${owner === undefined ? '' : ` of ${quoted(owner.name)}`} has ${taken(longest, most.maxExpression)}`
    report({ ...(owner === undefined ? {} : { name: owner.name }), pointer }, { message })
  }
}

function taken(length: number, most: number): string {
  return `${length} characters; the platform takes ${most}.`
}
