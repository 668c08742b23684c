import { type ActionDefinition, member } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { print, type Tree } from '@flowstead/expressions'
import type { Report } from '../../rule.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { piecesOf, type UserInput, userInputOf } from './user-input.ts'

/** Reports HTTP actions that go where the user says. */
export function checkForgedHosts(subject: Subject, report: Report): void {
  const inputOf = userInputOf(subject)
  const lookedAt = conditionsOf(subject)
  for (const { action, owners } of subject.actions) {
    if (action.type !== 'Http' || typeof member(action.inputs, 'uri') !== 'string') continue
    const host = hostPiece(subject, action)
    const input = host === undefined ? undefined : inputOf(host)
    if (host === undefined || input === undefined || lookedAt(owners, print(host))) continue
    const message = `${quoted(action.name)} calls the host that ${input.what} names.`
    report(inside(action, 'inputs', 'uri'), { message, ...severityOf(input) })
  }
}

/** People who are signed in are known, and an address to call back is meant to come from the caller. */
function severityOf({ what, isSignedIn }: UserInput): { readonly severity?: 'warning' } {
  return isSignedIn || /call.?back|webhook|reply|notif/i.test(what) ? { severity: 'warning' } : {}
}

/** The expression that gives the host: the first piece, when only the scheme is typed before it. */
function hostPiece(subject: Subject, action: ActionDefinition): Tree | undefined {
  const text = subject.textsOf(action).find(({ keys }) => keys.length === 2 && keys[1] === 'uri')
  const template = text?.expression?.template
  if (template === undefined || template.kind === 'text') return undefined
  const parts = template.kind === 'expression' ? [template.tree] : template.parts
  let before = ''
  for (const piece of parts.flatMap(piecesOf)) {
    if (typeof piece !== 'string') return /^\s*(https?:\/\/)?$/i.test(before) ? piece : undefined
    before += piece
  }
  return undefined
}

/** Tells whether a condition or switch around a call reads the same value; each is printed once. */
function conditionsOf(subject: Subject): (owners: readonly ActionDefinition[], value: string) => boolean {
  const printed = new Map<ActionDefinition, string>()
  const textOf = (owner: ActionDefinition): string => {
    const known = printed.get(owner)
    if (known !== undefined) return known
    const text = subject
      .expressionsOf(owner)
      .flatMap(({ trees }) => trees.map((tree) => print(tree)))
      .join('\n')
    printed.set(owner, text)
    return text
  }
  return (owners, value) =>
    owners.some((owner) => (owner.type === 'If' || owner.type === 'Switch') && textOf(owner).includes(value))
}
