/**
 * Tree to closure, once per definition. Nothing is looked up by name while evaluating: functions are resolved
 * here, references by the binder when there is one.
 */
import { quoted } from '@flowstead/errors'
import { asExpressionError, expressionError } from '../errors.ts'
import type { FunctionRow } from '../functions/function-row.ts'
import { functions } from '../functions/index.ts'
import { unknownFunction } from '../functions/unknown-function.ts'
import type { Bind, Scope } from '../scope.ts'
import type { AccessTree, CallTree, Tree } from '../syntax/tree.ts'
import type { Value } from '../value.ts'
import { checked, compileCall } from './compile-call.ts'
import type { Evaluate } from './evaluate.ts'
import { slashStep, step } from './property.ts'

/**
 * The closure of a tree.
 * @param use `kept` when the value itself lives on, `read` when only something in it is looked at.
 */
export function compileTree(tree: Tree, bind: Bind | undefined, use: 'kept' | 'read' = 'kept'): Evaluate {
  if (tree.kind === 'literal') {
    const { value } = tree
    return () => value
  }
  return tree.kind === 'call' ? compileNamed(tree, bind, use) : compileAccess(tree, bind)
}

function compileNamed(tree: CallTree, bind: Bind | undefined, use: 'kept' | 'read'): Evaluate {
  const row = functions.get(tree.name.toLowerCase())
  if (row === undefined) {
    return () => {
      throw unknownFunction(tree.name, tree.start)
    }
  }
  const args = tree.args.map((argument) => compileTree(argument, bind, row.keeps ? 'kept' : 'read'))
  if (args.length < row.minArgs || args.length > row.maxArgs) return compileCall(row, args, tree)
  if (row.read !== undefined) return compileReference(row, args, tree, bind, use)
  return row.from === undefined
    ? compileCall(row, args, tree)
    : compileDerived(row, row.from, args, tree, bind, use)
}

type Read = (scope: Scope) => Value | undefined

/** A function that reads the run, by the binder or by the scope. */
function compileReference(
  row: FunctionRow,
  args: readonly Evaluate[],
  tree: CallTree,
  bind: Bind | undefined,
  use: 'kept' | 'read',
): Evaluate {
  const bound = bind?.({ fn: row.name, name: literalName(tree), isKept: use === 'kept' })
  return located(bound ?? scopeRead(row, args), row, tree)
}

function located(read: Read, row: FunctionRow, tree: CallTree): Evaluate {
  return (scope) => {
    try {
      const value = read(scope)
      if (value !== undefined) return value
    } catch (error) {
      throw asExpressionError(error, { at: tree.start })
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

/** A function of what another one reads: `body` of `outputs`, `triggerBody` of `triggerOutputs`. */
function compileDerived(
  row: FunctionRow,
  from: string,
  args: readonly Evaluate[],
  tree: CallTree,
  bind: Bind | undefined,
  use: 'kept' | 'read',
): Evaluate {
  const base = functions.get(from.toLowerCase()) as FunctionRow
  const taken = base.parameters.length
  if (args.length === taken) {
    const own = bind?.({ fn: row.name, name: literalName(tree), isKept: use === 'kept' })
    if (own !== undefined) return located(own, row, tree)
  }
  const source = compileReference(base, args.slice(0, taken), tree, bind, use)
  const rest = args.slice(taken)
  const call = row.call as (...args: Value[]) => Value
  return located((scope) => call(source(scope), ...evaluateRest(row, rest, taken, scope)), row, tree)
}

function evaluateRest(row: FunctionRow, rest: readonly Evaluate[], taken: number, scope: Scope): Value[] {
  return rest.map((argument, index) => checked(row, index + taken, argument(scope)))
}

function literalName(tree: CallTree): string | undefined {
  const first = tree.args[0]
  return first?.kind === 'literal' && typeof first.value === 'string' ? first.value : undefined
}

function missingReference(row: FunctionRow, tree: CallTree) {
  const name = literalName(tree)
  const what =
    name === undefined ? `what ${quoted(`${row.name}()`)} reads` : `${quoted(name)} for ${quoted(row.name)}`
  return expressionError('Expression.MissingReference', `There is no ${what} here.`, { at: tree.start })
}

interface Step {
  readonly key: Evaluate | string | number
  readonly parts: readonly string[] | undefined
  readonly isOptional: boolean
  readonly at: number
}

/** A chain of accesses is one loop over its steps. */
function compileAccess(tree: AccessTree, bind: Bind | undefined): Evaluate {
  const steps: Step[] = []
  let target: AccessTree | CallTree = tree
  for (; target.kind === 'access'; target = target.target) steps.push(compileStep(target, bind))
  steps.reverse()
  const source = compileTree(target, bind, 'read')
  return (scope) => {
    let value = source(scope)
    for (const current of steps) value = take(value, current, scope)
    return value
  }
}

function compileStep(tree: AccessTree, bind: Bind | undefined): Step {
  const { isOptional, key } = tree
  const at = key.start
  if (key.kind !== 'literal' || (typeof key.value !== 'string' && typeof key.value !== 'number'))
    return { key: compileTree(key, bind, 'read'), parts: undefined, isOptional, at }
  const isPath = typeof key.value === 'string' && key.value.includes('/') && tree.style === 'bracket'
  return { key: key.value, parts: isPath ? String(key.value).split('/') : undefined, isOptional, at }
}

function take(value: Value, { key, parts, isOptional, at }: Step, scope: Scope): Value {
  try {
    if (typeof key === 'string')
      return parts === undefined ? step(value, key, isOptional) : slashStep(value, key, parts, isOptional)
    return step(value, typeof key === 'number' ? key : key(scope), isOptional)
  } catch (error) {
    throw asExpressionError(error, { at })
  }
}
