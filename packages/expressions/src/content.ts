import { TextDecoder } from 'node:util'
import { quoted } from '@flowstead/errors'
import { expressionError } from './errors.ts'
import { base64Bytes, utf8Text } from './text/base64.ts'
import { isObject, type ObjectValue, type Value } from './value.ts'

/** Bytes or XML as a value: `{"$content-type": …, "$content": base64}`, further members allowed. */
export interface Envelope extends ObjectValue {
  '$content-type': string
  $content: string
}

/** Whether a value is a content envelope. */
export function isEnvelope(value: Value): value is Envelope {
  return (
    isObject(value) &&
    Object.hasOwn(value, '$content') &&
    Object.hasOwn(value, '$content-type') &&
    typeof value.$content === 'string' &&
    typeof value['$content-type'] === 'string'
  )
}

/** An envelope around bytes. */
export function envelopeOf(contentType: string, bytes: Uint8Array): Envelope {
  return { '$content-type': contentType, $content: Buffer.from(bytes).toString('base64') }
}

/** The bytes inside an envelope; white space in the base64 text is skipped. */
export function envelopeBytes(envelope: Envelope): Buffer {
  return Buffer.from(envelope.$content, 'base64')
}

/**
 * The text inside an envelope, by the charset of its content type; wrong bytes become U+FFFD.
 * @throws `Expression.Value` when the content is not base64 or the content type is malformed
 */
export function envelopeText(envelope: Envelope): string {
  const contentType = envelope['$content-type']
  const bytes = base64Bytes(envelope.$content)
  if (!contentType.includes(';')) return utf8Text(bytes)
  if (/;\s*[^\s=;]+\s*(;|$)/.test(contentType))
    throw expressionError('Expression.Value', `The content type ${quoted(contentType)} is malformed.`)
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  return decoderFor(charset).decode(bytes)
}

/** A decoder for a charset. @throws `Expression.Value` when nobody knows it */
export function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset, { ignoreBOM: true })
  } catch (cause) {
    throw expressionError('Expression.Value', `There is no charset "${charset.slice(0, 60)}".`, { cause })
  }
}
