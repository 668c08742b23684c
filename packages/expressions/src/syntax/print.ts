import { WholeFloat } from '../numbers.ts'
import type { AccessTree, LiteralTree, Tree } from './tree.ts'

/** The text of a tree without the leading `@`; parsing it gives an equal tree, spans aside. */
export function print(tree: Tree): string {
  const accesses: string[] = []
  let target = tree
  for (; target.kind === 'access'; target = target.target) accesses.push(accessText(target))
  const start =
    target.kind === 'literal'
      ? literalText(target.value)
      : `${target.name}(${target.args.map(print).join(', ')})`
  return start + accesses.reverse().join('')
}

function accessText({ style, isOptional, key }: AccessTree): string {
  const mark = isOptional ? '?' : ''
  if (style === 'dot' && key.kind === 'literal') return `${mark}.${key.value}`
  return `${mark}[${print(key)}]`
}

function literalText(value: LiteralTree['value']): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (value instanceof WholeFloat) return Object.is(value.value, -0) ? '-0.0' : `${value.value}.0`
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return String(value)
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}
