import { isFlowsteadError } from '@flowstead/errors'
import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'
import { arrayAt, isTrueAt, member, objectAt, textAt } from './json.ts'
import { notificationUrlPaths } from './notification-url.ts'
import { resolve } from './reference.ts'

/** How an operation starts flows, if it does. */
export type TriggerKind = 'none' | 'webhook' | 'polling'

/** One operation of a connector; parameters are resolved when first asked for. */
export interface Operation {
  readonly operationId: string
  /** Upper case. */
  readonly method: string
  /** Template below the base path, `{name}` for variables. */
  readonly path: string
  readonly raw: ObjectValue
  /** What stands beside the method: shared parameters, the notification content. */
  readonly pathItem: ObjectValue
  readonly summary: string
  readonly isInternal: boolean
  readonly trigger: TriggerKind
  /** @throws `Connector.BrokenReference` */
  parameters(): readonly Parameter[]
}

/** A parameter with what request building asks of it. */
export interface Parameter {
  readonly name: string
  readonly in: 'query' | 'path' | 'header' | 'body' | 'formData'
  readonly isRequired: boolean
  readonly isInternal: boolean
  readonly default: Value | undefined
  /** For a body its schema, resolved one level; for the others the parameter itself. */
  readonly schema: ObjectValue
  readonly raw: ObjectValue
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const
const places: readonly string[] = ['query', 'path', 'header', 'body', 'formData']

/** What a definition read back from the service puts before every path. */
const deployedPrefix = '/{connectionId}'

/** Every operation of a document, by `operationId`; one without an id gets `METHOD path`. */
export function indexOperations(document: ObjectValue): ReadonlyMap<string, Operation> {
  const operations = new Map<string, Operation>()
  for (const [path, item] of Object.entries(objectAt(document, 'paths'))) {
    if (!path.startsWith('/') || !isObject(item)) continue
    for (const method of methods) {
      const raw = member(item, method)
      if (!isObject(raw)) continue
      const operation = newOperation(document, { path, method, raw, pathItem: item })
      operations.set(operation.operationId, operation)
    }
  }
  return operations
}

interface Place {
  readonly path: string
  readonly method: string
  readonly raw: ObjectValue
  readonly pathItem: ObjectValue
}

function newOperation(document: ObjectValue, place: Place): Operation {
  const { raw, pathItem } = place
  const method = place.method.toUpperCase()
  const path = place.path.startsWith(`${deployedPrefix}/`)
    ? place.path.slice(deployedPrefix.length)
    : place.path
  let parameters: readonly Parameter[] | undefined
  return {
    operationId: textAt(raw, 'operationId') ?? `${method} ${path}`,
    method,
    path,
    raw,
    pathItem,
    summary: textAt(raw, 'summary') ?? textAt(raw, 'operationId') ?? path,
    isInternal: textAt(raw, 'x-ms-visibility') === 'internal',
    trigger: triggerKind(document, place),
    parameters() {
      parameters ??= readParameters(document, place)
      return parameters
    },
  }
}

/** A marked property in what is sent tells a webhook; `x-ms-trigger` without one a polling trigger. */
function triggerKind(document: ObjectValue, place: Place): TriggerKind {
  const isTrigger = member(place.raw, 'x-ms-trigger') !== undefined
  const hasContent = member(place.pathItem, 'x-ms-notification-content') !== undefined
  if (!isTrigger && !hasContent) return 'none'
  const bodies = readParametersLeniently(document, place).filter((parameter) => parameter.in === 'body')
  if (bodies.some(({ schema }) => notificationUrlPaths(document, schema).length > 0)) return 'webhook'
  return isTrigger ? 'polling' : 'none'
}

function readParametersLeniently(document: ObjectValue, place: Place): readonly Parameter[] {
  try {
    return readParameters(document, place)
  } catch (error) {
    // A broken reference fails the operation when it is called, not the connector when it is listed.
    if (isFlowsteadError(error)) return []
    throw error
  }
}

/** The operation's own parameters win over those of the path; of a repeated one the last counts. */
function readParameters(document: ObjectValue, place: Place): readonly Parameter[] {
  const found = new Map<string, Parameter>()
  for (const entry of [...arrayAt(place.pathItem, 'parameters'), ...arrayAt(place.raw, 'parameters')]) {
    const raw = resolve(document, entry)
    const parameter = readParameter(document, raw)
    if (parameter === undefined || isDeployedPrefix(place, parameter)) continue
    found.set(`${parameter.in}:${parameter.name}`, parameter)
  }
  return [...found.values()]
}

function isDeployedPrefix(place: Place, parameter: Parameter): boolean {
  return parameter.name === 'connectionId' && place.path.startsWith(`${deployedPrefix}/`)
}

function readParameter(document: ObjectValue, raw: ObjectValue): Parameter | undefined {
  const name = textAt(raw, 'name')
  const location = textAt(raw, 'in')
  if (name === undefined || location === undefined || !places.includes(location)) return undefined
  const schema = location === 'body' ? resolve(document, member(raw, 'schema')) : raw
  return {
    name,
    in: location as Parameter['in'],
    isRequired: isTrueAt(raw, 'required') || location === 'path',
    isInternal: textAt(raw, 'x-ms-visibility') === 'internal',
    default: member(raw, 'default') ?? (location === 'body' ? member(schema, 'default') : undefined),
    schema,
    raw,
  }
}
