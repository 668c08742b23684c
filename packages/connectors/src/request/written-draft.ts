import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'
import { connectorError } from '../codes.ts'
import type { Connector } from '../library/connector.ts'
import { member, objectAt, textAt } from '../library/json.ts'
import type { Operation } from '../library/operation.ts'
import { writtenContent } from './content.ts'
import { type Draft, draftHeader, setDraftHeader } from './draft.ts'
import { baseUrl } from './operation-draft.ts'
import { matchOperation } from './path-template.ts'
import { percentEncode } from './serialize.ts'
import { compactText } from './value-text.ts'

/** What the ApiConnection spelling says: the request is written out, and the operation is found by its path. */
export interface WrittenCall {
  readonly draft: Draft
  /** Absent when no path of the definition fits; the request is sent all the same. */
  readonly operation: Operation | undefined
}

/**
 * Reads `method`, `path` (or `pathTemplate`), `queries`, `headers` and `body`. The path is final text: the
 * flow has encoded its values already.
 * @throws `Connector.ParameterMissing` when there is no path
 */
export function writtenDraft(connector: Connector, inputs: ObjectValue): WrittenCall {
  const method = (textAt(inputs, 'method') ?? 'GET').toUpperCase()
  const [path = '', query = ''] = writtenPath(inputs).split(/\?(.*)/s)
  const operation = matchOperation(connector.operations.values(), method, path)
  const draft: Draft = {
    method,
    originalMethod: method,
    baseUrl: baseUrl(connector),
    path: path.startsWith('/') ? path : `/${path}`,
    pathValues: new Map(),
    query: [...new URLSearchParams(query), ...pairs(objectAt(inputs, 'queries'))],
    headers: pairs(objectAt(inputs, 'headers')),
    body: undefined,
    warnings: operation === undefined ? [`No operation of "${connector.name}" fits ${method} ${path}.`] : [],
  }
  const body = member(inputs, 'body')
  if (body !== undefined && body !== null) setWrittenBody(draft, body)
  return { draft, operation }
}

/** Puts a body into a request written by hand; its content type stays when the flow gave one. */
export function setWrittenBody(draft: Draft, body: Value): void {
  const content = writtenContent(body)
  draft.body = content.body
  const isForm = content.contentType.startsWith('multipart/')
  if (isForm || draftHeader(draft, 'content-type') === undefined) {
    setDraftHeader(draft, 'Content-Type', content.contentType)
  }
}

/** Queries or headers of a written request; null is left out. */
export function pairs(values: ObjectValue): [string, string][] {
  return Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [name, compactText(value, ',')])
}

function writtenPath(inputs: ObjectValue): string {
  const path = textAt(inputs, 'path')
  if (path !== undefined) return path.replace(/[\r\n]/g, '')
  const template = objectAt(inputs, 'pathTemplate')
  const text = textAt(template, 'template')
  if (text === undefined) {
    throw connectorError('Connector.ParameterMissing', 'The action has no path.', { path: 'inputs.path' })
  }
  const values = objectAt(template, 'parameters')
  return text.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const value = member(values, name)
    return value === undefined || isObject(value) ? whole : percentEncode(compactText(value, ','))
  })
}
