import type { ActionDefinition } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Report } from '../../rule.ts'
import type { Subject } from '../../subject/subject.ts'
import { writtenVariable } from '../../subject/variables.ts'
import { usesOf, writesAnyVariable } from './uses.ts'

/** Reports variables whose value goes nowhere. */
export function checkUnreadVariables(subject: Subject, report: Report): void {
  const uses = usesOf(subject)
  const writers = writersOf(subject)
  for (const { variable, action, pointer } of subject.variables) {
    if (!isPlainName(variable) || uses.readsVariable(variable)) continue
    const own = writers.get(variable.toLowerCase()) ?? []
    // The output of an action that writes a variable is its value.
    if ([action, ...own].some((each) => uses.readsAction(each))) continue
    const written =
      own.length === 0
        ? ''
        : `, only written by ${quoted(own[0]?.name)}${own.length > 1 ? ' and others' : ''}`
    report(
      { name: action.name, pointer },
      { message: `The variable ${quoted(variable)} is never read${written}.` },
    )
  }
}

/** Reports variables that are constants under another name. */
export function checkConstantVariables(subject: Subject, report: Report): void {
  if (writesAnyVariable(subject)) return
  const uses = usesOf(subject)
  const writers = writersOf(subject)
  for (const { variable, value, action, pointer } of subject.variables) {
    if (value === undefined || value === null || value === '' || isConstantName(variable)) continue
    if (!isPlainName(variable)) continue
    if (writers.has(variable.toLowerCase()) || !uses.readsVariable(variable)) continue
    const message = `Nothing changes the variable ${quoted(variable)} after ${quoted(action.name)} has given it a value.`
    report({ name: action.name, pointer }, { message })
  }
}

/** A name that is not computed, neither in the run nor by an ARM template. */
function isPlainName(name: string): boolean {
  return name !== '' && !name.includes('@') && !name.startsWith('[')
}

/** `MAX_ORDERS`, or with the prefix of its type `sSITE`. */
function isConstantName(name: string): boolean {
  const rest = name.slice(1)
  return /\p{Lu}/u.test(rest) && !/\p{Ll}/u.test(rest)
}

function writersOf({ actions }: Subject): Map<string, ActionDefinition[]> {
  const writers = new Map<string, ActionDefinition[]>()
  for (const { action } of actions) {
    const name = writtenVariable(action)?.toLowerCase()
    if (name === undefined) continue
    const list = writers.get(name)
    if (list === undefined) writers.set(name, [action])
    else list.push(action)
  }
  return writers
}
