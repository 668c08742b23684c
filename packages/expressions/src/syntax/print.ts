import { WholeFloat } from '../numbers.ts'
import type { LiteralTree, Tree } from './tree.ts'

/** The text of a tree without the leading `@`; parsing it gives an equal tree, spans aside. */
export function print(tree: Tree): string {
  if (tree.kind === 'literal') return literalText(tree.value)
  if (tree.kind === 'call') return `${tree.name}(${tree.args.map(print).join(', ')})`
  const target = print(tree.target) + (tree.isOptional ? '?' : '')
  if (tree.style === 'dot' && tree.key.kind === 'literal') return `${target}.${tree.key.value}`
  return `${target}[${print(tree.key)}]`
}

function literalText(value: LiteralTree['value']): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (value instanceof WholeFloat) return Object.is(value.value, -0) ? '-0.0' : `${value.value}.0`
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return String(value)
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}
