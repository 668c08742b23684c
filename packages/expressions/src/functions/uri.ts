import { quoted } from '@flowstead/errors'
import { expressionError } from '../errors.ts'
import { define } from './function-row.ts'

const defaultPorts = new Map([
  ['http:', 80],
  ['https:', 443],
  ['ws:', 80],
  ['wss:', 443],
  ['ftp:', 21],
])

function parsed(uri: string): URL {
  if (URL.canParse(uri)) return new URL(uri)
  throw expressionError('Expression.Value', `${quoted(uri)} is not an absolute URI.`)
}

function port(uri: string): number {
  const url = parsed(uri)
  return url.port === '' ? (defaultPorts.get(url.protocol) ?? -1) : Number(url.port)
}

function path(url: URL): string {
  return url.pathname === '' ? '/' : url.pathname
}

/** Parts of a URI. */
export const uriFunctions = define('uri', {
  uriHost: {
    args: ['uri: string'],
    result: 'string',
    description: 'The host of a URI in lower case.',
    examples: [["uriHost('https://www.localhost.com:8080')", 'www.localhost.com']],
    call: (uri: string) => parsed(uri).hostname,
  },
  uriPath: {
    args: ['uri: string'],
    result: 'string',
    description: 'The path of a URI; "/" when it has none.',
    examples: [["uriPath('https://www.contoso.com')", '/']],
    call: (uri: string) => path(parsed(uri)),
  },
  uriPathAndQuery: {
    args: ['uri: string'],
    result: 'string',
    description: 'The path and query of a URI.',
    examples: [["uriPathAndQuery('https://example.com?foo=bar')", '/?foo=bar']],
    call: (uri: string) => path(parsed(uri)) + parsed(uri).search,
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
    call: (uri: string) => parsed(uri).search,
  },
  uriScheme: {
    args: ['uri: string'],
    result: 'string',
    description: 'The scheme of a URI in lower case.',
    examples: [["uriScheme('https://www.contoso.com')", 'https']],
    call: (uri: string) => parsed(uri).protocol.slice(0, -1),
  },
})
