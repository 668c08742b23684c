import { isEnvelope, isObject, type ObjectValue, setOwn, type Value } from '@flowstead/expressions'
import { connectorError } from '../codes.ts'
import { member, textAt } from '../library/json.ts'
import type { Parameter } from '../library/operation.ts'
import { resolve } from '../library/reference.ts'
import { propertiesOf } from '../library/schema.ts'

/**
 * Fills in what the maker never sees: the default of a parameter or property is sent when it is internal or
 * required, at every depth; a parent object is made only when it is required. Visible optional defaults are
 * for display. Numbers and booleans written as text are converted where that is exact.
 */

/** Required schemas can contain one another. */
const maxDepth = 20

/**
 * The values to send, defaults included.
 * @throws `Connector.ParameterMissing` naming the first required parameter without value
 */
export function withDefaults(
  document: ObjectValue,
  parameters: readonly Parameter[],
  given: ReadonlyMap<Parameter, Value>,
): ReadonlyMap<Parameter, Value> {
  const values = new Map<Parameter, Value>()
  for (const parameter of parameters) {
    const value =
      parameter.in === 'body' ? bodyValue(document, parameter, given) : plainValue(parameter, given)
    if (value !== undefined) values.set(parameter, value)
  }
  return values
}

function plainValue(parameter: Parameter, given: ReadonlyMap<Parameter, Value>): Value | undefined {
  const value = given.get(parameter)
  if (value !== undefined && value !== null) return value
  if (parameter.default !== undefined && (parameter.isInternal || parameter.isRequired))
    return parameter.default
  if (parameter.isRequired && !parameter.isInternal) throw missing(parameter.name)
  return undefined
}

function bodyValue(
  document: ObjectValue,
  parameter: Parameter,
  given: ReadonlyMap<Parameter, Value>,
): Value | undefined {
  const { schema, isInternal, isRequired } = parameter
  const value = given.get(parameter)
  if (value !== undefined) return fill(document, schema, value, 0)
  if (parameter.default !== undefined && (isInternal || isRequired)) return parameter.default
  if (!isRequired) return undefined
  const empty = fill(document, schema, {}, 0)
  if (isObject(empty) && Object.keys(empty).length > 0) return empty
  return isInternal ? undefined : emptyBody(document, parameter)
}

/** An object whose properties are all optional may be empty; anything else has to be given. */
function emptyBody(document: ObjectValue, parameter: Parameter): Value {
  const { properties, required } = propertiesOf(document, parameter.schema)
  const [first] = required
  if (first !== undefined) throw missing(`${parameter.name}/${first}`)
  if (Object.keys(properties).length === 0) throw missing(parameter.name)
  return {}
}

function missing(name: string) {
  return connectorError('Connector.ParameterMissing', `The required parameter "${name}" has no value.`, {
    path: name,
  })
}

/** A body value with the defaults below it; the same value when nothing was to be added. */
function fill(document: ObjectValue, schema: ObjectValue, value: Value, depth: number): Value {
  if (depth > maxDepth) return value
  if (Array.isArray(value)) return fillItems(document, schema, value, depth)
  if (isObject(value)) return isEnvelope(value) ? value : fillObject(document, schema, value, depth)
  return coerce(schema, value)
}

function fillItems(document: ObjectValue, schema: ObjectValue, items: Value[], depth: number): Value {
  const itemSchema = resolve(document, member(schema, 'items'))
  const filled = items.map((item) => fill(document, itemSchema, item, depth + 1))
  return filled.some((item, at) => item !== items[at]) ? filled : items
}

function fillObject(
  document: ObjectValue,
  schema: ObjectValue,
  value: ObjectValue,
  depth: number,
): ObjectValue {
  const { properties, required } = propertiesOf(document, schema)
  const added: ObjectValue = {}
  for (const [name, property] of Object.entries(properties)) {
    const own = member(value, name)
    const next =
      own === undefined
        ? defaultOf(document, property, required.includes(name) ? 'required' : 'optional', depth)
        : fill(document, resolve(document, property), own, depth + 1)
    if (next !== undefined && next !== own) setOwn(added, name, next)
  }
  return Object.keys(added).length === 0 ? value : { ...value, ...added }
}

function defaultOf(
  document: ObjectValue,
  property: Value,
  need: 'required' | 'optional',
  depth: number,
): Value | undefined {
  const schema = resolve(document, property)
  const declared = member(property, 'default') ?? member(schema, 'default')
  const visibility = textAt(property, 'x-ms-visibility') ?? textAt(schema, 'x-ms-visibility')
  if (declared !== undefined && (need === 'required' || visibility === 'internal')) return declared
  if (need === 'optional' || depth >= maxDepth) return undefined
  const made = fillObject(document, schema, {}, depth + 1)
  return Object.keys(made).length > 0 ? made : undefined
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
])

function coerce(schema: ObjectValue, value: Value): Value {
  if (typeof value !== 'string') return value
  const type = textAt(schema, 'type')
  if (type === 'boolean') return booleans.get(value.toLowerCase()) ?? value
  if (type === 'integer' && /^(0|-?[1-9]\d*)$/.test(value)) return wholeNumber(value)
  if (type === 'number' && String(Number(value)) === value && Number.isFinite(Number(value)))
    return Number(value)
  return value
}

function wholeNumber(text: string): Value {
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : BigInt(text)
}
