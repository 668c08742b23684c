import { quoted } from '@flowstead/errors'
import { isObject, type Value } from '@flowstead/expressions'
import { flowRule, type Report, type Settings } from '../../rule.ts'
import type { Subject } from '../../subject/subject.ts'
import { type DeclaredVariable, writtenVariable } from '../../subject/variables.ts'
import { usesOf } from '../maintainability/uses.ts'

const start = (name: string, type: string, value: unknown) => ({
  type: 'InitializeVariable',
  inputs: { variables: [{ name, type, value }] },
})

const use = (inputs: string) => ({ type: 'Compose', inputs, runAfter: { Start: ['Succeeded'] } })

/** Rules about the names of variables. */
export const variableNameRules = [
  flowRule({
    id: 'NAM601',
    title: 'Names of variables begin with the letter of their type',
    severity: 'warning',
    category: 'naming',
    detects:
      'The name of a variable does not begin with the letter for its type. Where most variables of the flow do not follow the convention, one finding for information stands for all of them; where all begin with "var", that is the convention of the flow and nothing is said.',
    why: 'The type cannot be seen where a variable is used, and a text is taken for a number or a list.',
    fix: 'Begin with b for Boolean, s for String, i for Integer, f for Float, o for Object, a for Array, or set the letters of your own convention.',
    settings: {
      /** How many characters the prefix has. */
      length: 1,
      /** `type=prefix`; a type that is not listed passes, and an empty list switches the rule off. */
      letters: ['boolean=b', 'string=s', 'integer=i', 'float=f', 'object=o', 'array=a'],
    },
    bad: { actions: { Start: start('iTotal', 'integer', 0), Next: start('title', 'object', {}) } },
    good: { actions: { Start: start('iTotal', 'integer', 0), Next: start('oTitle', 'object', {}) } },
    check: checkPrefixes,
  }),
  flowRule({
    id: 'NAM602',
    title: 'Variables that never change are in capitals',
    severity: 'info',
    category: 'naming',
    detects:
      'A variable gets a fixed value when it is initialized, no action changes it, something reads it, and its name after the prefix is not in capitals. Where none in the flow is in capitals, one finding stands for all of them.',
    why: 'Capitals tell a constant from a variable that changes on the way.',
    fix: 'Write the name in capitals after its prefix, such as sSITE_URL.',
    bad: {
      actions: { Start: start('sSite', 'string', 'https://example.com'), Use: use("@variables('sSite')") },
    },
    good: {
      actions: { Start: start('sSITE', 'string', 'https://example.com'), Use: use("@variables('sSITE')") },
    },
    check: checkConstants,
  }),
]

function checkPrefixes(subject: Subject, report: Report, settings: Settings): void {
  const { length, letters } = settings as { length: number; letters: readonly string[] }
  const prefixes = new Map(letters.map((row) => row.toLowerCase().split('=') as [string, string]))
  const prefixOf = ({ type }: DeclaredVariable) => prefixes.get(type.toLowerCase())
  const typed = subject.variables.filter((each) => isPlain(each.variable) && prefixOf(each) !== undefined)
  const wrong = typed.filter((each) => each.variable.slice(0, length) !== prefixOf(each))
  const following = typed.filter((each) => follows(each.variable, prefixOf(each) ?? ''))
  if (wrong.length === 0 || typed.every(({ variable }) => isOtherConvention.test(variable))) return
  if (following.length * 2 >= typed.length) {
    for (const each of wrong) report(each, { message: messageFor(each, prefixOf(each) ?? '') })
    return
  }
  const message = `Names of variables do not begin with the letter of their type: ${listed(wrong)}.`
  report(subject.place, { message, severity: 'info' })
}

function listed(variables: readonly DeclaredVariable[]): string {
  const names = variables.slice(0, 3).map(({ variable }) => quoted(variable))
  const more = variables.length > names.length ? ` and ${variables.length - names.length} more` : ''
  return `${names.join(', ')}${more}`
}

/** `varTotal`: the names follow a convention that does not show the type. */
const isOtherConvention = /^[vV]ar(?=[\p{Lu}_])/u

function messageFor({ variable, type }: DeclaredVariable, prefix: string): string {
  return `The variable ${quoted(variable)} of type ${quoted(type)} does not begin with ${quoted(prefix)}.`
}

/** Whether a name is made by the convention, and does not only happen to begin with the letter. */
function follows(variable: string, prefix: string): boolean {
  const next = variable.charAt(prefix.length)
  return variable.startsWith(prefix) && next === next.toUpperCase()
}

function isPlain(variable: string): boolean {
  return variable !== '' && !variable.includes('@') && !variable.startsWith('[')
}

function checkConstants(subject: Subject, report: Report): void {
  const { variables, actions } = subject
  const uses = usesOf(subject)
  const written = new Set<string>()
  for (const { action } of actions) {
    const name = writtenVariable(action)
    if (name !== undefined) written.add(name.toLowerCase())
    // A computed name may mean any variable.
    else if (changing.has(action.type)) return
  }
  // What nobody reads had better go than get another name.
  const constants = variables.filter(
    ({ variable, value }) =>
      isPlain(variable) &&
      !written.has(variable.toLowerCase()) &&
      isFixed(value) &&
      uses.readsVariable(variable),
  )
  const wrong = constants.filter(({ variable }) => !isInCapitals(variable))
  if (wrong.length === 0) return
  if (wrong.length < constants.length) {
    for (const each of wrong)
      report(each, {
        message: `The variable ${quoted(each.variable)} never changes, but is not in capitals.`,
      })
    return
  }
  report(subject.place, {
    message: `Variables that never change are not in capitals: ${listed(wrong)}.`,
  })
}

function isInCapitals(variable: string): boolean {
  const rest = variable.slice(1)
  return rest === rest.toUpperCase()
}

const changing: ReadonlySet<string> = new Set([
  'SetVariable',
  'IncrementVariable',
  'DecrementVariable',
  'AppendToArrayVariable',
  'AppendToStringVariable',
])

/** A value that says something and holds no expression; empty values only say where a variable begins. */
function isFixed(value: Value | undefined): boolean {
  if (typeof value === 'string') return value !== '' && !value.includes('@')
  if (Array.isArray(value)) return value.length > 0 && value.every(isStatic)
  if (isObject(value)) return Object.keys(value).length > 0 && isStatic(value)
  return value !== undefined && value !== null && value !== false && Number(value) !== 0
}

function isStatic(value: Value): boolean {
  if (typeof value === 'string') return !value.includes('@')
  if (Array.isArray(value)) return value.every(isStatic)
  return !isObject(value) || Object.values(value).every(isStatic)
}
