import { memberAt, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Reference } from '@flowstead/expressions'
import type { Report } from '../../rule.ts'
import type { Subject } from '../../subject/subject.ts'
import { authenticationSecrets, endsLikeSecret, isTypedSecret } from './secret-fields.ts'

/** Follows the secret part of every authentication one step back. */
export function checkCredentials(subject: Subject, report: Report): void {
  const callers = [...subject.flow.triggers, ...subject.actions.map(({ action }) => action)]
  for (const caller of callers) {
    if (memberAt(caller.raw, 'inputs', 'authentication') === undefined) continue
    for (const { keys, pointer, expression } of subject.textsOf(caller)) {
      if (keys[1] !== 'authentication' || !authenticationSecrets.has((keys[2] ?? '').toLowerCase())) continue
      const source = expression?.references.map((each) => plainSource(subject, each)).find(Boolean)
      if (source === undefined) continue
      const message = `The authentication of ${quoted(caller.name)} reads its ${quoted(keys[2])} from ${source}, where it stands in plain text.`
      report({ name: caller.name, pointer }, { message })
    }
  }
}

/** The place a reference reads from, when a secret is typed there and no other rule says so. */
function plainSource(subject: Subject, { fn, name }: Reference): string | undefined {
  if (name === undefined || name.startsWith('$')) return undefined
  if (fn === 'parameters') {
    const parameter = subject.flow.parameters.get(name)
    const isPlain = parameter?.type === 'string' && isTypedSecret(parameter.defaultValue, name)
    return isPlain ? `the parameter ${quoted(name)}` : undefined
  }
  if (fn === 'variables') {
    const declared = subject.variables.find((each) => each.variable.toLowerCase() === name.toLowerCase())
    const isPlain = declared !== undefined && isTypedSecret(declared.value, name) && !endsLikeSecret(name)
    return isPlain ? `the variable ${quoted(name)}` : undefined
  }
  const action = fn === 'outputs' ? subject.action(name) : undefined
  return action?.type === 'Compose' && isTypedSecret(textMember(action.raw, 'inputs'), '')
    ? `the Compose action ${quoted(action.name)}`
    : undefined
}
