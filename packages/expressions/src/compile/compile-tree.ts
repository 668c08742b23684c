/**
 * Tree to closure, once per definition. Nothing is looked up by name while evaluating: functions are resolved
 * here, references by the binder when there is one.
 */
import type { FunctionRow } from '../functions/function-row.ts'
import { functions } from '../functions/index.ts'
import { unknownFunction } from '../functions/unknown-function.ts'
import type { CallTree, Tree } from '../syntax/tree.ts'
import { compileAccess } from './compile-access.ts'
import { compileCall, takesCount } from './compile-call.ts'
import type { CompileContext } from './compile-context.ts'
import { compileDerived, compileReference } from './compile-reference.ts'
import { compileShortcut } from './compile-shortcut.ts'
import type { Evaluate, Use } from './evaluate.ts'

/** The closure of a tree. */
export function compileTree(tree: Tree, context: CompileContext, use: Use = 'kept'): Evaluate {
  if (tree.kind === 'literal') {
    const { value } = tree
    return () => value
  }
  const run =
    tree.kind === 'call' ? compileNamed(tree, context, use) : compileAccess(tree, context, compileTree)
  return context.observe === undefined ? run : context.observe(tree, run)
}

function compileNamed(tree: CallTree, context: CompileContext, use: Use): Evaluate {
  const row = functions.get(tree.name.toLowerCase())
  if (row === undefined)
    return () => {
      throw unknownFunction(tree.name, tree.start)
    }
  if (!takesCount(row, tree.args.length)) return compileCall(row, tree.args.map(unreached), tree)
  const shortcut = compileShortcut(row, tree, context, compileTree)
  if (shortcut !== undefined) return shortcut
  const args = compileArguments(row, tree, context)
  if (row.read !== undefined) return compileReference(row, args, tree, context.bind, use)
  return row.from === undefined
    ? compileCall(row, args, tree)
    : compileDerived(row, row.from, args, tree, context.bind, use)
}

function unreached(): Evaluate {
  return () => null
}

function compileArguments(row: FunctionRow, tree: CallTree, context: CompileContext): Evaluate[] {
  const use = row.keeps ? 'kept' : 'read'
  return tree.args.map((argument) => compileTree(argument, context, use))
}
