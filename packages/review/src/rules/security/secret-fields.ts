import { member, type ParameterDeclaration, pointerTo, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Report, Settings } from '../../rule.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { type PlacedText, typedTexts } from '../../subject/texts.ts'
import { isPlaceholder, plainKey, secretIn, secretInHeader } from './secret-forms.ts'

/** Names of fields and variables that hold nothing but a secret, compared without case and punctuation. */
export const secretNames = [
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'clientsecret',
  'apikey',
  'xapikey',
  'subscriptionkey',
  'ocpapimsubscriptionkey',
  'xfunctionskey',
  'accesskey',
  'secretkey',
  'privatekey',
  'accesstoken',
  'refreshtoken',
  'sharedaccesskey',
] as const

/** Fields of `inputs.authentication` that are secrets. */
export const authenticationSecrets: ReadonlySet<string> = new Set(['password', 'secret', 'pfx', 'value'])

/** Reports every typed secret: forms that are secrets anywhere, then fields that are called like one. */
export function checkTypedSecrets(
  subject: Subject,
  report: Report,
  { names }: Settings & { readonly names: readonly string[] },
): void {
  const isSecretName = secretNameTest(names)
  for (const text of subject.texts) {
    const kind = kindOf(text, isSecretName)
    if (kind === undefined) continue
    const message = `${quoted(text.keys.at(-1) ?? '')} of ${quoted(text.owner.name)} holds ${kind} in plain text.`
    report({ name: text.owner.name, pointer: text.pointer }, { message })
  }
  checkVariables(subject, report, isSecretName)
  checkParameters(subject, report)
}

function kindOf(text: PlacedText, isSecretName: (name: string) => boolean): string | undefined {
  for (const typed of typedTexts(text)) {
    const kind = secretIn(typed)
    if (kind !== undefined) return kind
  }
  const { text: value, keys } = text
  if (value.includes('@{') || value.startsWith('@')) return undefined
  const key = keys.at(-1) ?? ''
  if (plainKey(key) === 'authorization') return secretInHeader(value)
  const isAuthentication = keys.at(-2) === 'authentication' && authenticationSecrets.has(key.toLowerCase())
  if (!isAuthentication && !isSecretName(key)) return undefined
  return isPlaceholder(value, key) ? undefined : 'a secret'
}

/** Whether a field is called like a secret. */
function secretNameTest(names: readonly string[]): (name: string) => boolean {
  const plain = new Set(names.map(plainKey))
  return (name) => plain.has(plainKey(name))
}

/** A variable or parameter is called like a secret when its name ends like one: `GraphClientSecret`. */
export function endsLikeSecret(name: string, names: readonly string[] = secretNames): boolean {
  const plain = plainKey(name)
  return names.some((each) => plain.endsWith(plainKey(each)))
}

function checkVariables(subject: Subject, report: Report, isSecretName: (name: string) => boolean): void {
  for (const { variable, value, pointer, name } of subject.variables) {
    if (!isSecretName(variable) && !endsLikeSecret(variable)) continue
    if (!isTypedSecret(value, variable)) continue
    const message = `The variable ${quoted(variable)} starts with a secret in plain text.`
    report({ ...(name === undefined ? {} : { name }), pointer: pointerTo(pointer, 'value') }, { message })
  }
  for (const { action } of subject.actions) {
    if (action.type !== 'SetVariable') continue
    const variable = textMember(action.inputs, 'name') ?? ''
    if (!endsLikeSecret(variable) || !isTypedSecret(member(action.inputs, 'value'), variable)) continue
    const message = `${quoted(action.name)} sets the variable ${quoted(variable)} to a secret in plain text.`
    report(inside(action, 'inputs', 'value'), { message })
  }
}

/** The default of a secure parameter is readable for everybody who has the file. */
function checkParameters({ flow }: Subject, report: Report): void {
  for (const [name, parameter] of flow.parameters) {
    if (parameter.type !== 'securestring' || !isTypedSecret(parameter.defaultValue, name)) continue
    const message = `The secure parameter ${quoted(name)} has its secret as the default value.`
    report({ pointer: pointerTo(flow.definitionAt, 'parameters', name) }, { message })
  }
}

/** Whether a value is typed and no stand-in. */
export function isTypedSecret(value: ParameterDeclaration['defaultValue'], name: string): value is string {
  return (
    typeof value === 'string' &&
    !value.startsWith('@') &&
    !value.includes('@{') &&
    !(value.startsWith('[') && value.endsWith(']')) &&
    !isPlaceholder(value, name)
  )
}
