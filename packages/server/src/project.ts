import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { FlowsteadError, quoted } from '@flowstead/errors'

/** A folder with a `flowstead.json`: which flows, connectors and connections belong together. */
export interface Project {
  /** Absolute. */
  readonly dir: string
  /** Patterns of flow files, relative to `dir`; `*` matches within one folder name. */
  readonly flows: readonly string[]
  /** Folders of connector definitions, absolute. */
  readonly connectors: readonly string[]
  readonly connections: Readonly<Record<string, ProjectConnection>>
  /** The data folder, absolute. */
  readonly data: string
}

/** What the project file says of a connection; secrets are in the vault, never here. */
export interface ProjectConnection {
  readonly connector: string
  /** `real`, `local:<service>`, `local:server` or `mock`; default `real`. */
  readonly target: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** Replaces the limit that the connector names; null switches it off. */
  readonly throttle?: { readonly calls: number; readonly seconds: number } | null
}

const projectFile = 'flowstead.json'

/**
 * The project that `from` lies in.
 * @param override folder that holds the project file; nothing is searched then
 * @throws `Project.NotFound`, `Project.Invalid`
 */
export function findProject(from: string, override?: string): Project {
  for (let dir = resolve(override ?? from); ; dir = dirname(dir)) {
    if (existsSync(join(dir, projectFile))) return readProject(dir)
    if (override !== undefined || dirname(dir) === dir) break
  }
  throw new FlowsteadError(
    'Project.NotFound',
    `There is no ${projectFile} in ${quoted(resolve(override ?? from))}.`,
    {
      hint: `Go to the folder of your project, or name it with --dir.`,
    },
  )
}

function readProject(dir: string): Project {
  const file = join(dir, projectFile)
  const source = parseProject(file)
  return {
    dir,
    flows: texts(source.flows ?? [], 'flows', file),
    connectors: texts(source.connectors ?? [], 'connectors', file).map((folder) => resolve(dir, folder)),
    connections: readConnections(source.connections ?? {}, file),
    data: resolve(dir, text(source.data ?? '.flowstead', 'data', file)),
  }
}

function parseProject(file: string): Record<string, unknown> {
  if (!statSync(file).isFile()) throw invalid(file, '', 'is not a file')
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw invalid(file, '', `is not JSON: ${(cause as Error).message}`)
  }
  return object(parsed, '', file)
}

function readConnections(source: unknown, file: string): Record<string, ProjectConnection> {
  const connections = Object.entries(object(source, 'connections', file)).map(([key, raw]) => {
    const place = `connections/${key}`
    const { connector, target, parameters, throttle } = object(raw, place, file)
    const connection: ProjectConnection = {
      connector: text(connector, `${place}/connector`, file),
      target: text(target ?? 'real', `${place}/target`, file),
      parameters: object(parameters ?? {}, `${place}/parameters`, file),
      ...(throttle === undefined ? {} : { throttle: readThrottle(throttle, `${place}/throttle`, file) }),
    }
    return [key, connection] as const
  })
  return Object.fromEntries(connections)
}

function readThrottle(
  value: unknown,
  place: string,
  file: string,
): ProjectConnection['throttle'] & (object | null) {
  if (value === null) return null
  const { calls, seconds } = object(value, place, file)
  const isUsable = Number.isInteger(calls) && Number(calls) > 0 && typeof seconds === 'number' && seconds > 0
  if (!isUsable) throw invalid(file, place, 'has to be null or {"calls": …, "seconds": …}')
  return { calls: Number(calls), seconds }
}

function texts(value: unknown, place: string, file: string): string[] {
  if (!Array.isArray(value)) throw invalid(file, place, 'has to be a list of texts')
  return value.map((entry, index) => text(entry, `${place}/${index}`, file))
}

function text(value: unknown, place: string, file: string): string {
  if (typeof value !== 'string' || value === '') throw invalid(file, place, 'has to be a text')
  return value
}

function object(value: unknown, place: string, file: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(file, place, 'has to be an object')
  return value as Record<string, unknown>
}

function invalid(file: string, place: string, what: string): FlowsteadError {
  return new FlowsteadError('Project.Invalid', `${place === '' ? file : `"${place}" in ${file}`} ${what}.`, {
    path: place,
    hint: 'docs/guides/first-flow.md shows a project file.',
  })
}
