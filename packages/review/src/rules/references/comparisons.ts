// Comparisons wherever they stand: as calls in expressions, and as objects in the conditions of the designer,
// `{"and": [{"equals": ["@variables('x')", true]}]}`. Both are read into one shape.
import { memberAt, members, pointerTo } from '@flowstead/definition'
import { functions, isObject, printJson, type Tree, type Value } from '@flowstead/expressions'
import type { PlacedExpression } from '../../subject/expressions.ts'
import type { Subject } from '../../subject/subject.ts'
import { literalText } from '../structure/literal.ts'
import { type KnownType, type TypeOf, typeOfValue } from './known-type.ts'

/** One side of a comparison. */
export type Operand =
  | { readonly kind: 'tree'; readonly tree: Tree; readonly text: string }
  | { readonly kind: 'value'; readonly value: Value }
  /** A text with holes. */
  | { readonly kind: 'text'; readonly trees: readonly Tree[]; readonly text: string }
  /** Anything may stand there: a call written as an object, a text that a deployment fills in. */
  | { readonly kind: 'open'; readonly text: string }

/** Two things that are compared. */
export interface Comparison {
  /** Spelling of the documentation: `equals`, `greater` … */
  readonly fn: string
  readonly left: Operand
  readonly right: Operand
  readonly pointer: string
}

/** A `not` around another. */
export interface DoubleNot {
  readonly pointer: string
}

const comparing: ReadonlySet<string> = new Set([
  'equals',
  'greater',
  'greaterOrEquals',
  'less',
  'lessOrEquals',
  'startsWith',
  'endsWith',
  'contains',
])

/** What conditions and expressions of a flow compare, in the order of the definition. */
export function comparisonsIn(subject: Subject): Comparisons {
  return subject.shared(readComparisons)
}

interface Comparisons {
  readonly comparisons: readonly Comparison[]
  readonly doubleNots: readonly DoubleNot[]
}

function readComparisons(subject: Subject): Comparisons {
  const comparisons: Comparison[] = []
  const doubleNots: DoubleNot[] = []
  const byPointer = new Map(subject.expressions.map((each) => [each.pointer, each]))
  for (const expression of subject.expressions) readCalls(expression, comparisons, doubleNots)
  for (const { action } of subject.actions) {
    for (const path of [['expression'], ['inputs', 'where']]) {
      const value = memberAt(action.raw, ...path)
      if (isObject(value)) readObject(value, pointerTo(action.pointer, ...path))
    }
  }
  return { comparisons, doubleNots }

  function readObject(value: Value, pointer: string, isNegated = false): void {
    if (Array.isArray(value)) {
      value.forEach((each, index) => {
        readObject(each, pointerTo(pointer, index), isNegated)
      })
      return
    }
    for (const [key, inner] of members(value)) {
      const fn = functions.get(key.toLowerCase())?.name ?? key
      const at = pointerTo(pointer, key)
      if (fn === 'not' && isNegated) doubleNots.push({ pointer: at })
      if (comparing.has(fn) && Array.isArray(inner) && inner.length === 2)
        comparisons.push({
          fn,
          left: operandOf(inner[0] as Value, byPointer.get(pointerTo(at, 0)), subject),
          right: operandOf(inner[1] as Value, byPointer.get(pointerTo(at, 1)), subject),
          pointer: at,
        })
      else readObject(inner, at, fn === 'not')
    }
  }
}

function readCalls(
  { calls, pointer, text }: PlacedExpression,
  comparisons: Comparison[],
  doubleNots: DoubleNot[],
): void {
  for (const call of calls) {
    const fn = functions.get(call.name.toLowerCase())?.name ?? call.name
    const [left, right] = call.args
    if (fn === 'not' && left?.kind === 'call' && left.name.toLowerCase() === 'not')
      doubleNots.push({ pointer })
    if (!comparing.has(fn) || left === undefined || right === undefined) continue
    const operand = (tree: Tree): Operand =>
      tree.kind === 'literal' ? { kind: 'value', value: tree.value } : { kind: 'tree', tree, text }
    comparisons.push({ fn, left: operand(left), right: operand(right), pointer })
  }
}

function operandOf(value: Value, expression: PlacedExpression | undefined, { flow }: Subject): Operand {
  if (isObject(value) || Array.isArray(value)) return { kind: 'open', text: printJson(value) }
  if (expression === undefined)
    return typeof value !== 'string' || literalText(flow, value) !== undefined
      ? { kind: 'value', value }
      : { kind: 'open', text: value }
  const { template } = expression
  const { text, trees } = expression
  if (template === undefined) return { kind: 'open', text }
  if (template.kind === 'interpolation') return { kind: 'text', trees, text }
  if (template.kind === 'text') return { kind: 'value', value: template.text }
  const { tree } = template
  return tree.kind === 'literal' ? { kind: 'value', value: tree.value } : { kind: 'tree', tree, text }
}

/** The type of an operand; `undefined` when it is not known. */
export function typeOfOperand(operand: Operand, typeOf: TypeOf): KnownType | undefined {
  if (operand.kind === 'value') return typeOfValue(operand.value)
  if (operand.kind === 'text') return 'string'
  return operand.kind === 'tree' ? typeOf(operand.tree) : undefined
}

/** An operand as a message shows it. */
export function textOfOperand(operand: Operand): string {
  if (operand.kind === 'value')
    return typeof operand.value === 'string' ? `'${operand.value}'` : printJson(operand.value)
  return operand.kind === 'tree' ? operand.text.slice(operand.tree.start, operand.tree.end) : operand.text
}
