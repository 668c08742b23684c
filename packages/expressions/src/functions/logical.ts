import { compareNumbers } from '../arithmetic.ts'
import type { Evaluate } from '../compile/evaluate.ts'
import { equalValues } from '../equal-values.ts'
import { expressionError } from '../errors.ts'
import { isNumber } from '../numbers.ts'
import type { Scope } from '../scope.ts'
import { typeName, type Value } from '../value.ts'
import { define } from './function-row.ts'

function truth(value: Value): boolean {
  if (typeof value === 'boolean') return value
  throw expressionError(
    'Expression.Type',
    `A boolean was expected; the value given is of type ${typeName(value)}.`,
  )
}

/** Numbers by value, text by code unit. */
function compare(a: Value, b: Value): number {
  if (isNumber(a) && isNumber(b))
    return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : compareNumbers(a, b)
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : a < b ? -1 : 1
  throw expressionError(
    'Expression.Type',
    `Two numbers or two strings can be compared; the values given are of type ${typeName(a)} and ${typeName(b)}.`,
  )
}

/** As the official page has it, a boolean equals the number 1 or 0. */
function equals(a: Value, b: Value): boolean {
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
    lazy: (args, scope) => args.every((argument) => truth(argument(scope))),
  },
  or: {
    args: ['condition: boolean', '...conditions?: boolean'],
    result: 'boolean',
    description: 'Whether any condition holds; stops at the first that does.',
    examples: [['or(false, true)', true]],
    keeps: false,
    lazy: (args, scope) => args.some((argument) => truth(argument(scope))),
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
    lazy([condition, then, otherwise]: readonly Evaluate[], scope: Scope) {
      const chosen = truth((condition as Evaluate)(scope)) ? then : otherwise
      return (chosen as Evaluate)(scope)
    },
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
    call: (a: Value, b: Value) => compare(a, b) > 0,
  },
  greaterOrEquals: {
    args: pair,
    result: 'boolean',
    description: 'Whether the first value is greater or equal.',
    examples: [['greaterOrEquals(5, 5)', true]],
    call: (a: Value, b: Value) => compare(a, b) >= 0,
  },
  less: {
    args: pair,
    result: 'boolean',
    description: 'Whether the first value is less.',
    examples: [["less('apple', 'banana')", true]],
    call: (a: Value, b: Value) => compare(a, b) < 0,
  },
  lessOrEquals: {
    args: pair,
    result: 'boolean',
    description: 'Whether the first value is less or equal.',
    examples: [['lessOrEquals(10, 10)', true]],
    call: (a: Value, b: Value) => compare(a, b) <= 0,
  },
  coalesce: {
    args: ['value: any', '...values?: any'],
    result: 'any',
    description: 'The first value that is not null; later ones are not evaluated.',
    examples: [["coalesce(null, 'hello')", 'hello']],
    lazy(args, scope) {
      for (const argument of args) {
        const value = argument(scope)
        if (value !== null) return value
      }
      return null
    },
  },
})
