import type { ServerResponse } from 'node:http'
import type { ObjectValue } from '@flowstead/expressions'
import { afterEach, describe, expect, test } from 'vitest'
import { sampleConnection, sampleConnector } from '../connector.testing.ts'
import { callContext, type Seen, testHost, tinyServer } from '../host/host.testing.ts'
import type { SubscribeCall } from './subscribe-request.ts'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close()
})

function keep<T extends { close(): Promise<void> }>(one: T): T {
  opened.push(one)
  return one
}

const serve = async (answer: (seen: Seen, response: ServerResponse) => void) => keep(await tinyServer(answer))
const callbackUrl = 'http://127.0.0.1:7272/t/flow/New_Reservation?sig=abc'

const created = (location?: string) => (seen: Seen, response: ServerResponse) => {
  if (seen.method === 'DELETE') response.writeHead(204).end()
  else {
    const headers = location === undefined ? {} : { Location: location }
    response.writeHead(201, { 'Content-Type': 'application/json', ...headers })
    response.end('{"id":"sub-1","secret":"whsec_abcdef"}')
  }
}

function vome(
  origin: string,
  inputs: object = {},
): { call: SubscribeCall; host: ReturnType<typeof testHost>['host'] } {
  const { host, library } = keep(testHost({}))
  const found = library.find('shared_vome')
  if (found.status !== 'found') throw new Error(found.status)
  const connection = sampleConnection({
    secrets: { api_key: 'vome-key' },
    target: { kind: 'local', service: 'vome', origin },
  })
  const call = {
    connector: found.connector,
    connection,
    operationId: 'NewReservation',
    inputs: inputs as ObjectValue,
    callbackUrl,
    idempotencyKey: 'flow/trigger',
  }
  return { host, call }
}

describe('a webhook trigger', () => {
  test('subscribes with its callback URL and is ended at the location it got', async () => {
    const service = await serve(created('/api/v1/subscriptions/sub-1'))
    const { host, call } = vome(service.origin, { 'body/events': ['reservation.created'] })
    const result = await host.subscribeTrigger(call)
    if (!result.isSubscribed) throw new Error(result.error.message)
    expect(service.seen[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1/subscriptions/reservation.created',
      body: JSON.stringify({ events: ['reservation.created'], callback_url: callbackUrl }),
      headers: { 'x-api-key': 'vome-key', 'idempotency-key': 'flow/trigger' },
    })
    expect(result.subscription).toMatchObject({
      location: `${service.origin}/api/v1/subscriptions/sub-1`,
      id: 'sub-1',
      secret: 'whsec_abcdef',
      answer: { statusCode: 201, body: { id: 'sub-1', secret: '***' } },
    })
    expect(await host.unsubscribeTrigger(call, result.subscription)).toEqual({ isEnded: true })
    expect(service.seen[1]).toMatchObject({
      method: 'DELETE',
      url: '/api/v1/subscriptions/sub-1',
      headers: { 'x-api-key': 'vome-key' },
    })
  })

  test('is still ended after its service moved to another port', async () => {
    const first = await serve(created('/api/v1/subscriptions/sub-1'))
    const { host, call } = vome(first.origin)
    const result = await host.subscribeTrigger(call)
    if (!result.isSubscribed) throw new Error(result.error.message)
    const second = await serve(created())
    const moved = vome(second.origin).call
    expect(await host.unsubscribeTrigger(moved, result.subscription)).toEqual({ isEnded: true })
    expect(second.seen[0]).toMatchObject({ method: 'DELETE', url: '/api/v1/subscriptions/sub-1' })
  })

  test.each([404, 410])('that is gone already (%i) counts as ended', async (status) => {
    const service = await serve((_, response) => response.writeHead(status).end())
    const { host, call } = vome(service.origin)
    const subscription = { location: `${service.origin}/api/v1/subscriptions/x`, answer: {} }
    expect(await host.unsubscribeTrigger(call, subscription)).toEqual({ isEnded: true })
  })

  test('says when the service refuses, and whether to try again', async () => {
    const service = await serve((_, response) => response.writeHead(503, { 'Retry-After': '3' }).end())
    const { host, call } = vome(service.origin)
    expect(await host.subscribeTrigger(call)).toMatchObject({
      isSubscribed: false,
      error: { code: 'ServiceUnavailable' },
      transient: true,
      retryAfterMs: 3_000,
    })
  })

  test('does not believe a location on another origin', async () => {
    const service = await serve(created('http://10.0.0.1/steal'))
    const { host, call } = vome(service.origin)
    const result = await host.subscribeTrigger(call)
    if (!result.isSubscribed) throw new Error(result.error.message)
    expect(result.subscription.location).toBeUndefined()
    expect(await host.unsubscribeTrigger(call, result.subscription)).toMatchObject({
      isEnded: false,
      error: { code: 'CannotUnsubscribe' },
    })
  })

  test('of an operation that is none is refused', async () => {
    const { host, call } = vome('http://127.0.0.1:1')
    const results = await Promise.all(
      ['DeleteSubscription', 'Nothing'].map((operationId) => host.subscribeTrigger({ ...call, operationId })),
    )
    expect(results).toEqual([
      expect.objectContaining({ isSubscribed: false }),
      expect.objectContaining({ isSubscribed: false }),
    ])
  })

  test('fills every marked property, at any depth, over what the flow wrote there', async () => {
    const service = await serve(created('/x'))
    const { host } = keep(testHost({}))
    const marked = { type: 'string', 'x-ms-notification-url': true }
    const connector = sampleConnector({
      parameters: [
        {
          name: 'hook',
          in: 'body',
          required: true,
          schema: {
            type: 'object',
            properties: {
              a: marked,
              deep: { $ref: '#/definitions/Deep' },
              kind: { type: 'string', default: 'k', 'x-ms-visibility': 'internal' },
            },
          },
        },
      ],
      operation: { 'x-ms-trigger': 'single' },
      document: { definitions: { Deep: { type: 'object', properties: { url: marked } } } },
    })
    const connection = sampleConnection({ target: { kind: 'mock', origin: service.origin } })
    const inputs = { 'hook/a': '@{listCallbackUrl()}', 'hook/deep/other': 1 } as ObjectValue
    await host.subscribeTrigger({ connector, connection, operationId: 'Do', inputs, callbackUrl })
    expect(JSON.parse(service.seen[0]?.body ?? '')).toEqual({
      a: callbackUrl,
      deep: { other: 1, url: callbackUrl },
      kind: 'k',
    })
  })

  test('without a location is ended by the DELETE operation below its path', async () => {
    const service = await serve((seen, response) =>
      seen.method === 'DELETE'
        ? response.writeHead(200).end()
        : response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"webhookId": 7}'),
    )
    const { host } = keep(testHost({}))
    const connector = sampleConnector({
      path: '/hooks',
      parameters: [
        {
          name: 'b',
          in: 'body',
          schema: { type: 'object', properties: { url: { type: 'string', 'x-ms-notification-url': true } } },
        },
      ],
      operation: { 'x-ms-trigger': 'single' },
    })
    const ending = {
      ...connector,
      operations: new Map([
        ...connector.operations,
        ...sampleConnector({
          method: 'delete',
          path: '/hooks/{id}',
          operation: { operationId: 'End' },
          parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }],
        }).operations,
      ]),
    }
    const connection = sampleConnection({ target: { kind: 'mock', origin: service.origin } })
    const call = { connector: ending, connection, operationId: 'Do', inputs: {}, callbackUrl }
    const result = await host.subscribeTrigger(call)
    if (!result.isSubscribed) throw new Error(result.error.message)
    expect(await host.unsubscribeTrigger(call, result.subscription)).toEqual({ isEnded: true })
    expect(service.seen[1]).toMatchObject({ method: 'DELETE', url: '/v1/hooks/7' })
  })
})

