import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface FakeAnswer {
  readonly status?: number
  readonly body?: unknown
}

/** What the fake was asked, in order. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly token: string | undefined
  readonly body: unknown
}

export interface FakeServer {
  readonly url: string
  readonly asked: Asked[]
}

/**
 * Answers `METHOD /path` (with query) from a table, 404 in the API's error form for the rest. For what a
 * real server cannot easily be brought to say; gone when the test is over.
 */
export async function fakeServer(
  routes: Readonly<Record<string, FakeAnswer | ((asked: Asked) => FakeAnswer)>>,
): Promise<FakeServer> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { method = '', url = '', headers } = request
      const one = { method, path: url, token: headers.authorization?.replace('Bearer ', ''), body }
      asked.push(one)
      const route = Object.hasOwn(routes, `${method} ${url}`) ? routes[`${method} ${url}`] : notFound
      const answer = (typeof route === 'function' ? route(one) : route) ?? notFound
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' })
      response.end(answer.body === undefined ? '' : JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked }
}

const notFound: FakeAnswer = {
  status: 404,
  body: { error: { code: 'Http.NotFound', message: 'There is nothing here.' } },
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? undefined : JSON.parse(text)
}
