/**
 * The events that a connector definition tells of: one for each trigger. The definition is outside data; what
 * cannot be read in it is left out.
 */
import { exampleOfSchema, resolveRef } from './example-of-schema.ts'
import { isRecord, type JsonSchema, mapSubschemas, memberOf } from './json-schema.ts'

export interface ConnectorEvent {
  /** As its sender calls it: `reservation.created`. */
  readonly name: string
  /** Of the payload: the first number of the definition's version. */
  readonly version: number
  readonly title: string
  readonly description: string
  /** `webhook`: its sender tells it; `polling`: it is asked for. */
  readonly kind: 'webhook' | 'polling'
  /** The trigger that receives it. */
  readonly operationId: string
  /** What the trigger's body looks like. */
  readonly schema: JsonSchema
  /** A body that fits the schema. */
  readonly example: unknown
}

/** Lists the events in the order of the definition. */
export function connectorEvents(definition: unknown): ConnectorEvent[] {
  const paths = memberOf(definition, 'paths')
  if (!isRecord(paths)) return []
  return Object.entries(paths).flatMap(([path, item]) => {
    if (!isRecord(item)) return []
    return Object.values(item)
      .filter(isRecord)
      .filter((operation) => Object.hasOwn(operation, 'x-ms-trigger'))
      .flatMap((operation) =>
        eventsOfTrigger({ definition: definition as JsonSchema, path, item, operation }),
      )
  })
}

interface Trigger {
  readonly definition: JsonSchema
  readonly path: string
  readonly item: JsonSchema
  readonly operation: JsonSchema
}

function eventsOfTrigger(trigger: Trigger): ConnectorEvent[] {
  const { definition, operation } = trigger
  const { operationId } = operation
  if (typeof operationId !== 'string') return []
  const content = notificationSchema(trigger)
  const schema = standalone(definition, content ?? answerSchema(operation) ?? {})
  const example = exampleOfSchema(schema)
  const names = namesOf(trigger, operationId)
  return names.map((name) => ({
    name,
    version: majorVersion(definition),
    title: textOf(operation.summary) ?? operationId,
    description: textOf(operation.description) ?? '',
    kind: content === undefined ? 'polling' : 'webhook',
    operationId,
    schema,
    example: exampleNamed(example, name, names),
  }))
}

/**
 * What the events of a trigger are called: the last segment of a path below `/subscriptions/`, else what a list
 * of events in the subscription may hold, else the operationId.
 */
function namesOf({ definition, operation, path }: Trigger, operationId: string): readonly string[] {
  const segment = /\/subscriptions\/([^/{}]+)$/.exec(path)?.[1]
  if (segment !== undefined) return [segment]
  const listed = bodyProperties(definition, operation)
    .filter(([name]) => /^events?(_?types?)?$/i.test(name))
    .flatMap(([, property]) => memberOf(memberOf(property, 'items'), 'enum') ?? [])
    .filter((name) => typeof name === 'string')
  return listed.length === 0 ? [operationId] : listed
}

function bodyProperties(definition: JsonSchema, { parameters }: JsonSchema): [string, unknown][] {
  const list: readonly unknown[] = Array.isArray(parameters) ? parameters : []
  const schema = memberOf(
    list.find((parameter) => memberOf(parameter, 'in') === 'body'),
    'schema',
  )
  if (!isRecord(schema)) return []
  const { properties } = typeof schema.$ref === 'string' ? resolveRef(definition, schema.$ref) : schema
  return isRecord(properties) ? Object.entries(properties) : []
}

/** Events of one trigger differ at least in the member that names them. */
function exampleNamed(example: unknown, name: string, names: readonly string[]): unknown {
  if (!isRecord(example)) return example
  const named = Object.entries(example).map(([member, value]) =>
    names.some((other) => other === value) ? [member, name] : [member, value],
  )
  return Object.fromEntries(named)
}

function notificationSchema({ item, operation }: Trigger): JsonSchema | undefined {
  const content = item['x-ms-notification-content'] ?? operation['x-ms-notification-content']
  const schema = memberOf(content, 'schema')
  return isRecord(schema) ? schema : undefined
}

function answerSchema({ responses }: JsonSchema): JsonSchema | undefined {
  const schema = memberOf(memberOf(responses, '200'), 'schema')
  return isRecord(schema) ? schema : undefined
}

/** The schema with everything it refers to; Swagger's `x-nullable` becomes a type. */
function standalone(definition: JsonSchema, schema: JsonSchema): JsonSchema {
  const needed = new Map<string, JsonSchema>()
  const convert = (part: JsonSchema): JsonSchema => {
    if (typeof part.$ref === 'string' && !needed.has(part.$ref)) {
      needed.set(part.$ref, {})
      needed.set(part.$ref, convert(resolveRef(definition, part.$ref)))
    }
    return nullable(withoutExtensions(mapSubschemas(part, convert)))
  }
  const converted = convert(schema)
  const definitions = [...needed].map(([ref, part]) => [ref.replace('#/definitions/', ''), part])
  return definitions.length === 0
    ? converted
    : { ...converted, definitions: Object.fromEntries(definitions) as JsonSchema }
}

function nullable({ 'x-nullable': isNullable, ...schema }: JsonSchema): JsonSchema {
  if (isNullable !== true || typeof schema.type !== 'string') return schema
  const values = Array.isArray(schema.enum) ? { enum: [...schema.enum, null] } : {}
  return { ...schema, ...values, type: [schema.type, 'null'] }
}

function withoutExtensions(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => !name.startsWith('x-ms-')))
}

function majorVersion(definition: JsonSchema): number {
  const version = textOf(memberOf(definition.info, 'version')) ?? ''
  return Number(/^(\d{1,6})/.exec(version)?.[1] ?? 1)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
