import { domainToUnicode } from 'node:url'
import { quoted } from '@flowstead/errors'
import { expressionError } from '../errors.ts'
import { percentEncodeReserved } from '../text/percent.ts'
import { define } from './function-row.ts'

const defaultPorts = new Map([
  ['http:', 80],
  ['https:', 443],
  ['ws:', 80],
  ['wss:', 443],
  ['ftp:', 21],
])

/** The URI of a text; unlike browsers, the platform wants the slashes after the scheme of the web. */
function parsed(uri: string): URL {
  const text = uri.trim()
  const lacksSlashes = /^(https?|wss?|ftp):(?![/\\]{2})/i.test(text)
  if (!lacksSlashes && URL.canParse(text)) return new URL(text)
  throw expressionError('Expression.Value', `${quoted(uri)} is not an absolute URI.`)
}

function host(uri: string): string {
  const { hostname } = parsed(uri)
  return hostname.includes('xn--') ? domainToUnicode(hostname) : hostname
}

function port(uri: string): number {
  const url = parsed(uri)
  return url.port === '' ? (defaultPorts.get(url.protocol) ?? -1) : Number(url.port)
}

function path(uri: string): string {
  const { pathname } = parsed(uri)
  return pathname === '' ? '/' : percentEncodeReserved(pathname)
}

/** From the text itself: browsers also encode marks that the platform leaves. */
function query(uri: string): string {
  if (parsed(uri).search === '') return ''
  const [beforeFragment = ''] = uri.trim().split('#', 1)
  return percentEncodeReserved(beforeFragment.slice(beforeFragment.indexOf('?')))
}

/** Parts of a URI. */
export const uriFunctions = define('uri', {
  uriHost: {
    args: ['uri: string'],
    result: 'string',
    description: 'The host of a URI in lower case.',
    examples: [["uriHost('https://www.localhost.com:8080')", 'www.localhost.com']],
    call: host,
  },
  uriPath: {
    args: ['uri: string'],
    result: 'string',
    description: 'The path of a URI; "/" when it has none.',
    examples: [["uriPath('https://www.contoso.com')", '/']],
    call: path,
  },
  uriPathAndQuery: {
    args: ['uri: string'],
    result: 'string',
    description: 'The path and query of a URI.',
    examples: [["uriPathAndQuery('https://example.com?foo=bar')", '/?foo=bar']],
    call: (uri: string) => path(uri) + query(uri),
  },
  uriPort: {
    args: ['uri: string'],
    result: 'integer',
    description: 'The port of a URI, or the default of its scheme.',
    examples: [["uriPort('https://www.contoso.com/')", 443]],
    call: port,
  },
  uriQuery: {
    args: ['uri: string'],
    result: 'string',
    description: 'The query of a URI with its question mark.',
    examples: [["uriQuery('https://www.contoso.com/a?date=today')", '?date=today']],
    call: query,
  },
  uriScheme: {
    args: ['uri: string'],
    result: 'string',
    description: 'The scheme of a URI in lower case.',
    examples: [["uriScheme('https://www.contoso.com')", 'https']],
    call: (uri: string) => parsed(uri).protocol.slice(0, -1),
  },
})
