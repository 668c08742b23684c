import type { Scope } from '../scope.ts'
import type { Value } from '../value.ts'

/** A compiled part of an expression. */
export type Evaluate = (scope: Scope) => Value
