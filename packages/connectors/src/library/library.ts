import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Connector, type ConnectorProblem, type LoadedConnector, loadConnector } from './connector.ts'
import type { Operation } from './operation.ts'

/**
 * The connectors a project has. Folders are listed when the library is opened and read when first asked for;
 * one that cannot be read is a problem with its name, and the others work.
 */
export interface ConnectorLibrary {
  /** Names of the folders, sorted; nothing is read for this. */
  readonly names: readonly string[]
  /** By API name (`shared_vome`), API id, or folder name. */
  find(api: string): FoundConnector
  /** Reads everything: every connector that can be used, and what is wrong with the others. */
  loadAll(): { readonly connectors: readonly Connector[]; readonly problems: readonly ConnectorProblem[] }
}

export type FoundConnector =
  | { readonly status: 'found'; readonly connector: Connector }
  | { readonly status: 'broken'; readonly problem: ConnectorProblem }
  | { readonly status: 'missing' }

export interface LibraryOptions {
  /** Folder names by API name, where the names do not tell. */
  readonly mapping?: ReadonlyMap<string, string>
}

/**
 * Opens folders that hold connectors, one sub-folder each. Of two connectors of one name the first counts;
 * a folder that does not exist holds none.
 */
export function openConnectorLibrary(
  folders: readonly string[],
  options: LibraryOptions = {},
): ConnectorLibrary {
  const byName = new Map<string, string>()
  for (const folder of folders.flatMap(connectorFolders)) {
    const key = normalizeApiName(basename(folder))
    if (!byName.has(key)) byName.set(key, folder)
  }
  const loaded = new Map<string, LoadedConnector>()
  const load = (folder: string): LoadedConnector => {
    const known = loaded.get(folder) ?? loadConnector(folder)
    loaded.set(folder, known)
    return known
  }
  return {
    names: [...byName.values()].map((folder) => basename(folder)).sort(),
    find(api) {
      const folder = byName.get(normalizeApiName(explicitName(api, options.mapping) ?? api))
      return folder === undefined ? { status: 'missing' } : found(load(folder))
    },
    loadAll() {
      const all = [...byName.values()].map(load)
      return {
        connectors: all.flatMap(({ connector }) => (connector === undefined ? [] : [connector])),
        problems: all.flatMap(({ problem }) => (problem === undefined ? [] : [problem])),
      }
    },
  }
}

function found({ connector, problem }: LoadedConnector): FoundConnector {
  return connector === undefined ? { status: 'broken', problem } : { status: 'found', connector }
}

function explicitName(api: string, mapping: ReadonlyMap<string, string> | undefined): string | undefined {
  const last = lastSegment(api).toLowerCase()
  for (const [name, folder] of mapping ?? []) if (lastSegment(name).toLowerCase() === last) return folder
  return undefined
}

function connectorFolders(folder: string): string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(folder, name))
}

function lastSegment(api: string): string {
  return api.slice(api.lastIndexOf('/') + 1)
}

/**
 * What an API name and a folder name have in common: `shared_hot-5fprofile-5f1a2b3c4d5e6f70` and
 * `HotProfile` are both `hotprofile`. Names of custom connectors write `_`, space and `-` as `-5f`, `-20`,
 * `-2d` and end in hashes.
 */
export function normalizeApiName(api: string): string {
  return lastSegment(api)
    .toLowerCase()
    .replace(/^shared_/, '')
    .replace(/(-5f[0-9a-f]{8,})+$/, '')
    .replace(/-(5f|20|2d)/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** An operation by its id, exactly first, then whatever the letter case. */
export function findOperation(connector: Connector, operationId: string): Operation | undefined {
  const exact = connector.operations.get(operationId)
  if (exact !== undefined) return exact
  const wanted = operationId.toLowerCase()
  return [...connector.operations.values()].find(
    (operation) => operation.operationId.toLowerCase() === wanted,
  )
}
