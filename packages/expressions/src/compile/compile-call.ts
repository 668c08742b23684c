/**
 * A call becomes a closure: wrong names and wrong numbers of arguments become closures that fail when they
 * are reached, as the platform does; types of arguments are checked by one AND each.
 */
import { quoted } from '@flowstead/errors'
import { asExpressionError, expressionError } from '../errors.ts'
import type { FunctionRow } from '../functions/function-row.ts'
import { kindOf, typeWords } from '../functions/signature.ts'
import type { Scope } from '../scope.ts'
import type { CallTree } from '../syntax/tree.ts'
import { typeName, type Value } from '../value.ts'
import type { Evaluate } from './evaluate.ts'

type Call = (...args: Value[]) => Value
type ScopedCall = (scope: Scope, ...args: Value[]) => Value

/** The closure of a call whose arguments are compiled. */
export function compileCall(row: FunctionRow, args: readonly Evaluate[], tree: CallTree): Evaluate {
  if (args.length < row.minArgs || args.length > row.maxArgs) return () => failArity(row, args.length, tree)
  const lazy = row.lazy
  const run: Evaluate =
    lazy !== undefined
      ? (scope) => lazy(args, scope)
      : row.scoped
        ? scopedCall(row, args)
        : plainCall(row, args)
  return (scope) => {
    try {
      return run(scope)
    } catch (error) {
      throw asExpressionError(error, { at: tree.start })
    }
  }
}

function plainCall(row: FunctionRow, args: readonly Evaluate[]): Evaluate {
  const call = row.call as Call
  const [first, second, third] = args
  if (first === undefined) return () => call()
  if (second === undefined) return (scope) => call(checked(row, 0, first(scope)))
  if (third === undefined)
    return (scope) => call(checked(row, 0, first(scope)), checked(row, 1, second(scope)))
  if (args.length === 3)
    return (scope) =>
      call(checked(row, 0, first(scope)), checked(row, 1, second(scope)), checked(row, 2, third(scope)))
  return (scope) => call(...evaluateAll(row, args, scope))
}

function scopedCall(row: FunctionRow, args: readonly Evaluate[]): Evaluate {
  const call = row.scoped as ScopedCall
  return (scope) => call(scope, ...evaluateAll(row, args, scope))
}

/** The values of all arguments, checked in order. */
export function evaluateAll(row: FunctionRow, args: readonly Evaluate[], scope: Scope): Value[] {
  return args.map((argument, index) => checked(row, index, argument(scope)))
}

/** The value itself when it fits the parameter. @throws `Expression.Type` */
export function checked(row: FunctionRow, index: number, value: Value): Value {
  const { parameters } = row
  const parameter = parameters[index] ?? parameters[parameters.length - 1]
  if (parameter === undefined || (parameter.mask & kindOf(value)) !== 0) return value
  throw expressionError(
    'Expression.Type',
    `The function ${quoted(row.name)} expects its ${ordinal(index)} parameter ${quoted(parameter.name)} to be ` +
      `${typeWords(parameter.types)}; the value given is of type ${typeName(value)}.`,
  )
}

function ordinal(index: number): string {
  return ['first', 'second', 'third', 'fourth'][index] ?? `${index + 1}th`
}

function failArity(row: FunctionRow, count: number, tree: CallTree): never {
  const { minArgs: min, maxArgs: max } = row
  const wanted =
    max === Number.POSITIVE_INFINITY ? `at least ${min}` : min === max ? `${min}` : `${min} to ${max}`
  throw expressionError(
    'Expression.Arity',
    `The function ${quoted(row.name)} takes ${wanted} parameter(s); ${count} are given.`,
    { at: tree.start, hint: `Its parameters are: ${row.args.join(', ') || 'none'}.` },
  )
}
