import { TextDecoder } from 'node:util'
import { expressionError } from './errors.ts'
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

/** The text inside an envelope, by the charset of its content type; wrong bytes become U+FFFD. */
export function envelopeText(envelope: Envelope): string {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(envelope['$content-type'])?.[1] ?? 'utf-8'
  return decoderFor(charset).decode(envelopeBytes(envelope))
}

/** A decoder for a charset. @throws `Expression.Value` when nobody knows it */
export function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset, { ignoreBOM: true })
  } catch (cause) {
    throw expressionError('Expression.Value', `There is no charset "${charset.slice(0, 60)}".`, { cause })
  }
}
