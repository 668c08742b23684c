import type { WholeFloat } from '../numbers.ts'

/** Offsets in UTF-16 units into the text that was parsed; `end` is the first unit after. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** `'text'`, `12`, `1.5`, `true`, `null`. */
export interface LiteralTree extends Span {
  readonly kind: 'literal'
  readonly value: null | boolean | string | number | bigint | WholeFloat
}

/** `name(args)`; the name stands at `start`, spelled as written. */
export interface CallTree extends Span {
  readonly kind: 'call'
  readonly name: string
  readonly args: readonly Tree[]
}

/** `target.key`, `target['key']`, with a `?` before when optional. */
export interface AccessTree extends Span {
  readonly kind: 'access'
  readonly target: CallTree | AccessTree
  readonly style: 'dot' | 'bracket'
  readonly isOptional: boolean
  /** A string literal when the style is `dot`. */
  readonly key: Tree
}

/** An expression as a tree. */
export type Tree = LiteralTree | CallTree | AccessTree
