import { type ObjectValue, printJson, printValue, type Value } from '@flowstead/expressions'
import type { FastifyReply } from 'fastify'

/** What a Response action answers, as the machine gives it. */
export interface Answer {
  readonly statusCode: number
  readonly headers: ObjectValue
  readonly body?: Value
}

/** Headers that belong to the connection, not to the flow. */
const reserved = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'server',
  'trailer',
  'transfer-encoding',
])

/**
 * Sends the answer of a flow: objects and arrays as JSON, text as text, an envelope as its bytes. HTML that a
 * flow answers is sandboxed, so that it cannot act in the name of whoever is signed in here.
 */
export function sendAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.statusCode)
  reply.header('content-security-policy', 'sandbox')
  let contentType: string | undefined
  for (const [name, value] of Object.entries(answer.headers)) {
    const key = name.toLowerCase()
    const text = printValue(value)
    if (reserved.has(key) || !isHeader(name, text)) continue
    if (key === 'content-type') contentType = text
    else reply.header(key, text)
  }
  const { body } = answer
  if (body === undefined) return reply.send()
  const [type, payload] = payloadOf(body)
  return reply.header('content-type', contentType ?? type).send(payload)
}

function payloadOf(body: Value): [type: string, payload: string | Buffer] {
  if (typeof body === 'string') return ['text/plain; charset=utf-8', body]
  const envelope = envelopeOf(body)
  if (envelope) return [envelope.type, Buffer.from(envelope.content, 'base64')]
  return ['application/json; charset=utf-8', printJson(body)]
}

function envelopeOf(body: Value): { type: string; content: string } | undefined {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return undefined
  const { '$content-type': type, $content: content } = body as ObjectValue
  return typeof type === 'string' && typeof content === 'string' ? { type, content } : undefined
}

/** A name or value that would break out of its header line is dropped. */
function isHeader(name: string, value: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/[\r\n\0]/.test(value)
}
