import { quoted } from '@flowstead/errors'
import { decoderFor } from '../content.ts'
import { expressionError } from '../errors.ts'
import { percentDecode } from './percent.ts'

/** A data URI taken apart. */
export interface DataUri {
  /** As written, parameters included; `text/plain` when absent. */
  readonly contentType: string
  /** In base64; as written when the URI has base64, so not yet known to be right. */
  readonly content: string
}

/**
 * Takes a data URI apart. The mark "base64" counts only as the last parameter.
 * @param demand `checked`: the media type, the parameters and the charset must be right; `utf-8`: the service
 * looks only at the first parameter, which must not name another charset
 * @throws `Expression.Value` when it is no data URI or does not meet the demand
 */
export function parseDataUri(text: string, demand: 'checked' | 'utf-8'): DataUri {
  const comma = text.indexOf(',')
  if (!/^data:/i.test(text) || comma < 0) throw wrong('It must start with "data:" and have a comma.')
  const head = text.slice(5, comma).split(';')
  const isBase64 = head.at(-1)?.toLowerCase() === 'base64'
  if (isBase64) head.pop()
  const [mediaType = '', ...parameters] = head
  if (mediaType === '' && parameters.length > 0) throw wrong('It has parameters but no media type.')
  if (demand === 'checked') checkHead(mediaType, parameters)
  else checkUtf8(parameters[0])
  const data = text.slice(comma + 1)
  const decoded = () => Buffer.from(percentDecode(data.replaceAll('+', ' ')), 'utf8').toString('base64')
  return {
    contentType: mediaType === '' ? 'text/plain' : head.join(';'),
    content: isBase64 ? data : decoded(),
  }
}

function checkHead(mediaType: string, parameters: readonly string[]): void {
  if (mediaType !== '' && mediaType.split('/').length !== 2)
    throw wrong(`Its media type is ${quoted(mediaType)}.`)
  const crooked = parameters.find((parameter) => parameter === '' || parameter.split('=').length > 2)
  if (crooked !== undefined) throw wrong(`One of its parameters is ${quoted(crooked)}.`)
  const charset = parameters.find((parameter) => /^charset=/i.test(parameter))
  if (charset !== undefined) decoderFor(charset.slice(8))
}

function checkUtf8(parameter: string | undefined): void {
  const charset = /^charset=(.*)$/i.exec(parameter ?? '')?.[1]
  if (charset === undefined || /^"?utf-?8"?$/i.test(charset)) return
  throw wrong(`Data in UTF-8 were expected; the charset is ${quoted(charset)}.`)
}

function wrong(detail: string) {
  return expressionError('Expression.Value', `The text cannot be used as a data URI. ${detail}`)
}
