import type { NamedFile } from '@flowstead/definition'
import { type ProblemSink, reading } from './problem-sink.ts'
import { readCustomConnectors } from './read-custom-connectors.ts'
import { noCustomizations, readCustomizations } from './read-customizations.ts'
import { readEnvironmentVariables } from './read-environment-variables.ts'
import { readManifest } from './read-manifest.ts'
import type { SolutionFacts } from './solution-facts.ts'
import { type Member, type SolutionFiles, solutionsAmong, withBytes } from './solution-files.ts'

/**
 * What the solutions among the files say beside their flows, for archives and unpacked folders. Nothing is thrown on
 * what the files hold.
 * @param problem takes what cannot be read, each side file by itself; default nobody.
 */
export function readSolutionFacts(
  files: readonly NamedFile[],
  problem: ProblemSink = () => {},
): SolutionFacts[] {
  return solutionsAmong(files, problem).flatMap((solution) => factsOf(solution, problem) ?? [])
}

function factsOf(
  { file, manifest, members }: SolutionFiles,
  problem: ProblemSink,
): SolutionFacts | undefined {
  const told = reading(manifest, problem, () => readManifest(manifest))
  if (told === undefined) return undefined
  const side = withBytes(members.get('customizations.xml') ?? members.get('other/customizations.xml'))
  const customizations =
    (side === undefined ? undefined : reading(side, problem, () => readCustomizations(side))) ??
    noCustomizations
  const { connectors, languages, ...lists } = customizations
  return {
    file,
    manifest: manifest.name,
    ...told,
    ...lists,
    tables: orByPath(lists.tables, members, /^entities\/([^/]+)\/entity\.xml$/i),
    roles: orByPath(lists.roles, members, /^roles\/([^/]+)\.xml$/i),
    canvasApps: orByPath(lists.canvasApps, members, /^canvasapps\/([^/]+)\.meta\.xml$/i),
    customControls: orByPath(lists.customControls, members, /^controls\/([^/]+)\/controlmanifest\.xml$/i),
    environmentVariables: readEnvironmentVariables(members, problem),
    customConnectors: readCustomConnectors(members, connectors, problem),
    languageCode: languages.length === 0 ? told.languageCode : languages.join(', '),
  }
}

/** An unpacked solution keeps its components in folders of their own, where `customizations.xml` lists none. */
function orByPath(
  listed: readonly string[],
  members: ReadonlyMap<string, Member>,
  pattern: RegExp,
): readonly string[] {
  return listed.length > 0
    ? listed
    : [...members.values()].flatMap(({ path }) => pattern.exec(path)?.[1] ?? []).sort()
}
