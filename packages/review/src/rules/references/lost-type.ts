import type { ActionDefinition } from '@flowstead/definition'
import { textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Tree } from '@flowstead/expressions'
import type { Severity } from '../../finding.ts'
import type { PlacedExpression } from '../../subject/expressions.ts'
import type { Subject } from '../../subject/subject.ts'
import { type KnownType, typesIn } from './known-type.ts'

interface LostType {
  readonly expression: PlacedExpression
  readonly message: string
  readonly severity: Severity
}

/** Values that a single `@{...}` makes a text although something else is needed. */
export function lostTypes(subject: Subject): LostType[] {
  const typeOf = typesIn(subject)
  const isKept = keepsType(subject)
  return subject.expressions.flatMap((expression): LostType[] => {
    const tree = onlyHole(expression)
    if (tree === undefined || expression.placed === undefined) return []
    const { action } = expression.placed
    const needs = needed(action, expression.pointer.slice(action.pointer.length))
    if (needs !== undefined) {
      const message = `${quoted(expression.text)} gives a text where ${quoted(action.name)} needs ${needs}.`
      return [{ expression, message, severity: 'warning' }]
    }
    const type = isKept(action, expression.pointer) ? typeOf(tree) : undefined
    if (type === undefined || type === 'string' || type === 'null') return []
    const message = `${quoted(expression.text)} makes a text of ${words[type]}.`
    return [{ expression, message, severity: 'info' }]
  })
}

const words: Readonly<Record<KnownType, string>> = {
  null: 'null',
  boolean: 'true or false',
  string: 'a text',
  number: 'a number',
  array: 'a list',
  object: 'an object',
}

/** The expression of a text that is nothing but one `@{...}`. */
function onlyHole({ template }: PlacedExpression): Tree | undefined {
  if (template?.kind !== 'interpolation' || template.parts.length !== 1) return undefined
  const [only] = template.parts
  return typeof only === 'string' ? undefined : only
}

const listTypes: ReadonlySet<string> = new Set(['Query', 'Select', 'Join', 'Table'])

function needed({ type }: ActionDefinition, part: string): string | undefined {
  if ((type === 'Foreach' && part === '/foreach') || (listTypes.has(type) && part === '/inputs/from'))
    return 'a list'
  const isCondition =
    ((type === 'If' || type === 'Until') && part === '/expression') ||
    (type === 'Query' && part === '/inputs/where')
  return isCondition ? 'true or false' : undefined
}

const bodies: ReadonlySet<string> = new Set(['Http', 'Response'])

/** Tells the places that take values of every type and keep them. */
function keepsType({ variables }: Subject): (action: ActionDefinition, pointer: string) => boolean {
  const notText = variables.filter(({ type }) => type.toLowerCase() !== 'string')
  const names = new Set(notText.map(({ variable }) => variable.toLowerCase()))
  const values = new Set(notText.map((declared) => `${declared.pointer}/value`))
  return (action, pointer) => {
    const part = pointer.slice(action.pointer.length)
    if (action.type === 'Compose') return part === '/inputs'
    if (bodies.has(action.type)) return part === '/inputs/body'
    if (action.type === 'AppendToArrayVariable') return part === '/inputs/value'
    if (action.type === 'SetVariable')
      return part === '/inputs/value' && names.has((textMember(action.inputs, 'name') ?? '').toLowerCase())
    return action.type === 'InitializeVariable' && values.has(pointer)
  }
}
