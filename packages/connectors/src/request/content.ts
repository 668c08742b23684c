import { createHash } from 'node:crypto'
import { isEnvelope, isObject, type ObjectValue, printJson, type Value } from '@flowstead/expressions'
import { member, textAt, textsAt } from '../library/json.ts'
import type { DraftBody } from './draft.ts'
import { compactText } from './value-text.ts'

/** A body with the content type it travels under. */
export interface Content {
  readonly contentType: string
  readonly body: DraftBody
}

const isJsonType = (type: string) => /[/+]json|json-patch/i.test(type)
const isTextType = (type: string) => /^text\/|[/+]xml/i.test(type)

/**
 * A body value as the operation takes it: files as their bytes, text as itself where text or XML is wanted,
 * everything else as JSON, also where only `text/plain` or a form is listed.
 */
export function bodyContent(value: Value, schema: ObjectValue, consumes: readonly string[]): Content {
  if (isMultipartValue(value)) return multipartContent(writtenParts(value))
  if (isEnvelope(value)) return fileContent(value)
  const json = consumes.find(isJsonType)
  if (typeof value !== 'string') return jsonContent(value, json)
  if (isBinary(schema)) return textContent(value, consumes[0] ?? 'application/octet-stream')
  const text = consumes.find(isTextType)
  if (text !== undefined && json === undefined) return textContent(value, text)
  // Text where an object is declared is taken for its JSON.
  return textAt(schema, 'type') === 'string'
    ? jsonContent(value, json)
    : textContent(value, json ?? 'application/json')
}

function isBinary(schema: ObjectValue): boolean {
  return textAt(schema, 'format') === 'binary' || textAt(schema, 'type') === 'file'
}

function jsonContent(value: Value, type = 'application/json'): Content {
  return { contentType: type, body: { kind: 'json', value } }
}

function textContent(text: string, contentType: string): Content {
  return { contentType, body: { kind: 'text', text } }
}

/** A body written out by hand, as HTTP and ApiConnection actions have it. */
export function writtenContent(value: Value): Content {
  if (isMultipartValue(value)) return multipartContent(writtenParts(value))
  if (isEnvelope(value)) return fileContent(value)
  return typeof value === 'string' ? textContent(value, 'text/plain; charset=utf-8') : jsonContent(value)
}

function fileContent(file: { '$content-type': string; $content: string } & ObjectValue): Content {
  const bytes = Buffer.from(file.$content, 'base64')
  return { contentType: file['$content-type'], body: { kind: 'bytes', bytes, shown: file } }
}

/** One field of a form. */
export interface FormPart {
  readonly headers: readonly (readonly [string, string])[]
  readonly bytes: Uint8Array
  readonly shown: Value
}

/** `application/x-www-form-urlencoded`. */
export function urlencodedContent(pairs: readonly (readonly [string, string])[]): Content {
  const text = new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString()
  return textContent(text, 'application/x-www-form-urlencoded')
}

/**
 * `multipart/form-data`. The boundary is drawn from the content, so that every attempt sends the same bytes
 * and no part can hold it by chance.
 */
export function multipartContent(parts: readonly FormPart[]): Content {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(JSON.stringify(part.headers)).update(part.bytes)
  const boundary = `flowstead-${hash.digest('hex').slice(0, 32)}`
  const pieces = parts.flatMap((part) => [
    Buffer.from(partHead(boundary, part)),
    part.bytes,
    Buffer.from('\r\n'),
  ])
  const bytes = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)])
  const shown = {
    '$content-type': 'multipart/form-data',
    $multipart: parts.map((part) => ({ headers: Object.fromEntries(part.headers), body: part.shown })),
  }
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: { kind: 'bytes', bytes, shown } }
}

function partHead(boundary: string, part: FormPart): string {
  const lines = part.headers.map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}\r\n`)
  return `--${boundary}\r\n${lines.join('')}\r\n`
}

/** A field as a part: a file with its name and type, anything else as text. */
export function formPart(name: string, value: Value, kind: 'field' | 'file'): FormPart {
  const disposition = `form-data; name="${quotedName(name)}"`
  const content = textAt(value, '$content')
  if (content === undefined) {
    const bytes = Buffer.from(compactText(value, ','))
    const fileName = kind === 'file' ? `; filename="${quotedName(name)}"` : ''
    return { headers: [['Content-Disposition', disposition + fileName]], bytes, shown: value }
  }
  const fileName = textAt(value, '$filename') ?? name
  const type = textAt(value, '$content-type') ?? 'application/octet-stream'
  return {
    headers: [
      ['Content-Disposition', `${disposition}; filename="${quotedName(fileName)}"`],
      ['Content-Type', type],
    ],
    bytes: Buffer.from(content, 'base64'),
    shown: value,
  }
}

function quotedName(name: string): string {
  return name.replaceAll('"', '%22').replace(/\r\n|\r|\n/g, '%0D%0A')
}

function isMultipartValue(value: Value): value is ObjectValue {
  return Array.isArray(member(value, '$multipart'))
}

function writtenParts(value: ObjectValue): FormPart[] {
  return (member(value, '$multipart') as Value[]).filter(isObject).map((part) => {
    const body = member(part, 'body') ?? ''
    const headers = Object.entries(isObject(part.headers) ? part.headers : {})
    const texts = headers.map(([name, text]): [string, string] => [name, compactText(text, ',')])
    return { headers: texts, bytes: bytesOf(writtenContent(body).body), shown: body }
  })
}

/** The bytes of a body. */
export function bytesOf(body: DraftBody): Uint8Array {
  if (body.kind === 'bytes') return body.bytes
  return Buffer.from(body.kind === 'text' ? body.text : printJson(body.value))
}

/** What an operation takes or gives, its own list before the document's. */
export function mediaTypes(document: ObjectValue, operation: ObjectValue, key: 'consumes' | 'produces') {
  const own = textsAt(operation, key)
  return own.length > 0 || member(operation, key) !== undefined ? own : textsAt(document, key)
}

/** `Accept` where the operation declares no such header. */
export function acceptOf(produces: readonly string[]): string {
  return produces.find((type) => type.toLowerCase() === 'application/json') ?? produces[0] ?? '*/*'
}
