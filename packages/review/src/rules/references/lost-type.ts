import type { ActionDefinition } from '@flowstead/definition'
import { textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Tree } from '@flowstead/expressions'
import type { Severity } from '../../finding.ts'
import type { PlacedExpression } from '../../subject/expressions.ts'
import type { Subject } from '../../subject/subject.ts'
import { type KnownType, knownTypeOf } from './known-type.ts'

interface LostType {
  readonly expression: PlacedExpression
  readonly message: string
  readonly severity: Severity
}

/** Values that a single `@{...}` makes a text although something else is needed. */
export function lostTypes(subject: Subject): LostType[] {
  return subject.expressions.flatMap((expression): LostType[] => {
    const tree = onlyHole(expression)
    if (tree === undefined || expression.placed === undefined) return []
    const { action } = expression.placed
    const needs = needed(action, expression.pointer.slice(action.pointer.length))
    if (needs !== undefined) {
      const message = `${quoted(expression.text)} gives a text where ${quoted(action.name)} needs ${needs}.`
      return [{ expression, message, severity: 'warning' }]
    }
    const type = keepsType(action, expression.pointer, subject) ? knownTypeOf(tree, subject) : undefined
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

/** Places that take values of every type and keep them. */
function keepsType(action: ActionDefinition, pointer: string, { variables }: Subject): boolean {
  const part = pointer.slice(action.pointer.length)
  if (action.type === 'Compose') return part === '/inputs'
  if (bodies.has(action.type)) return part === '/inputs/body'
  if (action.type === 'AppendToArrayVariable') return part === '/inputs/value'
  if (action.type === 'SetVariable' && part === '/inputs/value') {
    const name = textMember(action.inputs, 'name')?.toLowerCase()
    const declared = variables.find(({ variable }) => variable.toLowerCase() === name)
    return declared !== undefined && declared.type.toLowerCase() !== 'string'
  }
  return (
    action.type === 'InitializeVariable' &&
    variables.some(
      (declared) => pointer === `${declared.pointer}/value` && declared.type.toLowerCase() !== 'string',
    )
  )
}
