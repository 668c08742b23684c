import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import type { FakeClock } from './fake-clock.testing.ts'
import { fakeClock } from './fake-clock.testing.ts'
import { type OpenApi, type Operation, operationsOf } from './openapi.ts'
import type { ServiceDefinition } from './service.ts'
import { type RunningService, type StartOptions, startService } from './start-service.ts'
import { createValidation } from './validation.ts'

export interface TestAnswer<T = Record<string, unknown>> {
  readonly status: number
  readonly body: T
  readonly headers: Readonly<Record<string, unknown>>
}

export interface TestRequest {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** `null` sends no key; default the owner's. */
  readonly key?: string | null
}

export interface TestService extends RunningService {
  readonly clock: FakeClock
  /** Sends in process, as the owner, and checks the answer against the service's document. */
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    request?: TestRequest,
  ): Promise<TestAnswer<T>>
}

/** Starts a service in memory on a free port, without throttle, on a clock that stands still. */
export async function startTestService(
  definition: ServiceDefinition,
  options: Partial<StartOptions> = {},
): Promise<TestService> {
  const clock = (options.clock as FakeClock | undefined) ?? fakeClock()
  const noPorts = Object.fromEntries(Object.keys(definition.listeners ?? {}).map((name) => [name, 0]))
  const service = await startService(definition, {
    folder: ':memory:',
    port: 0,
    ports: noPorts,
    throttle: 'off',
    random: () => 0,
    onError: (error) => console.error(error),
    ...options,
    clock,
  })
  const document = (await service.app.inject('/openapi.json')).json() as OpenApi
  const check = answerCheck(document)
  const withKey = (path: string, key: string | null) => {
    if (key === null || definition.auth.in === 'header' || path.startsWith('/local/')) return path
    return `${path}${path.includes('?') ? '&' : '?'}${definition.auth.name}=${key}`
  }
  return {
    ...service,
    clock,
    async call<T>(method: string, path: string, { body, headers, key = service.key }: TestRequest = {}) {
      const response = await service.app.inject({
        method: method as 'GET',
        url: withKey(path, key),
        headers: { ...(key === null ? {} : { 'x-api-key': key }), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      const answer = response.body === '' ? undefined : (response.json() as unknown)
      if (![401, 413, 415, 421, 429].includes(response.statusCode))
        check(method, path, response.statusCode, answer)
      return { status: response.statusCode, body: answer as T, headers: response.headers }
    },
  }
}

function answerCheck(document: OpenApi) {
  const validatorOf = createValidation(document)
  const operations = operationsOf(document).map(({ method, path, operation }) => ({
    method,
    operation,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
    isLiteral: !path.includes('{'),
    validator: validatorOf(operation as Operation),
  }))
  return (method: string, url: string, status: number, body: unknown) => {
    const path = url.split('?')[0] ?? ''
    const fitting = operations.filter((o) => o.method === method.toLowerCase() && o.pattern.test(path))
    const found = fitting.find(({ isLiteral }) => isLiteral) ?? fitting[0]
    if (found === undefined) return
    expect(found.validator.answer(status, body), `${method} ${path} → ${status}`).toEqual([])
  }
}

export interface Delivered {
  readonly headers: IncomingMessage['headers']
  readonly text: string
  readonly body: unknown
}

export interface Receiver {
  readonly url: string
  readonly deliveries: Delivered[]
  /** Resolves when so many deliveries have arrived in all. */
  arrived(count: number): Promise<void>
  close(): Promise<void>
}

/** A subscriber on loopback; `answer` gives the status (and headers) for the n-th delivery, from 0. */
export async function startReceiver(
  answer: (n: number) => { status: number; headers?: Record<string, string> } = () => ({ status: 200 }),
): Promise<Receiver> {
  const deliveries: Delivered[] = []
  const waiting = new Set<() => void>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      const { status, headers } = answer(deliveries.length)
      deliveries.push({ headers: request.headers, text, body: JSON.parse(text) as unknown })
      response.writeHead(status, headers).end()
      for (const wake of waiting) wake()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    deliveries,
    arrived: (count) =>
      new Promise((resolve) => {
        const wake = () => {
          if (deliveries.length < count) return
          waiting.delete(wake)
          resolve()
        }
        waiting.add(wake)
        wake()
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Lets finished deliveries be written, until `isTrue`; fails after 5 s of real time. */
export async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 5000
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error('It did not become true within 5 s.')
    await new Promise((resolve) => setImmediate(resolve))
  }
}
