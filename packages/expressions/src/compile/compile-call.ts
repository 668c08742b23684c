/**
 * A call becomes a closure. Types of arguments are checked by one AND each, those of literals when compiling;
 * what fails then becomes a closure that fails when it is reached, as on the platform.
 *
 * The closures are written out per number of arguments: this is where nearly all time of an evaluation goes.
 */
import { quoted } from '@flowstead/errors'
import { asExpressionError, expressionError } from '../errors.ts'
import type { FunctionRow } from '../functions/function-row.ts'
import { fits, kindOf, parameterAt, typeWords } from '../functions/signature.ts'
import type { Scope } from '../scope.ts'
import type { CallTree, LiteralTree } from '../syntax/tree.ts'
import { typeName, type Value } from '../value.ts'
import type { Evaluate } from './evaluate.ts'

type Call = (...args: Value[]) => Value
type ScopedCall = (scope: Scope, ...args: Value[]) => Value

/** The closure of a call whose arguments are compiled. */
export function compileCall(row: FunctionRow, args: readonly Evaluate[], tree: CallTree): Evaluate {
  if (!takesCount(row, args.length)) return () => failArity(row, args.length, tree.start)
  if (row.lazy !== undefined) return row.lazy(args, tree)
  if (row.scoped !== undefined) return scopedCall(row, args, tree.start)
  return plainCall(row, row.call as Call, args, tree)
}

/** Whether a function takes so many arguments. */
export function takesCount(row: FunctionRow, count: number): boolean {
  return count >= row.minArgs && count <= row.maxArgs
}

/** A closure whose errors carry an offset. */
export function located(run: Evaluate, at: number): Evaluate {
  return (scope) => {
    try {
      return run(scope)
    } catch (error) {
      throw asExpressionError(error, { at })
    }
  }
}

/**
 * The closure that applies `call` to arguments declared by a row.
 * @param trees the arguments as trees, so that literals are taken as they are
 */
function plainCall(row: FunctionRow, call: Call, args: readonly Evaluate[], tree: CallTree): Evaluate {
  const at = tree.start
  const [first, second, third] = args
  if (first === undefined) return located(() => call(), at)
  if (args.length === 1) return unaryCall(row, call, first, at)
  if (args.length === 2 && second !== undefined) {
    const literal = fittingLiteral(row, 1, tree.args[1])
    return literal === undefined
      ? binaryCall(row, call, first, second, at)
      : binaryCallWithLiteral(row, call, first, literal.value, at)
  }
  if (args.length === 3 && second !== undefined && third !== undefined)
    return ternaryCall(row, call, [first, second, third], at)
  return located((scope) => call(...evaluateAll(row, args, scope)), at)
}

function fittingLiteral(
  row: FunctionRow,
  index: number,
  tree: CallTree['args'][number] | undefined,
): LiteralTree | undefined {
  return tree?.kind === 'literal' && fits(parameterAt(row.parameters, index), tree.value) ? tree : undefined
}

function unaryCall(row: FunctionRow, call: Call, first: Evaluate, at: number): Evaluate {
  const mask = maskOf(row, 0)
  return (scope) => {
    try {
      const a = first(scope)
      if ((mask & kindOf(a)) === 0) failType(row, 0, a)
      return call(a)
    } catch (error) {
      throw asExpressionError(error, { at })
    }
  }
}

function binaryCallWithLiteral(
  row: FunctionRow,
  call: Call,
  first: Evaluate,
  b: Value,
  at: number,
): Evaluate {
  const mask = maskOf(row, 0)
  return (scope) => {
    try {
      const a = first(scope)
      if ((mask & kindOf(a)) === 0) failType(row, 0, a)
      return call(a, b)
    } catch (error) {
      throw asExpressionError(error, { at })
    }
  }
}

function binaryCall(row: FunctionRow, call: Call, first: Evaluate, second: Evaluate, at: number): Evaluate {
  const [maskA, maskB] = [maskOf(row, 0), maskOf(row, 1)]
  return (scope) => {
    try {
      const a = first(scope)
      if ((maskA & kindOf(a)) === 0) failType(row, 0, a)
      const b = second(scope)
      if ((maskB & kindOf(b)) === 0) failType(row, 1, b)
      return call(a, b)
    } catch (error) {
      throw asExpressionError(error, { at })
    }
  }
}

function ternaryCall(
  row: FunctionRow,
  call: Call,
  [first, second, third]: readonly [Evaluate, Evaluate, Evaluate],
  at: number,
): Evaluate {
  const [maskA, maskB, maskC] = [maskOf(row, 0), maskOf(row, 1), maskOf(row, 2)]
  return (scope) => {
    try {
      const a = first(scope)
      if ((maskA & kindOf(a)) === 0) failType(row, 0, a)
      const b = second(scope)
      if ((maskB & kindOf(b)) === 0) failType(row, 1, b)
      const c = third(scope)
      if ((maskC & kindOf(c)) === 0) failType(row, 2, c)
      return call(a, b, c)
    } catch (error) {
      throw asExpressionError(error, { at })
    }
  }
}

function scopedCall(row: FunctionRow, args: readonly Evaluate[], at: number): Evaluate {
  const call = row.scoped as ScopedCall
  return located((scope) => call(scope, ...evaluateAll(row, args, scope)), at)
}

/** The values of all arguments, checked in order. */
export function evaluateAll(row: FunctionRow, args: readonly Evaluate[], scope: Scope, from = 0): Value[] {
  const values: Value[] = []
  for (let index = 0; index < args.length; index++)
    values.push(checked(row, index + from, (args[index] as Evaluate)(scope)))
  return values
}

function maskOf(row: FunctionRow, index: number): number {
  return parameterAt(row.parameters, index)?.mask ?? 0
}

/** The value itself when it fits the parameter. @throws `Expression.Type` */
export function checked(row: FunctionRow, index: number, value: Value): Value {
  if ((maskOf(row, index) & kindOf(value)) === 0) failType(row, index, value)
  return value
}

function failType(row: FunctionRow, index: number, value: Value): never {
  throw expressionError('Expression.Type', typeMessage(row, index, typeName(value)))
}

/** What is wanted, which argument it is, and what came. */
export function typeMessage(row: FunctionRow, index: number, given: string): string {
  const parameter = parameterAt(row.parameters, index)
  return (
    `The function ${quoted(row.name)} expects its ${ordinal(index)} parameter ${quoted(parameter?.name)} to be ` +
    `${typeWords(parameter?.types ?? [])}; the value given is of type ${given}.`
  )
}

function ordinal(index: number): string {
  return ['first', 'second', 'third', 'fourth'][index] ?? `${index + 1}th`
}

function failArity(row: FunctionRow, count: number, at: number): never {
  throw arityError(row, count, at)
}

/** The error for a wrong number of arguments. */
export function arityError(row: FunctionRow, count: number, at: number) {
  const { minArgs: min, maxArgs: max } = row
  const wanted =
    max === Number.POSITIVE_INFINITY ? `at least ${min}` : min === max ? `${min}` : `${min} to ${max}`
  const noun = wanted === '1' || wanted === 'at least 1' ? 'parameter' : 'parameters'
  return expressionError(
    'Expression.Arity',
    `The function ${quoted(row.name)} takes ${wanted} ${noun}; ${count} ${count === 1 ? 'is' : 'are'} given.`,
    { at, hint: `Write ${row.name}(${row.args.join(', ')}).` },
  )
}
