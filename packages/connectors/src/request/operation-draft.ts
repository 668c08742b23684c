import type { ObjectValue, Value } from '@flowstead/expressions'
import type { Connector } from '../library/connector.ts'
import { textAt } from '../library/json.ts'
import type { Operation, Parameter } from '../library/operation.ts'
import {
  acceptOf,
  bodyContent,
  type Content,
  formPart,
  mediaTypes,
  multipartContent,
  urlencodedContent,
} from './content.ts'
import { withDefaults } from './defaults.ts'
import { type Draft, draftHeader, setDraftHeader } from './draft.ts'
import { readFlatInputs } from './flat-inputs.ts'
import { fillPath } from './path-template.ts'
import { headerText, pairsOf } from './serialize.ts'

/** The values of an operation's parameters, defaults included, and the keys it does not know. */
export interface OperationValues {
  readonly values: ReadonlyMap<Parameter, Value>
  readonly unknown: readonly string[]
}

/**
 * Reads an action's flat parameters.
 * @param fillIn puts values where the flow has none to put, such as a callback URL
 * @throws `Connector.ParameterMissing`
 */
export function operationValues(
  { document }: Connector,
  operation: Operation,
  given: ObjectValue,
  fillIn: FillIn = (values) => values,
): OperationValues {
  const parameters = operation.parameters()
  const read = readFlatInputs(document, parameters, given)
  return { values: withDefaults(document, parameters, fillIn(read.values)), unknown: read.unknown }
}

type FillIn = (values: ReadonlyMap<Parameter, Value>) => ReadonlyMap<Parameter, Value>

/**
 * The request an operation's flat parameters make, before authentication and policies.
 * @param fillIn as for `operationValues`
 * @throws `Connector.ParameterMissing`, `Connector.ParameterInvalid`
 */
export function operationDraft(
  connector: Connector,
  operation: Operation,
  given: ObjectValue,
  fillIn?: FillIn,
): Draft {
  const { document } = connector
  const { values, unknown } = operationValues(connector, operation, given, fillIn)
  const { path, values: pathValues } = fillPath(operation, values)
  const draft: Draft = {
    method: operation.method,
    originalMethod: operation.method,
    baseUrl: baseUrl(connector),
    path,
    pathValues,
    query: [...values].filter(isIn('query')).flatMap(([parameter, value]) => pairsOf(parameter, value)),
    headers: [...values].filter(isIn('header')).map(([p, value]) => [p.name, headerText(p, value)]),
    body: undefined,
    warnings: unknown.map((key) => `The operation has no parameter "${key}"; it is not sent.`),
  }
  setContent(draft, contentOf(document, operation, values))
  if (draftHeader(draft, 'accept') === undefined) {
    setDraftHeader(draft, 'Accept', acceptOf(mediaTypes(document, operation.raw, 'produces')))
  }
  return draft
}

/** `https://host/base`, without slash at the end. */
export function baseUrl(connector: Connector): string {
  const base = `/${connector.basePath}`.replace(/^\/+/, '/').replace(/\/+$/, '')
  return `${connector.scheme}://${connector.host}${base}`
}

function isIn(place: Parameter['in']): (entry: [Parameter, Value]) => boolean {
  return ([parameter, value]) => parameter.in === place && value !== null
}

function setContent(draft: Draft, content: Content | undefined): void {
  if (content === undefined) return
  draft.body = content.body
  const isForm = content.contentType.startsWith('multipart/')
  if (isForm || draftHeader(draft, 'content-type') === undefined) {
    setDraftHeader(draft, 'Content-Type', content.contentType)
  }
}

function contentOf(
  document: ObjectValue,
  operation: Operation,
  values: ReadonlyMap<Parameter, Value>,
): Content | undefined {
  const consumes = mediaTypes(document, operation.raw, 'consumes')
  const body = [...values].find(([parameter]) => parameter.in === 'body')
  if (body !== undefined) return bodyContent(body[1], body[0].schema, consumes)
  const fields = [...values].filter(isIn('formData'))
  return fields.length === 0 ? undefined : formContent(fields, consumes)
}

function formContent(fields: readonly [Parameter, Value][], consumes: readonly string[]): Content {
  const hasFile = fields.some(([parameter]) => isFile(parameter))
  const isMultipart = hasFile || consumes.some((type) => /form-data/i.test(type))
  if (!isMultipart)
    return urlencodedContent(fields.flatMap(([parameter, value]) => pairsOf(parameter, value)))
  return multipartContent(
    fields.flatMap(([parameter, value]) =>
      isFile(parameter)
        ? [formPart(parameter.name, fileValue(parameter, value), 'file')]
        : pairsOf(parameter, value).map(([name, text]) => formPart(name, text, 'field')),
    ),
  )
}

function isFile(parameter: Parameter): boolean {
  return textAt(parameter.raw, 'type') === 'file'
}

/** A plain text is the file's text, unless the definition says that it is base64 already. */
function fileValue(parameter: Parameter, value: Value): Value {
  const isBase64 = textAt(parameter.raw, 'format') === 'byte'
  return typeof value === 'string' && isBase64
    ? { '$content-type': 'application/octet-stream', $content: value }
    : value
}
