import { TextDecoder } from 'node:util'
import { expressionError } from '../errors.ts'

/** The bytes of a base64 text; white space is skipped. @throws `Expression.Value` when it is not base64 */
export function base64Bytes(text: string): Buffer {
  const packed = text.replace(/\s+/g, '')
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed))
    throw expressionError('Expression.Value', 'The text is not base64.')
  return Buffer.from(packed, 'base64')
}

/** Bytes as UTF-8 text; wrong bytes become U+FFFD, a byte order mark stays. */
export function utf8Text(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
