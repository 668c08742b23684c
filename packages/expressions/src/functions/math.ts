import { calculate, compareNumbers, power, widened } from '../arithmetic.ts'
import { expressionError } from '../errors.ts'
import { isNumber, type NumberValue } from '../numbers.ts'
import type { Scope } from '../scope.ts'
import { typeName, type Value } from '../value.ts'
import { define } from './function-row.ts'

const operands = ['a: number', 'b: number']

/** The numbers given one by one or as one array. */
function numbersOf(given: readonly Value[]): NumberValue[] {
  const numbers = given.length === 1 && Array.isArray(given[0]) ? given[0] : given
  if (numbers.length === 0) throw expressionError('Expression.Value', 'At least one number is needed.')
  return numbers.map((value) => {
    if (isNumber(value)) return value
    throw expressionError('Expression.Type', `A number was expected; a value is of type ${typeName(value)}.`)
  })
}

function extreme(given: readonly Value[], sign: 1 | -1): Value {
  const numbers = numbersOf(given)
  const found = numbers.reduce((best, next) => (compareNumbers(next, best) * sign > 0 ? next : best))
  return widened(found, numbers)
}

function rand(scope: Scope, min: number, max: number): Value {
  if (min > max) throw expressionError('Expression.Value', 'The least value must not be above the greatest.')
  return Number(min) + Math.floor(scope.random() * (Number(max) - Number(min)))
}

/** Arithmetic. */
export const mathFunctions = define('math', {
  add: {
    args: operands,
    result: 'number',
    description: 'The sum of two numbers.',
    examples: [['add(1, 1.5)', 2.5]],
    call: (a: NumberValue, b: NumberValue) => calculate('add', a, b),
  },
  sub: {
    args: operands,
    result: 'number',
    description: 'The first number less the second.',
    examples: [['sub(0, 5)', -5]],
    call: (a: NumberValue, b: NumberValue) => calculate('sub', a, b),
  },
  mul: {
    args: operands,
    result: 'number',
    description: 'The product of two numbers.',
    examples: [['mul(-3, 4)', -12]],
    call: (a: NumberValue, b: NumberValue) => calculate('mul', a, b),
  },
  div: {
    args: operands,
    result: 'number',
    description: 'The first number by the second; whole for two integers.',
    examples: [
      ['div(11, 5)', 2],
      ['div(11, 5.0)', 2.2],
    ],
    call: (a: NumberValue, b: NumberValue) => calculate('div', a, b),
  },
  mod: {
    args: operands,
    result: 'number',
    description: 'The remainder of a division, with the sign of the first number.',
    examples: [['mod(-5, 2)', -1]],
    call: (a: NumberValue, b: NumberValue) => calculate('mod', a, b),
  },
  pow: {
    args: ['base: number', 'exponent: number'],
    result: 'number',
    description: 'The base to the power of the exponent.',
    examples: [['pow(2, 3)', 8]],
    call: power,
  },
  max: {
    args: ['number: number | array', '...numbers?: number'],
    result: 'number',
    description: 'The greatest of numbers, or of the numbers in one array.',
    examples: [['max(1, 2, 3)', 3]],
    keeps: false,
    call: (...numbers: Value[]) => extreme(numbers, 1),
  },
  min: {
    args: ['number: number | array', '...numbers?: number'],
    result: 'number',
    description: 'The least of numbers, or of the numbers in one array.',
    examples: [['min(createArray(1, 2))', 1]],
    keeps: false,
    call: (...numbers: Value[]) => extreme(numbers, -1),
  },
  rand: {
    args: ['min: integer', 'max: integer'],
    result: 'integer',
    description: 'A random integer from min up to, not including, max.',
    examples: [['rand(7, 8)', 7]],
    scoped: rand,
  },
})
