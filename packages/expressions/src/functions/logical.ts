import { quoted } from '@flowstead/errors'
import { compareNumbers } from '../arithmetic.ts'
import type { Evaluate } from '../compile/evaluate.ts'
import { equalValues } from '../equal-values.ts'
import { expressionError } from '../errors.ts'
import { isNumber } from '../numbers.ts'
import type { Scope } from '../scope.ts'
import type { CallTree } from '../syntax/tree.ts'
import { typeName, type Value } from '../value.ts'
import { define } from './function-row.ts'

/** The error for an argument of a call that is no boolean. */
function notTruth(call: CallTree, index: number, value: Value): never {
  throw expressionError(
    'Expression.Type',
    `The function ${quoted(call.name)} expects booleans as conditions; parameter ${index + 1} is of type ${typeName(value)}.`,
    { at: call.args[index]?.start },
  )
}

/** Whether any argument is `wanted`, asking no further than needed. */
function anyIs(args: readonly Evaluate[], call: CallTree, wanted: boolean): (scope: Scope) => boolean {
  return (scope) => {
    for (let index = 0; index < args.length; index++) {
      const value = (args[index] as Evaluate)(scope)
      if (value === wanted) return true
      if (typeof value !== 'boolean') notTruth(call, index, value)
    }
    return false
  }
}

/** Two conditions, as nearly always, are written out. */
function and(args: readonly Evaluate[], call: CallTree): Evaluate {
  const [first, second] = args
  if (first === undefined || second === undefined || args.length > 2) {
    const isFalse = anyIs(args, call, false)
    return (scope) => !isFalse(scope)
  }
  return (scope) => {
    const a = first(scope)
    if (a === false) return false
    if (a !== true) notTruth(call, 0, a)
    const b = second(scope)
    return typeof b === 'boolean' ? b : notTruth(call, 1, b)
  }
}

function choose([condition, then, otherwise]: readonly Evaluate[], call: CallTree): Evaluate {
  if (condition === undefined || then === undefined || otherwise === undefined)
    throw new Error('"if" is compiled with three arguments.')
  return (scope) => {
    const holds = condition(scope)
    if (holds === true) return then(scope)
    return holds === false ? otherwise(scope) : notTruth(call, 0, holds)
  }
}

function coalesce(args: readonly Evaluate[]): Evaluate {
  return (scope) => {
    for (let index = 0; index < args.length; index++) {
      const value = (args[index] as Evaluate)(scope)
      if (value !== null) return value
    }
    return null
  }
}

/** Below zero, zero or above zero: numbers by value, text by code unit. NaN has no order. */
function compare(a: Value, b: Value, call: CallTree): number {
  if (isNumber(a) && isNumber(b))
    return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : compareNumbers(a, b)
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : a < b ? -1 : 1
  throw expressionError(
    'Expression.Type',
    `The function ${quoted(call.name)} expects two numbers or two strings; the values given are of type ` +
      `${typeName(a)} and ${typeName(b)}.`,
    { at: call.start },
  )
}

type Order = '>' | '>=' | '<' | '<='

function inOrder(order: Order, a: number, b: number): boolean {
  if (order === '>') return a > b
  if (order === '<') return a < b
  return order === '>=' ? a >= b : a <= b
}

/** Two plain numbers, as nearly always, are compared at once; a literal on the right is no closure. */
function comparison(order: Order) {
  return ([first, second]: readonly Evaluate[], call: CallTree): Evaluate => {
    if (first === undefined || second === undefined) throw new Error('Two arguments are compared.')
    const right = call.args[1]
    if (right?.kind === 'literal' && typeof right.value === 'number') {
      const limit = right.value
      return (scope) => {
        const a = first(scope)
        return typeof a === 'number' ? inOrder(order, a, limit) : inOrder(order, compare(a, limit, call), 0)
      }
    }
    return (scope) => {
      const a = first(scope)
      const b = second(scope)
      const areNumbers = typeof a === 'number' && typeof b === 'number'
      return areNumbers ? inOrder(order, a, b) : inOrder(order, compare(a, b, call), 0)
    }
  }
}

/** As the official page has it, a boolean equals the number 1 or 0. */
function equals(a: Value, b: Value): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b
  if (typeof a === 'boolean' && isNumber(b)) return equalValues(Number(a), b)
  if (typeof b === 'boolean' && isNumber(a)) return equalValues(a, Number(b))
  return equalValues(a, b)
}

const pair = ['value: number | string', 'other: number | string']

/** Comparison and choice. Those with `lazy` evaluate only what they need. */
export const logicalFunctions = define('logical', {
  and: {
    args: ['condition: boolean', '...conditions?: boolean'],
    result: 'boolean',
    description: 'Whether all conditions hold; stops at the first that does not.',
    examples: [
      ['and(true, equals(1, 1))', true],
      ['and(false, unknown())', false],
    ],
    keeps: false,
    lazy: and,
  },
  or: {
    args: ['condition: boolean', '...conditions?: boolean'],
    result: 'boolean',
    description: 'Whether any condition holds; stops at the first that does.',
    examples: [['or(false, true)', true]],
    keeps: false,
    lazy: (args, call) => anyIs(args, call, true),
  },
  not: {
    args: ['condition: boolean'],
    result: 'boolean',
    description: 'The opposite of a condition.',
    examples: [['not(false)', true]],
    call: (condition: boolean) => !condition,
  },
  if: {
    args: ['condition: boolean', 'then: any', 'else: any'],
    result: 'any',
    description: 'One of two values by a condition; the other is not evaluated.',
    examples: [["if(true, 'yes', unknown())", 'yes']],
    lazy: choose,
  },
  equals: {
    args: ['value: any', 'other: any'],
    result: 'boolean',
    description:
      'Whether two values are equal: numbers by value, text with its case, arrays and objects deeply.',
    examples: [
      ['equals(1, 1.0)', true],
      ["equals('a', 'A')", false],
    ],
    keeps: false,
    call: equals,
  },
  strongEquals: {
    args: ['value: any', 'other: any', '...others?: any'],
    result: 'boolean',
    description: 'Whether all values are of the same type and equal.',
    examples: [
      ['strongEquals(1, 1)', true],
      ['strongEquals(1, 1.0)', false],
    ],
    keeps: false,
    call: (first: Value, ...others: Value[]) =>
      others.every((other) => typeName(first) === typeName(other) && equalValues(first, other)),
  },
  greater: {
    args: pair,
    result: 'boolean',
    description: 'Whether the first value is greater.',
    examples: [['greater(10, 5)', true]],
    lazy: comparison('>'),
  },
  greaterOrEquals: {
    args: pair,
    result: 'boolean',
    description: 'Whether the first value is greater or equal.',
    examples: [['greaterOrEquals(5, 5)', true]],
    lazy: comparison('>='),
  },
  less: {
    args: pair,
    result: 'boolean',
    description: 'Whether the first value is less.',
    examples: [["less('apple', 'banana')", true]],
    lazy: comparison('<'),
  },
  lessOrEquals: {
    args: pair,
    result: 'boolean',
    description: 'Whether the first value is less or equal.',
    examples: [['lessOrEquals(10, 10)', true]],
    lazy: comparison('<='),
  },
  coalesce: {
    args: ['value: any', '...values?: any'],
    result: 'any',
    description: 'The first value that is not null; later ones are not evaluated.',
    examples: [["coalesce(null, 'hello')", 'hello']],
    lazy: coalesce,
  },
})
