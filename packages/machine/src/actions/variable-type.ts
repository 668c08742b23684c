import { Decimal, isObject, typeName, type Value, WholeFloat } from '@flowstead/expressions'
import type { Compile, Resolvable } from '../handler.ts'
import { badRequest, type Outcome } from '../outcome.ts'
import type { Variable, VariableType } from '../state.ts'

const types: ReadonlyMap<string, VariableType> = new Map([
  ['string', 'string'],
  ['integer', 'integer'],
  ['int', 'integer'],
  ['float', 'float'],
  ['boolean', 'boolean'],
  ['bool', 'boolean'],
  ['object', 'object'],
  ['array', 'array'],
])

/** The type a definition names, in any case. */
export function variableType(name: string): VariableType | undefined {
  return types.get(name.toLowerCase())
}

/** What a variable holds before it is given a value. */
export function emptyValue(type: VariableType): Value {
  if (type === 'string') return ''
  if (type === 'integer') return 0
  if (type === 'float') return new WholeFloat(0)
  if (type === 'boolean') return false
  return type === 'array' ? [] : null
}

/** Whether a value fits a declared type; an integer fits a float. */
export function fitsType(type: VariableType, value: Value): boolean {
  if (type === 'string') return typeof value === 'string'
  if (type === 'boolean') return typeof value === 'boolean'
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isObject(value)
  return type === 'integer' ? isInteger(value) : isNumber(value)
}

/** Whether a value is one of the numbers of the language. */
export function isNumber(value: Value): boolean {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    value instanceof WholeFloat ||
    value instanceof Decimal
  )
}

function isInteger(value: Value): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))
}

/** Failure of an operation on a variable. */
export function invalidOperation(message: string): Outcome {
  return badRequest('InvalidVariableOperation', message)
}

/** Failure because a value does not fit. */
export function wrongType(variable: Pick<Variable, 'name' | 'type'>, value: Value): Outcome {
  return invalidOperation(
    `The variable '${variable.name}' is of type '${variable.type}' and cannot hold a value of type '${typeName(value)}'.`,
  )
}

/** An operation on a variable: which one, and with what. */
export interface VariableTemplates {
  readonly name: string
  /** `undefined` when no action initialises it. */
  readonly place: number | undefined
  readonly value: Resolvable
}

/** Compiles `{name, value}`. */
export function compileVariable(
  inputs: Value | undefined,
  compile: Compile,
  otherwise: Value,
): VariableTemplates {
  const { name, value } = isObject(inputs) ? inputs : {}
  const text = typeof name === 'string' ? name : ''
  return {
    name: text,
    place: compile.variable(text),
    value: compile.template(value === undefined ? otherwise : value),
  }
}

/** Failure because the variable has no value yet. */
export function notInitialised(name: string): Outcome {
  return invalidOperation(`The variable '${name}' is not initialised.`)
}
