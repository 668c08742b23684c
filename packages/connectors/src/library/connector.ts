import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isObject, type ObjectValue } from '@flowstead/expressions'
import { type Policy, readPolicies } from '../policies/policy.ts'
import { arrayAt, isTrueAt, member, objectAt, textAt, textsAt } from './json.ts'
import { indexOperations, type Operation } from './operation.ts'
import { type FileWarning, parseDefinition } from './parse-definition.ts'

/** A connector as its folder declares it. */
export interface Connector {
  /** Name of the folder, such as `HotProfile`. */
  readonly name: string
  readonly title: string
  readonly document: ObjectValue
  /** `https` when the definition offers it. */
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly basePath: string
  /** By `operationId`. */
  readonly operations: ReadonlyMap<string, Operation>
  readonly connectionParameters: readonly ConnectionParameter[]
  readonly policies: readonly Policy[]
  /** Calls per connection; null when the definition names no limit. */
  readonly throttle: Throttle | null
  readonly brandColor: string | undefined
  readonly publisher: string | undefined
  /** Which operations custom C# code takes part in. */
  readonly scripted: 'none' | 'all' | ReadonlySet<string>
  readonly warnings: readonly FileWarning[]
}

/** What a connection has to provide. */
export interface ConnectionParameter {
  readonly name: string
  /** `string`, `securestring`, `int`, `bool`, `oauthSetting`, `gatewaySetting`. */
  readonly type: string
  readonly isSecret: boolean
  readonly isRequired: boolean
  readonly title: string
  readonly description: string
  readonly default: string | undefined
}

export interface Throttle {
  readonly calls: number
  readonly seconds: number
}

/** Why a folder cannot be used. */
export interface ConnectorProblem {
  readonly name: string
  readonly folder: string
  readonly message: string
  readonly line?: number
  readonly column?: number
}

export type LoadedConnector =
  | { readonly connector: Connector; readonly problem?: undefined }
  | { readonly connector?: undefined; readonly problem: ConnectorProblem }

/** Reads a connector's folder; a folder that cannot be used gives a problem, never an exception. */
export function loadConnector(folder: string): LoadedConnector {
  const name = basename(folder)
  try {
    return readConnector(name, folder)
  } catch (error) {
    // Files can be missing, unreadable, or change while they are read; each is the folder's own problem.
    return {
      problem: {
        name,
        folder,
        message: `The connector "${name}" cannot be read: ${(error as Error).message}`,
      },
    }
  }
}

function readConnector(name: string, folder: string): LoadedConnector {
  const files = readdirSync(folder)
  const definitionFile = files.find((file) => /swagger\.json$/i.test(file))
  if (definitionFile === undefined) {
    return {
      problem: { name, folder, message: `The connector "${name}" has no apiDefinition.swagger.json.` },
    }
  }
  const definition = parseDefinition(readFileSync(join(folder, definitionFile)), definitionFile)
  if (!isObject(definition.value) || !isObject(member(definition.value, 'paths'))) {
    const { message, line, column } = definition.warnings[0] ?? { message: 'It has no "paths".' }
    const place = line === undefined || column === undefined ? {} : { line, column }
    return {
      problem: { name, folder, message: `The definition of "${name}" is of no use. ${message}`, ...place },
    }
  }
  const propertiesFile = files.find((file) => /^apiProperties\.json$/i.test(file))
  const properties =
    propertiesFile === undefined
      ? { value: {}, warnings: [] }
      : parseDefinition(readFileSync(join(folder, propertiesFile)), propertiesFile)
  const warnings = [...definition.warnings, ...properties.warnings]
  const hasScript = ['script.csx', 'Script.cs', 'connector-script.csx'].some((file) =>
    existsSync(join(folder, file)),
  )
  return {
    connector: connectorOf(
      { name, hasScript, warnings },
      definition.value,
      objectAt(properties.value, 'properties'),
    ),
  }
}

interface Folder {
  readonly name: string
  readonly hasScript: boolean
  readonly warnings: readonly FileWarning[]
}

/** The connector two documents declare. */
export function connectorOf(folder: Folder, document: ObjectValue, properties: ObjectValue): Connector {
  const schemes = textsAt(document, 'schemes')
  return {
    name: folder.name,
    title: textAt(objectAt(document, 'info'), 'title') ?? folder.name,
    document,
    scheme: schemes.length > 0 && !schemes.includes('https') ? 'http' : 'https',
    host: textAt(document, 'host') ?? '',
    basePath: textAt(document, 'basePath') ?? '/',
    operations: indexOperations(document),
    connectionParameters: readConnectionParameters(properties),
    policies: readPolicies(arrayAt(properties, 'policyTemplateInstances')),
    throttle: readThrottle(objectAt(properties, 'x-flowstead-throttle')),
    brandColor: textAt(properties, 'iconBrandColor'),
    publisher: textAt(properties, 'publisher'),
    scripted: scriptedOperations(folder, properties),
    warnings: folder.warnings,
  }
}

/** Sets win over the plain list; a connection made from one set has that set's parameters. */
function readConnectionParameters(properties: ObjectValue): readonly ConnectionParameter[] {
  const sets = arrayAt(objectAt(properties, 'connectionParameterSets'), 'values')
  const lists =
    sets.length > 0 ? sets.map((set) => objectAt(set, 'parameters')) : [plainParameters(properties)]
  const found = new Map<string, ConnectionParameter>()
  for (const list of lists) {
    for (const [name, raw] of Object.entries(list)) {
      if (!found.has(name)) found.set(name, readConnectionParameter(name, raw as ObjectValue))
    }
  }
  return [...found.values()]
}

function plainParameters(properties: ObjectValue): ObjectValue {
  return objectAt(properties, 'connectionParameters')
}

function readConnectionParameter(name: string, raw: ObjectValue): ConnectionParameter {
  const ui = objectAt(raw, 'uiDefinition')
  const type = textAt(raw, 'type') ?? 'string'
  return {
    name,
    type,
    isSecret: /^(securestring|oauthsetting)$/i.test(type),
    isRequired: isTrueAt(objectAt(ui, 'constraints'), 'required'),
    title: textAt(ui, 'displayName') ?? name,
    description: textAt(ui, 'description') ?? '',
    default: textAt(raw, 'defaultValue'),
  }
}

function readThrottle(raw: ObjectValue): Throttle | null {
  const calls = member(raw, 'calls')
  const seconds = member(raw, 'seconds')
  const isUsable = typeof calls === 'number' && typeof seconds === 'number' && calls >= 1 && seconds > 0
  return isUsable ? { calls, seconds } : null
}

function scriptedOperations(folder: Folder, properties: ObjectValue): Connector['scripted'] {
  if (!folder.hasScript) return 'none'
  const listed = textsAt(properties, 'scriptOperations')
  return listed.length === 0 ? 'all' : new Set(listed)
}
