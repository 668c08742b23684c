import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createOutbound } from '@flowstead/outbound'
import { handClock } from '../clock.testing.ts'
import type { Connection, ConnectionAnswer, ConnectionQuery } from '../connection.ts'
import { openConnectorLibrary } from '../library/library.ts'
import type { FlowDirectory } from '../native/flow-directory.ts'
import type { Exchange } from './exchange.ts'
import { type CallContext, createConnectorHost } from './host.ts'

/** A request as a tiny server saw it. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A tiny server on 127.0.0.1 that answers as the test says and remembers what it was asked. */
export async function tinyServer(answer: (seen: Seen, response: ServerResponse) => void) {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => {
      body += part
    })
    request.on('end', () => {
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body }
      seen.push(one)
      answer(one, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A host over the connectors of this repository and the public samples. */
export function testHost(
  connections: Record<string, Partial<Connection>>,
  networks: readonly string[] = [],
  flows: FlowDirectory = { list: () => [], find: () => undefined },
) {
  const root = join(import.meta.dirname, '../../../..')
  const clock = handClock(Date.UTC(2025, 2, 8, 12))
  const outbound = createOutbound({ allowedNetworks: networks })
  const exchanges: Exchange[] = []
  const queries: ConnectionQuery[] = []
  const library = openConnectorLibrary([join(root, 'connectors'), join(root, 'conformance/connectors')])
  const host = createConnectorHost({
    library,
    clock,
    outbound,
    flows,
    onExchange: (exchange) => exchanges.push(exchange),
    connections: {
      resolve(query): ConnectionAnswer {
        queries.push(query)
        const found = connections[query.key ?? ''] ?? connections[query.api ?? '']
        if (found === undefined)
          return { failure: { message: 'There is no such connection.', hint: 'Create it.' } }
        const defaults: Connection = {
          id: query.key ?? 'c',
          connector: '',
          values: {},
          secret: () => undefined,
          target: { kind: 'real' },
        }
        return { connection: { ...defaults, ...found } }
      },
    },
  })
  return { host, clock, library, exchanges, queries, close: () => outbound.close() }
}

/** The context of a call that nobody gives up. */
export function callContext(more: Partial<CallContext> = {}): CallContext {
  return {
    runId: 'run',
    flowId: 'flow',
    flowVersion: 'v1',
    idempotencyKey: 'run/Call',
    signal: new AbortController().signal,
    ...more,
  }
}
