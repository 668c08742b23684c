import { quoted } from '@flowstead/errors'
import { asExpressionError, expressionError } from '../errors.ts'
import type { FunctionRow } from '../functions/function-row.ts'
import { functions } from '../functions/index.ts'
import type { Bind, Scope } from '../scope.ts'
import type { CallTree } from '../syntax/tree.ts'
import type { Value } from '../value.ts'
import { checked, evaluateAll } from './compile-call.ts'
import type { Evaluate, Use } from './evaluate.ts'

type Read = (scope: Scope) => Value | undefined

/** A function that reads the run, by the binder or by the scope. */
export function compileReference(
  row: FunctionRow,
  args: readonly Evaluate[],
  tree: CallTree,
  bind: Bind | undefined,
  use: Use,
): Evaluate {
  const bound = bind?.({ fn: row.name, name: literalName(tree), isKept: use === 'kept' })
  return found(bound ?? scopeRead(row, args), row, tree)
}

/**
 * A function of what another one reads: `body` of `outputs`, `triggerBody` of `triggerOutputs`. The binder is
 * offered the function itself first, then the one it is made of.
 */
export function compileDerived(
  row: FunctionRow,
  from: string,
  args: readonly Evaluate[],
  tree: CallTree,
  bind: Bind | undefined,
  use: Use,
): Evaluate {
  const base = functions.get(from.toLowerCase()) as FunctionRow
  const taken = base.parameters.length
  if (args.length === taken) {
    const own = bind?.({ fn: row.name, name: literalName(tree), isKept: use === 'kept' })
    if (own !== undefined) return found(own, row, tree)
  }
  const source = compileReference(base, args.slice(0, taken), tree, bind, use)
  const rest = args.slice(taken)
  const call = row.call as (...args: Value[]) => Value
  return found((scope) => call(source(scope), ...evaluateAll(row, rest, scope, taken)), row, tree)
}

function found(read: Read, row: FunctionRow, tree: CallTree): Evaluate {
  const at = tree.start
  return (scope) => {
    try {
      const value = read(scope)
      if (value !== undefined) return value
    } catch (error) {
      throw asExpressionError(error, { at })
    }
    throw missingReference(row, tree)
  }
}

function scopeRead(row: FunctionRow, args: readonly Evaluate[]): Read {
  const read = row.read as (scope: Scope, ...args: Value[]) => Value | undefined
  const [first] = args
  if (first === undefined) return read
  return (scope) => read(scope, checked(row, 0, first(scope)))
}

function literalName(tree: CallTree): string | undefined {
  const first = tree.args[0]
  return first?.kind === 'literal' && typeof first.value === 'string' ? first.value : undefined
}

/** What each function reads, in the words of a flow's author. */
const things: Readonly<Record<string, string>> = {
  variables: 'variable',
  parameters: 'parameter',
  items: 'loop around this place',
  iterationIndexes: 'Until loop around this place',
  result: 'scope or loop that has ended',
}

function missingReference(row: FunctionRow, tree: CallTree) {
  const name = literalName(tree)
  if (name === undefined && tree.args.length === 0)
    return expressionError(
      'Expression.MissingReference',
      `There is nothing for "${row.name}()" to read here.`,
      {
        at: tree.start,
      },
    )
  const thing = Object.hasOwn(things, row.name) ? things[row.name] : 'action with a result'
  const which = name === undefined ? 'of the computed name' : quoted(name)
  return expressionError('Expression.MissingReference', `There is no ${thing} ${which}.`, {
    at: tree.start,
    hint: thing?.startsWith('action')
      ? 'An action has a result only after it ran: see its "runAfter".'
      : undefined,
  })
}
