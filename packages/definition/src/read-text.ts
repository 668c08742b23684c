// One JSON file to its flows: decode, parse, find the definitions, build the models.
import { FlowsteadError, isFlowsteadError } from '@flowstead/errors'
import type { Value } from '@flowstead/expressions'
import { type ProblemCode, problemCodes } from './codes.ts'
import type { Dialect, Flow, FlowFormat, ParameterDeclaration, Problem } from './flow.ts'
import { readConnectionReferences } from './formats/connection-references.ts'
import { findFlows, notAFlowMessage } from './formats/find-flows.ts'
import type { FoundFlow } from './formats/found-flow.ts'
import { asLostAction, repeatedKeyFindings } from './formats/repeated-keys.ts'
import { decodeText } from './json/decode.ts'
import { placesIn } from './json/locate.ts'
import { member, memberAt } from './json/member.ts'
import { type JsonReading, readJson } from './json/read-json.ts'
import { buildModel, type Model } from './model/build-model.ts'
import { baseName, folderName, slugOf, splitFileName, versionOf } from './model/identity.ts'
import type { ReadLimits } from './read-options.ts'
import { type Finding, problemAt, problemsOf } from './report.ts'

/** Flows of a file with what is wrong with it. */
export interface Reading {
  readonly flows: readonly Flow[]
  readonly problems: readonly Problem[]
}

/** Reads one JSON file in any wrapper; never throws on what the bytes hold. */
export function readTextFile(bytes: Uint8Array, file: string, limits: ReadLimits): Reading {
  try {
    if (bytes.length > limits.maxTextBytes) {
      const message = `The file has ${bytes.length} bytes; ${limits.maxTextBytes} is the limit.`
      throw new FlowsteadError('Definition.TooLarge', message)
    }
    return readText(decodeText(bytes), file, limits)
  } catch (error) {
    return { flows: [], problems: [problemOfError(error, file)] }
  }
}

/** The problem an error of this package stands for; any other error goes on. */
export function problemOfError(error: unknown, file: string): Problem {
  if (!isFlowsteadError(error)) throw error
  return problemAt(
    { code: error.code as ProblemCode, pointer: '', message: error.message, hint: error.hint },
    file,
  )
}

function readText(text: string, file: string, limits: ReadLimits): Reading {
  const reading = readJson(text)
  const syntax = syntaxProblems(reading, text, file)
  if (reading.value === undefined) return { flows: [], problems: syntax }
  const findings = repeatedKeyFindings(reading, text, '')
  const report = (finding: Finding): void => void findings.push(finding)
  const found = findFlows(reading.value, file, report)
  if (found.length === 0 && !findings.some(({ code }) => problemCodes[code].severity === 'error')) {
    const hint = 'A flow is a solution export, a workflow.json, a package, or a bare definition.'
    report({ code: 'Definition.NotAFlow', pointer: '', message: notAFlowMessage(file), hint })
  }
  const flows = found.map((flow, index) => flowOf(flow, found.length > 1 ? index + 1 : 0, file, text))
  const fitting = flows.filter((flow) => isWithin(flow, limits, findings))
  const told = findings.map((finding) => asLostAction(finding, flows))
  return { flows: fitting, problems: [...syntax, ...problemsOf(told, file, text)] }
}

function isWithin(flow: Flow, { maxActions }: ReadLimits, findings: Finding[]): boolean {
  if (flow.actions.size <= maxActions) return true
  const message = `The flow has ${flow.actions.size} actions; ${maxActions} is the limit.`
  findings.push({ code: 'Definition.TooLarge', pointer: flow.root.pointer, message })
  return false
}

function syntaxProblems({ notes }: JsonReading, text: string, file: string): Problem[] {
  if (notes.length === 0) return []
  const placeOf = placesIn(text)
  return notes.map(({ code, message, offset }) => ({
    ...problemAt({ code, pointer: '', message }, file),
    ...placeOf(offset),
  }))
}

function flowOf(found: FoundFlow, number: number, file: string, text: string): Flow {
  const { definition, at, format } = found
  const model = buildModel(definition, at)
  const references = found.connectionReferences ?? {}
  const suffix = number === 0 ? '' : `-${number}`
  return {
    id: found.id ?? splitFileName(file).id ?? folderId(format, file) ?? `${slugOf(file)}${suffix}`,
    name: found.name ?? nameFromFile(format, file),
    dialect: dialectOf(format, model),
    format,
    file,
    definitionAt: at,
    version: versionOf(definition, references),
    definition,
    text,
    ...model,
    parameters: withGivenValues(model.parameters, found.parameterValues),
    connectionReferences: readConnectionReferences(references),
  }
}

/** Legacy packages name the folder of a flow by its id. */
function folderId(format: FlowFormat, file: string): string | undefined {
  return format === 'legacy-package' ? splitFileName(folderName(file) ?? '').id : undefined
}

function nameFromFile(format: FlowFormat, file: string): string {
  const isFolderNamed = format === 'workflow.json' && baseName(file).toLowerCase() === 'workflow.json'
  return (isFolderNamed ? folderName(file) : undefined) ?? splitFileName(file).name
}

function withGivenValues(
  declared: ReadonlyMap<string, ParameterDeclaration>,
  given: Value | undefined,
): ReadonlyMap<string, ParameterDeclaration> {
  return new Map(
    [...declared].map(([key, parameter]) => {
      const value = member(member(given, parameter.name), 'value')
      return [
        key,
        value === undefined || key === '$connections' ? parameter : { ...parameter, defaultValue: value },
      ]
    }),
  )
}

const dialects: Readonly<Partial<Record<FlowFormat, Dialect>>> = {
  solution: 'PowerAutomate',
  clientdata: 'PowerAutomate',
  'legacy-package': 'PowerAutomate',
  'flow-resource': 'PowerAutomate',
  'workflow.json': 'LogicApps',
  'logicapp-resource': 'LogicApps',
  'arm-template': 'LogicApps',
}

/** By the wrapper; a bare definition by what only Power Automate writes. */
function dialectOf(format: FlowFormat, { parameters, triggers, actions }: Model): Dialect {
  const known = dialects[format]
  if (known !== undefined) return known
  const isPowerAutomate =
    parameters.has('$authentication') ||
    triggers.some(({ type }) => type.startsWith('OpenApiConnection')) ||
    [...actions.values()].some(
      ({ type, inputs }) =>
        type.startsWith('OpenApiConnection') ||
        memberAt(inputs, 'host', 'workflowReferenceName') !== undefined,
    )
  return isPowerAutomate ? 'PowerAutomate' : 'LogicApps'
}
