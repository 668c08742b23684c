import { asExpressionError } from '../errors.ts'
import type { FunctionRow } from '../functions/function-row.ts'
import { functions } from '../functions/index.ts'
import type { CallTree } from '../syntax/tree.ts'
import type { Value } from '../value.ts'
import { checked, takesCount } from './compile-call.ts'
import type { CompileContext } from './compile-context.ts'
import type { Compile, Evaluate } from './evaluate.ts'

/**
 * A call of a call as one step, such as `join(split(…), …)`, where the row of the outer function declares it: the
 * value between the two is never made. Arguments are evaluated, checked and blamed as without it.
 */
export function compileShortcut(
  row: FunctionRow,
  tree: CallTree,
  context: CompileContext,
  compile: Compile,
): Evaluate | undefined {
  const [inner, last] = tree.args
  if (row.shortcuts === undefined || inner?.kind !== 'call' || context.observe !== undefined) return undefined
  const innerRow = functions.get(inner.name.toLowerCase())
  if (innerRow === undefined || !Object.hasOwn(row.shortcuts, innerRow.name)) return undefined
  const [first, second] = inner.args
  if (first === undefined || second === undefined || !takesCount(innerRow, inner.args.length))
    return undefined
  const call = row.shortcuts[innerRow.name] as (...args: Value[]) => Value
  const a = compile(first, context, 'read')
  const b = compile(second, context, 'read')
  const c = last === undefined ? undefined : compile(last, context, 'read')
  return (scope) => {
    let at = inner.start
    try {
      const x = checked(innerRow, 0, a(scope))
      const y = checked(innerRow, 1, b(scope))
      at = tree.start
      return c === undefined ? call(x, y) : call(x, y, checked(row, 1, c(scope)))
    } catch (error) {
      throw asExpressionError(error, { at })
    }
  }
}
