import type { Review } from '../flow-review.ts'

/** Lists are cut here, so that a page stays one that opens. */
const maxEntries = 2_000

/** What a solution holds under the names that the product uses; one object, or a list of several. */
export function solutionJson({ solutions, flows }: Review): string {
  const Flows = flows.slice(0, maxEntries).map(({ identity, data, metrics }) => ({
    Name: identity.name,
    Id: identity.id,
    Trigger: data.trigger,
    Premium: metrics.premium,
    Actions: metrics.steps,
    Variables: metrics.variables,
  }))
  const contents = solutions.map((facts) => ({
    Name: facts.uniqueName,
    Version: facts.version,
    Publisher: facts.publisher,
    ConnectionRefs: cut(facts.connectionReferences),
    EnvironmentVariables: cut(facts.environmentVariables),
    MissingDependencies: cut(facts.missingDependencies),
    CustomConnectors: cut(facts.customConnectors),
    Tables: cut(facts.tables),
    SecurityProfile: cut(facts.fieldSecurityProfiles),
    CanvasApps: cut(facts.canvasApps),
    CustomControls: cut(facts.customControls),
    Roles: cut(facts.roles),
    LanguageCode: facts.languageCode,
  }))
  const [only] = contents
  const document = contents.length > 1 ? { Flows, Solutions: contents } : { Flows, ...only }
  return JSON.stringify(document, undefined, 2)
}

function cut<T>(list: readonly T[]): readonly T[] {
  return list.slice(0, maxEntries)
}
