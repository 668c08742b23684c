import { asExpressionError } from '../errors.ts'
import { referenceNames } from '../functions/index.ts'
import type { Bind, Scope } from '../scope.ts'
import { parse } from '../syntax/parse.ts'
import { collectReferences, type Reference } from '../syntax/references.ts'
import type { Tree } from '../syntax/tree.ts'
import type { Value } from '../value.ts'
import { compileTree } from './compile-tree.ts'

export interface CompileOptions {
  /** Resolves references at compile time; default: the scope is asked by name at run time. */
  readonly bind?: Bind
  /** Where the text stands in the user's file, such as `actions.Compose.inputs`; shown in errors. */
  readonly path?: string
  /** `defer` turns a text that does not parse into a closure that fails when reached. Default `throw`. */
  readonly onError?: 'throw' | 'defer'
  /** UTF-16 units of one expression; default 8,192. */
  readonly maxLength?: number
}

/** A compiled expression. */
export interface Expression {
  /** @throws FlowsteadError only, with a code of `expressionErrors`. */
  evaluate(scope: Scope): Value
  readonly references: readonly Reference[]
}

/**
 * Compiles an expression written without the leading `@`.
 * @throws `Expression.Parse`, `Expression.Limit` unless errors are deferred
 */
export function compileExpression(text: string, options: CompileOptions = {}): Expression {
  const { path } = options
  try {
    const tree = parse(text, options)
    const run = compileTree(tree, { bind: options.bind })
    return {
      references: references(tree),
      evaluate(scope) {
        try {
          return run(scope)
        } catch (error) {
          throw asExpressionError(error, { path })
        }
      },
    }
  } catch (error) {
    const failure = asExpressionError(error, { path })
    if (options.onError !== 'defer') throw failure
    return {
      references: [],
      evaluate() {
        throw failure
      },
    }
  }
}

/** All places where a tree names actions, variables, parameters, loops and other parts of the run. */
export function references(tree: Tree, pointer = ''): Reference[] {
  return collectReferences(tree, referenceNames, pointer)
}

/** Compiles and evaluates once. The text has no leading `@`. */
export function evaluate(text: string, scope: Scope): Value {
  return compileExpression(text).evaluate(scope)
}
