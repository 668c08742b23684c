import type { Scope } from '../scope.ts'
import type { Tree } from '../syntax/tree.ts'
import type { Value } from '../value.ts'
import type { CompileContext } from './compile-context.ts'

/** A compiled part of an expression. */
export type Evaluate = (scope: Scope) => Value

/** `kept` when the value itself lives on, `read` when only something in it is looked at. */
export type Use = 'kept' | 'read'

/** Compiles a part of the tree that is being compiled. */
export type Compile = (tree: Tree, context: CompileContext, use?: Use) => Evaluate
