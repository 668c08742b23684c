// Recognises the wrappers a definition comes in. Each wrapper is one row of a list tried in order; a row looks
// at the JSON only, never at the outside.
import { quoted } from '@flowstead/errors'
import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'
import type { FlowFormat } from '../flow.ts'
import { member, memberAt, members, objectMember, textMember } from '../json/member.ts'
import { pointerTo } from '../json/pointer.ts'
import { readJson } from '../json/read-json.ts'
import { apiName } from '../model/api-name.ts'
import { asGuid, baseName, splitFileName } from '../model/identity.ts'
import type { Report } from '../report.ts'
import { findInTemplate, isDeploymentTemplate } from './deployment-template.ts'
import type { FoundFlow } from './found-flow.ts'
import { repeatedKeyFindings } from './repeated-keys.ts'

/** Every flow in the JSON of a file; wrappers that cannot be read are reported. */
export function findFlows(root: Value, file: string, report: Report): FoundFlow[] {
  return findAt(root, '', file, report)
}

function findAt(root: Value, at: string, file: string, report: Report): FoundFlow[] {
  if (typeof root === 'string') return findInText(root, at, file, report)
  if (!isObject(root)) return []
  if (Object.hasOwn(root, 'clientdata')) return findInRow(root, at, file, report)
  if (isDeploymentTemplate(root)) return findInTemplate(root, at, report)
  const resource = findInResource(root, at, file)
  if (resource !== undefined) return [resource]
  const list = member(root, 'value')
  return Array.isArray(list)
    ? list.flatMap((row, index) => findInList(row, pointerTo(at, 'value', index), file, report))
    : []
}

/** Dataverse and the flow API answer lists under `value`. */
function findInList(row: Value, at: string, file: string, report: Report): FoundFlow[] {
  return isObject(row) && (Object.hasOwn(row, 'clientdata') || isObject(member(row, 'properties')))
    ? findAt(row, at, file, report)
    : []
}

/** Client data is JSON as text; texts inside that text are not opened. */
function findInText(text: string, at: string, file: string, report: Report): FoundFlow[] {
  if (!text.trimStart().startsWith('{')) return []
  const reading = readJson(text)
  const { value, notes } = reading
  if (value === undefined) {
    const message = `The text of the client data is not JSON. ${notes.at(-1)?.message ?? ''}`
    report({ code: 'Definition.NotJson', pointer: at, message })
    return []
  }
  repeatedKeyFindings(reading, undefined, at).forEach(report)
  const found = isObject(value) ? findInResource(value, at, file) : undefined
  return found === undefined
    ? []
    : [{ ...found, format: found.format === 'solution' ? 'clientdata' : found.format }]
}

function findInRow(row: ObjectValue, at: string, file: string, report: Report): FoundFlow[] {
  const data = row.clientdata ?? null
  const inner = pointerTo(at, 'clientdata')
  const found =
    typeof data === 'string'
      ? findInText(data, inner, file, report)
      : isObject(data)
        ? findAt(data, inner, file, report)
        : []
  return found.map((flow) => ({
    ...flow,
    format: 'clientdata',
    id: asGuid(textMember(row, 'workflowid')) ?? flow.id,
    name: textMember(row, 'name') ?? flow.name,
  }))
}

/** Where a definition lies in wrappers that hold one: keys to it, and the keys to what belongs to it. */
const places: readonly (readonly string[])[] = [
  ['properties', 'definition'],
  ['definition'],
  ['properties', 'files', 'workflow.json', 'definition'],
  ['properties', 'workflow', 'properties', 'definition'],
]

function findInResource(root: ObjectValue, at: string, file: string): FoundFlow | undefined {
  if (looksLikeDefinition(root)) return { format: 'bare', at, definition: root }
  for (const keys of places) {
    const definition = memberAt(root, ...keys)
    if (!isObject(definition) || !looksLikeDefinition(definition)) continue
    const owner = memberAt(root, ...keys.slice(0, -1))
    const format = formatOf(root, keys, file)
    return { format, at: pointerTo(at, ...keys), definition, ...describe(root, owner, format) }
  }
  return undefined
}

function describe(root: ObjectValue, owner: Value | undefined, format: FlowFormat): Partial<FoundFlow> {
  const name = textMember(root, 'name')
  const id = textMember(root, 'id')
  return {
    id: asGuid(name) ?? (id === undefined ? undefined : asGuid(apiName(id))),
    name: textMember(owner, 'displayName') ?? (format === 'logicapp-resource' ? name : undefined),
    connectionReferences:
      member(owner, 'connectionReferences') ?? memberAt(owner, 'parameters', '$connections', 'value'),
    parameterValues: member(owner, 'parameters'),
  }
}

function formatOf(root: ObjectValue, keys: readonly string[], file: string): FlowFormat {
  if (keys.length === 1) return 'workflow.json'
  const type = (textMember(root, 'type') ?? '').toLowerCase()
  const properties = objectMember(root, 'properties')
  if (type.startsWith('microsoft.logic/') || type.startsWith('microsoft.web/')) return 'logicapp-resource'
  if (type === 'microsoft.flow/flows' || textMember(properties, 'apiId') !== undefined) {
    return baseName(file).toLowerCase() === 'definition.json' ? 'legacy-package' : 'flow-resource'
  }
  if (
    ['accessEndpoint', 'integrationAccount', 'endpointsConfiguration'].some(
      (key) => member(properties, key) !== undefined,
    )
  ) {
    return 'logicapp-resource'
  }
  if (textMember(properties, 'displayName') !== undefined) return 'flow-resource'
  if (
    member(properties, 'connectionReferences') === undefined &&
    member(properties, 'parameters') !== undefined
  ) {
    return 'logicapp-resource'
  }
  return splitFileName(file).id !== undefined || /(^|[/\\!])workflows[/\\]/i.test(file)
    ? 'solution'
    : 'clientdata'
}

/** Triggers or actions that are objects of objects, or the schema of the language. */
function looksLikeDefinition(value: ObjectValue): boolean {
  const schema = textMember(value, '$schema') ?? ''
  if (schema.toLowerCase().includes('workflowdefinition.json')) return true
  const parts = ['actions', 'triggers'].map((key) => member(value, key))
  return parts.some(
    (part) =>
      isObject(part) &&
      members(part).some(([, entry]) => isObject(entry) && member(entry, 'type') !== undefined),
  )
}

/** What to tell when a file holds no flow. */
export function notAFlowMessage(file: string): string {
  return `There is no flow definition in ${quoted(baseName(file))}.`
}
