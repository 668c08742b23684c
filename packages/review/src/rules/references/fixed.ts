import { callsIn, functions, print, type Tree } from '@flowstead/expressions'
import type { Operand } from './comparisons.ts'

/** Functions that give something else every time, beside those that read the run. */
const changing: ReadonlySet<string> = new Set(['utcNow', 'guid', 'rand'])

/** Whether an expression gives the same whatever happens. */
export function isFixed(tree: Tree): boolean {
  return callsIn(tree).every(({ name }) => {
    const row = functions.get(name.toLowerCase())
    return row !== undefined && row.category !== 'workflow' && !changing.has(row.name)
  })
}

/** Whether an operand gives the same whatever happens. */
export function isFixedOperand(operand: Operand): boolean {
  if (operand.kind === 'value') return true
  if (operand.kind === 'open') return false
  return operand.kind === 'tree' ? isFixed(operand.tree) : operand.trees.every(isFixed)
}

/** Whether both operands are one and the same expression, which gives the same both times. */
export function isSameOperand(left: Operand, right: Operand): boolean {
  if (left.kind !== 'tree' || right.kind !== 'tree') return false
  return isSteady(left.tree) && print(left.tree) === print(right.tree)
}

function isSteady(tree: Tree): boolean {
  return callsIn(tree).every(({ name }) => {
    const row = functions.get(name.toLowerCase())
    return row !== undefined && !changing.has(row.name)
  })
}