describe('a webhook action', () => {
  test('subscribes and is undone with what it was given', async () => {
    const service = await serve(created('/api/v1/subscriptions/sub-1'))
    const { host } = keep(
      testHost({
        shared_vome: {
          connector: 'Vome',
          secret: () => 'vome-key',
          target: { kind: 'local', service: 'vome', origin: service.origin },
        },
      }),
    )
    const inputs = {
      host: { connectionName: 'shared_vome', operationId: 'NewReservation', apiId: '/x/shared_vome' },
      parameters: {},
    } as unknown as ObjectValue
    const actionType = 'OpenApiConnectionWebhook'
    const outcome = await host.perform(
      { request: { to: 'subscribe', actionType, inputs, callbackUrl } },
      callContext(),
    )
    expect(outcome).toMatchObject({ outputs: { statusCode: 201, body: { id: 'sub-1' } } })
    expect(JSON.stringify(outcome)).not.toContain('whsec_abcdef')
    await host.unsubscribe({ actionType, inputs, answer: outcome.outputs }, callContext())
    expect(service.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /api/v1/subscriptions/reservation.created',
      'DELETE /api/v1/subscriptions/sub-1',
    ])
  })

  test('of plain HTTP calls the two addresses it names', async () => {
    const service = await serve((_, response) => response.writeHead(200).end())
    const { host } = keep(testHost({}, ['127.0.0.1/32']))
    const inputs = {
      subscribe: { method: 'POST', uri: `${service.origin}/on`, body: { url: callbackUrl } },
      unsubscribe: { method: 'DELETE', uri: `${service.origin}/off` },
    } as unknown as ObjectValue
    const actionType = 'HttpWebhook'
    await host.perform({ request: { to: 'subscribe', actionType, inputs, callbackUrl } }, callContext())
    await host.unsubscribe({ actionType, inputs, answer: null }, callContext())
    await host.unsubscribe({ actionType, inputs: { subscribe: {} }, answer: null }, callContext())
    expect(service.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /on', 'DELETE /off'])
  })
})
