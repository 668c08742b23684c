import { member, members as membersOf, type NamedFile, objectMember } from '@flowstead/definition'
import type { Value } from '@flowstead/expressions'
import { type ProblemSink, reading } from './problem-sink.ts'
import { readJsonFile } from './read-json-file.ts'
import type { SolutionEnvironmentVariable } from './solution-facts.ts'
import { type Member, withBytes } from './solution-files.ts'
import { attributeOf, childAt, readXml, textAt } from './xml.ts'

const types: ReadonlyMap<string, string> = new Map([
  ['100000000', 'String'],
  ['100000001', 'Number'],
  ['100000002', 'Boolean'],
  ['100000003', 'JSON'],
  ['100000004', 'Data source'],
  ['100000005', 'Secret'],
])

/** The environment variables of a solution: each has a folder with its definition and, when it was exported, its value. */
export function readEnvironmentVariables(
  files: ReadonlyMap<string, Member>,
  problem: ProblemSink,
): SolutionEnvironmentVariable[] {
  const found: SolutionEnvironmentVariable[] = []
  for (const [path, definition] of files) {
    const folder = /^(.*\/)?environmentvariabledefinition\.xml$/.exec(path)?.[1]
    const file = withBytes(definition)
    if (folder === undefined || file === undefined) continue
    const values = withBytes(files.get(`${folder}environmentvariablevalues.json`))
    const hasValue = values !== undefined && valueIn(values, problem)
    const variable = reading(file, problem, () => ({ ...readDefinition(file), hasValue }))
    if (variable !== undefined) found.push(variable)
  }
  return found.sort((one, other) => (one.name < other.name ? -1 : 1))
}

function readDefinition(file: NamedFile): Omit<SolutionEnvironmentVariable, 'hasValue'> {
  const root = readXml(file.bytes, file.name)
  const name = attributeOf(root, 'schemaname')
  const type = textAt(root, 'type')
  return {
    name,
    displayName: attributeOf(childAt(root, 'displayname'), 'default') || name,
    type: types.get(type) ?? type,
    isCustomizable: textAt(root, 'iscustomizable') !== '0',
    hasDefault: textAt(root, 'defaultvalue') !== '',
  }
}

/** Whether a file of values holds one; a file that cannot be read is there for some reason, and counts as one. */
function valueIn(file: NamedFile, problem: ProblemSink): boolean {
  const content = reading(file, problem, () => readJsonFile(file))
  if (content === undefined) return true
  const written = member(objectMember(content, 'environmentvariablevalues'), 'environmentvariablevalue')
  const values: readonly (Value | undefined)[] = Array.isArray(written) ? written : [written]
  return values.some((value) => membersOf(value).some(([key, text]) => key === 'value' && text !== null))
}
