import type { FlowsteadError } from '@flowstead/errors'
import { arityError, takesCount, typeMessage } from '../compile/compile-call.ts'
import type { ExpressionErrorCode } from '../errors.ts'
import type { FunctionRow } from '../functions/function-row.ts'
import { functions } from '../functions/index.ts'
import { kindOf, maskOfTypes, parameterAt } from '../functions/signature.ts'
import { unknownFunction } from '../functions/unknown-function.ts'
import { callsIn } from '../syntax/references.ts'
import type { CallTree, Span, Tree } from '../syntax/tree.ts'
import { typeName } from '../value.ts'

/** Something in an expression that fails whenever it is reached. */
export interface ExpressionProblem extends Span {
  readonly code: ExpressionErrorCode
  readonly message: string
  readonly hint?: string
}

/**
 * What is wrong with an expression whatever the run holds: unknown functions, numbers of arguments, literals and
 * results of functions of a type that the parameter does not take. In the order of the text, outermost first.
 */
export function check(tree: Tree): ExpressionProblem[] {
  return callsIn(tree).flatMap(checkCall)
}

/** `check` for one call; what stands in its arguments is not looked into. */
export function checkCall(call: CallTree): ExpressionProblem[] {
  const row = functions.get(call.name.toLowerCase())
  if (row === undefined) return [problemOf(unknownFunction(call.name, call.start), nameSpan(call))]
  if (!takesCount(row, call.args.length))
    return [problemOf(arityError(row, call.args.length, call.start), nameSpan(call))]
  return call.args.flatMap((argument, index) => checkArgument(row, index, argument))
}

function checkArgument(row: FunctionRow, index: number, argument: Tree): ExpressionProblem[] {
  const given = givenType(argument)
  const parameter = parameterAt(row.parameters, index)
  if (given === undefined || parameter === undefined || (given.mask & parameter.mask) !== 0) return []
  const { start, end } = argument
  return [{ code: 'Expression.Type', message: typeMessage(row, index, given.name), start, end }]
}

/** The type of an argument as far as the text tells it; nothing for accesses, whose values the run holds. */
function givenType(argument: Tree): { readonly mask: number; readonly name: string } | undefined {
  if (argument.kind === 'literal') return { mask: kindOf(argument.value), name: typeName(argument.value) }
  if (argument.kind === 'access') return undefined
  const result = functions.get(argument.name.toLowerCase())?.result
  return result === undefined
    ? undefined
    : { mask: maskOfTypes(result.split(' | ')), name: capitalised(result) }
}

function capitalised(type: string): string {
  return type.charAt(0).toUpperCase() + type.slice(1)
}

function nameSpan({ start, name }: CallTree): Span {
  return { start, end: start + name.length }
}

function problemOf(error: FlowsteadError, { start, end }: Span): ExpressionProblem {
  const { message, hint } = error
  // Errors made here have a code of this package.
  const code = error.code as ExpressionErrorCode
  return { code, message, ...(hint === undefined ? {} : { hint }), start, end }
}
