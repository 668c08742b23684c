// Files, folders and archives to flows. An archive becomes a list of named files in memory and then takes the way
// of a folder. Nothing is written to disk, nothing is run, nothing is thrown on what the bytes hold.
import { isFlowsteadError } from '@flowstead/errors'
import { type Unpack, unpackWithin } from './archive/unpack.ts'
import { looksLikeZip, readZipDirectory, type ZipEntry } from './archive/zip-directory.ts'
import type { Flow, Problem } from './flow.ts'
import { notAFlowMessage } from './formats/find-flows.ts'
import { filesByName, withProject } from './formats/project-files.ts'
import { hasSolutionEntries, readSolutionEntries, type SolutionEntry } from './formats/solution-names.ts'
import { baseName } from './model/identity.ts'
import { limitsOf, type ReadLimits, type ReadOptions } from './read-options.ts'
import { problemOfError, type Reading, readTextFile } from './read-text.ts'
import { problemAt } from './report.ts'

/** A file by its relative name, with forward slashes. */
export interface NamedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * Flows of one file: any wrapper, or a zip of them. A flow may come together with problems; one with a problem of
 * severity `error` should not be run. Problems of the structure come from `validateFlow`.
 * @param name file name as the user knows it; ids and names of flows are made from it.
 */
export function readFlows(bytes: Uint8Array, name: string, options: ReadOptions = {}): Reading {
  return readFlowFiles([{ name, bytes }], options)
}

/** `readFlows` for files that belong together, so that side files give names and parameters to the flows beside them. */
export function readFlowFiles(files: readonly NamedFile[], options: ReadOptions = {}): Reading {
  const limits = limitsOf(options)
  const problems: Problem[] = []
  const flows = new Map<string, Flow>()
  for (const reading of [
    ...files.filter(isZip).map((file) => readArchive(file, limits)),
    readTogether(
      files.filter((file) => !isZip(file)),
      'folder',
      limits,
    ),
  ]) {
    problems.push(...reading.problems)
    for (const flow of reading.flows) addFlow(flows, flow, problems)
  }
  return { flows: [...flows.values()], problems }
}

/** Ids are unique within one reading: a later flow with the same id gets a number. */
function addFlow(flows: Map<string, Flow>, flow: Flow, problems: Problem[]): void {
  const earlier = flows.get(flow.id)
  if (earlier === undefined) {
    flows.set(flow.id, flow)
    return
  }
  let number = 2
  while (flows.has(`${flow.id}-${number}`)) number += 1
  const id = `${flow.id}-${number}`
  flows.set(id, { ...flow, id })
  const message = `The id "${flow.id}" belongs to "${earlier.name}" in "${earlier.file}" already; this flow is "${id}".`
  problems.push(problemAt({ code: 'Definition.DuplicateId', pointer: '', message }, flow.file))
}

function isZip({ bytes }: NamedFile): boolean {
  return looksLikeZip(bytes)
}

function readArchive(archive: NamedFile, limits: ReadLimits): Reading {
  try {
    const unpack = unpackWithin(limits.archive)
    const entries = readZipDirectory(archive.bytes, limits.archive)
    const nested = entries.filter(({ name }) => /\.zip$/i.test(name))
    const readings = [
      readTogether(unpackReadable(entries, archive.name, unpack), 'archive', limits),
      ...nested.map((entry) => readNested(entry, archive.name, unpack, limits)),
    ]
    const flows = readings.flatMap((reading) => reading.flows)
    const problems = [
      ...readings.flatMap((reading) => reading.problems),
      ...classicWorkflows(entries, archive.name),
    ]
    return flows.length === 0 && !problems.some(({ severity }) => severity === 'error')
      ? { flows, problems: [...problems, notAFlow(archive.name)] }
      : { flows, problems }
  } catch (error) {
    return { flows: [], problems: [problemOfError(error, archive.name)] }
  }
}

