import { FlowsteadError } from '@flowstead/errors'
import { type ObjectValue, parseJson, type Value } from '@flowstead/expressions'
import { signatureParameters } from './trigger-url.ts'

/** A request as the HTTP server hands it over. */
export interface InboundRequest {
  /** Lower-cased names, as Node gives them. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: Buffer
}

/**
 * What a Request or webhook trigger shows of a request: `{headers, queries?, body?}`. The body is decoded by
 * its declared content type: JSON is parsed, text stays text, forms and everything else become envelopes.
 * @throws `Trigger.InvalidBody` when the body says JSON and is not
 */
export function triggerOutputs(request: InboundRequest): ObjectValue {
  const outputs: ObjectValue = { headers: visibleHeaders(request.headers) }
  const queries = visibleQueries(request.query)
  if (Object.keys(queries).length > 0) outputs.queries = queries
  if (request.body.length > 0) outputs.body = decodeBody(contentType(request), request.body)
  return outputs
}

const contentType = ({ headers }: InboundRequest): string => {
  const value = headers['content-type']
  return (Array.isArray(value) ? value[0] : value) ?? 'application/octet-stream'
}

/** Bodies by content type; charset is honoured for the encodings every Node has. */
function decodeBody(type: string, bytes: Buffer): Value {
  const media = type.split(';')[0]?.trim().toLowerCase() ?? ''
  if (media === 'application/json' || media.endsWith('+json')) return parseBody(textOf(type, bytes))
  if (media.startsWith('text/')) return textOf(type, bytes)
  const envelope: ObjectValue = { '$content-type': type, $content: bytes.toString('base64') }
  if (media === 'application/x-www-form-urlencoded') envelope.$formdata = formData(bytes.toString('utf8'))
  if (media === 'multipart/form-data') envelope.$multipart = multipart(type, bytes)
  return envelope
}

function parseBody(text: string): Value {
  try {
    return parseJson(text)
  } catch (cause) {
    throw new FlowsteadError(
      'Trigger.InvalidBody',
      'The request says it sends JSON, but its body is not JSON.',
      {
        hint: (cause as Error).message,
        cause,
      },
    )
  }
}

function textOf(type: string, bytes: Buffer): string {
  const charset = /charset="?([\w-]+)/i.exec(type)?.[1]?.toLowerCase() ?? 'utf-8'
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    // A charset nobody knows: the bytes are still most likely UTF-8.
    return bytes.toString('utf8')
  }
}

/** Pairs in order, empty keys kept, split at the first "=". */
function formData(text: string): Value[] {
  if (text === '') return []
  return text.split('&').map((pair) => {
    const at = pair.indexOf('=')
    return {
      key: formText(at < 0 ? pair : pair.slice(0, at)),
      value: formText(at < 0 ? '' : pair.slice(at + 1)),
    }
  })
}

function formText(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    // A stray percent sign is kept as it came.
    return spaced
  }
}

function multipart(type: string, bytes: Buffer): Value[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1]
  if (!boundary) return []
  const parts: Value[] = []
  const mark = Buffer.from(`--${boundary}`)
  let at = bytes.indexOf(mark)
  while (at >= 0) {
    const start = at + mark.length
    const next = bytes.indexOf(mark, start)
    if (next < 0) break
    parts.push(part(bytes.subarray(start + 2, next - 2)))
    at = next
  }
  return parts
}

function part(bytes: Buffer): Value {
  const end = bytes.indexOf('\r\n\r\n')
  const head = end < 0 ? '' : bytes.subarray(0, end).toString('latin1')
  const content = end < 0 ? bytes : bytes.subarray(end + 4)
  const headers: ObjectValue = Object.create(null)
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim()
  }
  const declared = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  const type = typeof declared === 'string' ? declared : 'application/octet-stream'
  if (declared === undefined) headers['Content-Length'] = String(content.length)
  const body = type.toLowerCase().startsWith('text/')
    ? textOf(type, content)
    : { '$content-type': type, $content: content.toString('base64') }
  return { headers: { ...headers }, body }
}

/** Without Authorization, which a flow must not see unless its trigger asks for it. */
function visibleHeaders(headers: InboundRequest['headers']): ObjectValue {
  const visible: ObjectValue = Object.create(null)
  for (const name in headers) {
    if (name === 'authorization') continue
    const value = headers[name]
    visible[headerName(name)] = Array.isArray(value) ? value.join(', ') : (value ?? '')
  }
  return visible
}

/** Node lower-cases header names; flows are written against `Content-Type`. Property access ignores case. */
function headerName(name: string): string {
  const known = headerNames.get(name)
  if (known !== undefined) return known
  const shown = name.startsWith('x-') ? name : name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
  if (headerNames.size < 200) headerNames.set(name, shown)
  return shown
}

/** Memo of a pure function; the same few names come with every request. */
const headerNames = new Map<string, string>()

function visibleQueries(query: InboundRequest['query']): ObjectValue {
  const visible: ObjectValue = Object.create(null)
  for (const name in query) {
    if (signatureParameters.has(name)) continue
    const value = query[name]
    visible[name] = Array.isArray(value) ? value.join(',') : String(value)
  }
  return visible
}
