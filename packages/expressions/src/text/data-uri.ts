import { quoted } from '@flowstead/errors'
import { decoderFor } from '../content.ts'
import { expressionError } from '../errors.ts'
import { base64Bytes } from './base64.ts'
import { percentDecode } from './percent.ts'

/** A data URI taken apart. */
export interface DataUri {
  /** As written, parameters included; `text/plain` when absent. */
  readonly contentType: string
  readonly charset: string
  readonly bytes: Buffer
}

/** Takes a data URI apart. @throws `Expression.Value` when it is none or its base64 data are wrong */
export function parseDataUri(text: string): DataUri {
  const comma = text.indexOf(',')
  if (!/^data:/i.test(text) || comma < 0) throw wrong('It must start with "data:" and have a comma.')
  const [mediaType = '', ...parameters] = text.slice(5, comma).split(';')
  const isBase64 = parameters.at(-1)?.toLowerCase() === 'base64'
  if (isBase64) parameters.pop()
  if (parameters.some((parameter) => !/^[^=\s]+=[^=]+$/.test(parameter))) throw wrong('A parameter is empty.')
  const charset = parameters.find((parameter) => /^charset=/i.test(parameter))?.slice(8) ?? 'utf-8'
  const data = text.slice(comma + 1)
  return {
    contentType: [mediaType === '' ? 'text/plain' : mediaType, ...parameters].join(';'),
    charset,
    bytes: isBase64 ? base64Bytes(data) : Buffer.from(percentDecode(data.replaceAll('+', ' ')), 'utf8'),
  }
}

/** As `parseDataUri`, with media type and charset checked. @throws `Expression.Value` */
export function parseStrictDataUri(text: string): DataUri {
  const uri = parseDataUri(text)
  const mediaType = uri.contentType.split(';')[0] ?? ''
  if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(mediaType))
    throw wrong(`Its media type is ${quoted(mediaType)}.`)
  decoderFor(uri.charset)
  return uri
}

function wrong(detail: string) {
  return expressionError('Expression.Value', `The text is not a data URI. ${detail}`)
}
