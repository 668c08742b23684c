// A project of Logic Apps keeps what its workflows share beside their folders: parameters.json, connections.json.
import { isFlowsteadError } from '@flowstead/errors'
import type { Value } from '@flowstead/expressions'
import type { Flow, ParameterDeclaration } from '../flow.ts'
import { decodeText } from '../json/decode.ts'
import { member, members, textMember } from '../json/member.ts'
import { readJson } from '../json/read-json.ts'
import { readConnectionReferences } from './connection-references.ts'

interface File {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Files by their names in lower case. */
export type FilesByName = ReadonlyMap<string, File>

/** Of files with the same name the first counts. */
export function filesByName(files: readonly File[]): FilesByName {
  return new Map(files.toReversed().map((file) => [file.name.toLowerCase(), file]))
}

/** Adds to a flow of a project the parameters and connections that its project declares; its own win. */
export function withProject(flow: Flow, files: FilesByName): Flow {
  if (flow.format !== 'workflow.json') return flow
  const root = /^(.*[/!]|)[^/!]+\/workflow\.json$/i.exec(flow.file)?.[1]
  if (root === undefined) return flow
  const parameters = parametersOf(contentOf(`${root}parameters.json`, files))
  const shared = member(contentOf(`${root}connections.json`, files), 'managedApiConnections')
  return {
    ...flow,
    parameters: new Map([...parameters, ...flow.parameters]),
    connectionReferences: new Map([...readConnectionReferences(shared), ...flow.connectionReferences]),
  }
}

function parametersOf(content: Value | undefined): [string, ParameterDeclaration][] {
  return members(content).map(([name, raw]) => {
    const type = (textMember(raw, 'type') ?? 'object').toLowerCase()
    return [name.toLowerCase(), { name, type, defaultValue: member(raw, 'value') }]
  })
}

/** The JSON of a file; `undefined` when there is none or it cannot be read. */
function contentOf(name: string, files: FilesByName): Value | undefined {
  const file = files.get(name.toLowerCase())
  if (file === undefined) return undefined
  try {
    return readJson(decodeText(file.bytes)).value
  } catch (error) {
    if (isFlowsteadError(error)) return undefined
    throw error
  }
}