/** An archive inside an archive is opened only when its directory is that of a solution or a package. */
function readNested(entry: ZipEntry, archive: string, unpack: Unpack, limits: ReadLimits): Reading {
  const name = `${archive}!${entry.name}`
  try {
    const bytes = unpack(entry)
    const entries = looksLikeZip(bytes) ? readZipDirectory(bytes, limits.archive) : []
    const isPackage = entries.some((inner) =>
      /^(solution\.xml|microsoft\.flow\/flows\/.+)$/i.test(inner.name),
    )
    if (!isPackage) return { flows: [], problems: [] }
    return readTogether(unpackReadable(entries, name, unpack), 'archive', limits)
  } catch (error) {
    return { flows: [], problems: [problemOfError(error, name)] }
  }
}

function unpackReadable(entries: readonly ZipEntry[], archive: string, unpack: Unpack): NamedFile[] {
  return entries
    .filter(({ name }) => /\.json$/i.test(name) || hasSolutionEntries(name))
    .map((entry) => ({ name: `${archive}!${entry.name}`, bytes: unpack(entry) }))
}

function classicWorkflows(entries: readonly ZipEntry[], archive: string): Problem[] {
  return entries
    .filter(({ name }) => /(^|\/)workflows\/[^/]+\.xaml$/i.test(name))
    .map(({ name }) => {
      const message = `"${baseName(name)}" is a classic workflow, not a flow; it is left out.`
      return problemAt({ code: 'Definition.ClassicWorkflow', pointer: '', message }, `${archive}!${name}`)
    })
}

/** Files that lie beside flows and hold none. */
const sideFiles: ReadonlySet<string> = new Set([
  'apismap.json',
  'cloud.settings.json',
  'connections.json',
  'connectionsmap.json',
  'host.json',
  'local.settings.json',
  'manifest.json',
  'package.json',
  'parameters.json',
])

function readTogether(
  files: readonly NamedFile[],
  origin: 'archive' | 'folder',
  limits: ReadLimits,
): Reading {
  const problems: Problem[] = []
  const entries = files
    .filter(({ name }) => hasSolutionEntries(name))
    .flatMap((file) => entriesOf(file, problems))
  const flows: Flow[] = []
  const named = filesByName(files)
  const candidates = files.filter(({ name }) => files.length === 1 || !/\.xml$/i.test(name))
  for (const file of candidates) {
    const reading = readTextFile(file.bytes, file.name, limits)
    const mustBeFlow = candidates.length === 1 || isFlowName(file.name)
    problems.push(...reading.problems.filter((problem) => mustBeFlow || concerns(problem, file.name, origin)))
    flows.push(...reading.flows.map((flow) => withProject(withSolutionName(flow, entries), named)))
  }
  const isFolder = origin === 'folder' && candidates.length > 1
  if (isFolder && flows.length === 0 && problems.length === 0)
    problems.push(notAFlow(candidates[0]?.name ?? ''))
  return { flows, problems }
}

/** Places where every platform puts flows and nothing else. */
function isFlowName(name: string): boolean {
  return /(^|[/!])workflows\/[^/]+\.json$|(^|[/!])workflow\.json$|(^|[/!])microsoft\.flow\/flows\/[^/]+\/definition\.json$/i.test(
    name,
  )
}

/** Whether a problem of a file that need not be a flow is worth telling. */
function concerns({ code }: Problem, file: string, origin: 'archive' | 'folder'): boolean {
  if (code === 'Definition.NotAFlow' || sideFiles.has(baseName(file).toLowerCase())) return false
  return origin === 'folder' || code.startsWith('Archive.')
}

function entriesOf(file: NamedFile, problems: Problem[]): SolutionEntry[] {
  try {
    return readSolutionEntries(file.bytes, file.name)
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    problems.push(problemOfError(error, file.name))
    return []
  }
}

function withSolutionName(flow: Flow, entries: readonly SolutionEntry[]): Flow {
  const file = baseName(flow.file).toLowerCase()
  const entry =
    entries.find((known) => known.file === file) ??
    entries.find(({ id }) => id !== undefined && id === flow.id)
  return entry === undefined ? flow : { ...flow, name: entry.name, id: entry.id ?? flow.id }
}

function notAFlow(file: string): Problem {
  return problemAt({ code: 'Definition.NotAFlow', pointer: '', message: notAFlowMessage(file) }, file)
}
