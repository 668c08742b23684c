import { isIP } from 'node:net'

/** A URL that may be used, or why not, as a full sentence. */
export type CheckedUrl =
  | { readonly url: URL; readonly problem?: undefined }
  | { readonly url?: undefined; readonly problem: string }

const authorityOf = /^(https?):\/\/([^/?#]*)/i

/**
 * Reads a URL with the one parser that is also used to connect. Refused are other schemes than http and
 * https, user names, and every host that the parser would have to rewrite first (`127.1`, `0x7f000001`,
 * fullwidth dots, letters outside ASCII, escapes, tabs): what the text says is what is connected to.
 */
export function checkUrl(text: string): CheckedUrl {
  const authority = authorityOf.exec(text)?.[2]
  if (authority === undefined)
    return { problem: 'Only addresses that begin with http:// or https:// are called.' }
  if (!URL.canParse(text)) return { problem: 'The address cannot be read as a URL.' }
  const url = new URL(text)
  if (authority.includes('@')) return { problem: 'The address carries a user name; that is refused.' }
  if (authority.replace(/:\d*$/, '').toLowerCase() !== url.hostname) {
    return { problem: `The host of the address is not in its plain form; that would be "${url.hostname}".` }
  }
  if (url.hostname.endsWith('.'))
    return { problem: 'The host of the address ends in a dot; that is refused.' }
  return { url }
}

/** The IP address a URL names literally, without brackets; `undefined` for a name. */
export function literalAddress(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) === 0 ? undefined : host
}
