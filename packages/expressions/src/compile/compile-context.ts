import type { Bind } from '../scope.ts'
import type { Tree } from '../syntax/tree.ts'
import type { Evaluate } from './evaluate.ts'

/** Sees every call and access of an expression: what it gives takes the place of the closure. */
export type Observe = (tree: Tree, run: Evaluate) => Evaluate

/** What compiling a tree depends on besides the tree. */
export interface CompileContext {
  readonly bind: Bind | undefined
  /** With an observer there are no shortcuts: every part of the tree is evaluated as it stands. */
  readonly observe?: Observe | undefined
}
