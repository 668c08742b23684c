import { objectMember, textMember } from '@flowstead/definition'
import { type ProblemSink, reading } from './problem-sink.ts'
import type { ListedConnector } from './read-customizations.ts'
import { readJsonFile } from './read-json-file.ts'
import type { CustomConnector } from './solution-facts.ts'
import { type Member, withBytes } from './solution-files.ts'

/** Custom connectors by their definition files; those that are only listed in `customizations.xml` have no host. */
export function readCustomConnectors(
  files: ReadonlyMap<string, Member>,
  listed: readonly ListedConnector[],
  problem: ProblemSink,
): CustomConnector[] {
  const found = new Map<string, CustomConnector>()
  for (const { displayName, description, definition } of listed)
    found.set(definition === '' ? displayName : definition, { name: displayName, description, host: '' })
  for (const [path, member] of files) {
    const file = withBytes(member)
    if (file === undefined || !/(^|\/)connectors?\/[^/]*definition\.json$/.test(path)) continue
    const definition = reading(file, problem, () => readJsonFile(file))
    if (definition === undefined) continue
    const info = objectMember(definition, 'info')
    const known = found.get(path)
    found.set(path, {
      name: known?.name || textMember(info, 'title') || member.path,
      description: textMember(info, 'description') ?? known?.description ?? '',
      host: textMember(definition, 'host') ?? '',
    })
  }
  return [...found.values()]
}
