import type { ServerResponse } from 'node:http'
import type { ObjectValue } from '@flowstead/expressions'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { Connection } from '../connection.ts'
import { callContext, type Seen, testHost, tinyServer } from './host.testing.ts'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close()
})

function keep<T extends { close(): Promise<void> }>(one: T): T {
  opened.push(one)
  return one
}

const serve = async (answer: (seen: Seen, response: ServerResponse) => void) => keep(await tinyServer(answer))
const json = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) => response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body))
const value = (given: unknown) => given as ObjectValue
const secret = 's3cret-key-1'
const hotProfile = (origin: string, more: Partial<Connection> = {}): Partial<Connection> => ({
  connector: 'HotProfile',
  secret: (name) => (name === 'api_key' ? secret : undefined),
  target: { kind: 'local', service: 'hotprofile', origin },
  ...more,
})
const getClients = (parameters: object = {}, host: object = {}) => ({
  request: {
    to: 'operation' as const,
    actionType: 'OpenApiConnection',
    inputs: value({
      host: {
        connectionName: 'shared_hotprofile',
        operationId: 'Action_get_clients',
        apiId: '/providers/Microsoft.PowerApps/apis/shared_hotprofile',
        ...host,
      },
      parameters,
    }),
  },
})

describe('an operation', () => {
  test('is called at its local service, with key, idempotency key and arguments in the query', async () => {
    const service = await serve((_, response) =>
      json(response, 200, { clients: [], pages: { total_count: 0 } }),
    )
    const { host, exchanges, queries } = keep(testHost({ shared_hotprofile: hotProfile(service.origin) }))
    const outcome = await host.perform(
      getClients({ 'search[name]': 'Jana Nováková', 'page[number]': 1 }),
      callContext(),
    )
    expect(outcome).toEqual({
      outputs: {
        statusCode: 200,
        headers: expect.objectContaining({ 'Content-Type': 'application/json' }),
        body: { clients: [], pages: { total_count: 0 } },
      },
    })
    expect(service.seen).toEqual([
      expect.objectContaining({
        method: 'POST',
        url: `/rest_api/v1/clients/get_entry_list_flow?page%5Bnumber%5D=1&search%5Bname%5D=Jana%20Nov%C3%A1kov%C3%A1&api_key=${secret}`,
        body: '',
        headers: expect.objectContaining({ 'idempotency-key': 'run/Call', accept: 'application/json' }),
      }),
    ])
    expect(queries).toEqual([
      { flowId: 'flow', flowVersion: 'v1', api: 'shared_hotprofile', key: 'shared_hotprofile' },
    ])
    expect(exchanges).toEqual([
      expect.objectContaining({ connector: 'HotProfile', operationId: 'Action_get_clients', status: 200 }),
    ])
    expect(JSON.stringify(exchanges)).not.toContain(secret)
  })

  test('of the written-out spelling is found by its path', async () => {
    const service = await serve((_, response) => json(response, 200, { id: 1 }))
    const { host, exchanges } = keep(testHost({ hotprofile: hotProfile(service.origin) }))
    await host.perform(
      {
        request: {
          to: 'operation',
          actionType: 'ApiConnection',
          inputs: value({
            host: {
              connection: { name: '/subscriptions/s/connections/hotprofile' },
              api: { runtimeUrl: 'https://x.azure-apim.net/apim/hotprofile' },
            },
            method: 'post',
            path: '/rest_api/v1/clients/create',
            queries: { name: 'A B', name_disp: 'A' },
          }),
        },
      },
      callContext(),
    )
    expect(service.seen[0]?.url).toBe(`/rest_api/v1/clients/create?name=A%20B&name_disp=A&api_key=${secret}`)
    expect(exchanges[0]?.operationId).toBe('Action_create_client')
  })

  test('that the service refuses fails with its words, without the secret it echoes', async () => {
    const service = await serve((seen, response) =>
      json(response, 401, { message: `bad key in ${seen.url}` }),
    )
    const { host } = keep(testHost({ shared_hotprofile: hotProfile(service.origin) }))
    const outcome = await host.perform(getClients(), callContext())
    expect(outcome.error?.code).toBe('Unauthorized')
    expect(outcome.error?.message).toContain('api_key=***')
    expect(JSON.stringify(outcome)).not.toContain(secret)
  })

  test('that the service is too busy for may be tried again after its time', async () => {
    const service = await serve((_, response) => json(response, 429, {}, { 'Retry-After': '7' }))
    const { host } = keep(testHost({ shared_hotprofile: hotProfile(service.origin) }))
    expect(await host.perform(getClients(), callContext())).toMatchObject({
      error: { code: 'TooManyRequests' },
      transient: true,
      retryAfterMs: 7_000,
    })
  })

  test('above the limit of its connection waits and then goes', async () => {
    const service = await serve((_, response) => json(response, 200, {}))
    const { host, clock } = keep(
      testHost({ shared_hotprofile: hotProfile(service.origin, { throttle: { calls: 2, seconds: 10 } }) }),
    )
    const all = [1, 2, 3].map(() => host.perform(getClients(), callContext()))
    await Promise.all(all.slice(0, 2))
    expect(service.seen).toHaveLength(2)
    await clock.moveTo(clock.now() + 10_200)
    await all[2]
    expect(service.seen).toHaveLength(3)
  })

  test('reaches nothing but its service: a redirect elsewhere is the answer', async () => {
    const service = await serve((_, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    )
    const { host } = keep(testHost({ shared_hotprofile: hotProfile(service.origin) }))
    expect(await host.perform(getClients(), callContext())).toMatchObject({ outputs: { statusCode: 302 } })
  })

  test('of a real target on a private address is refused', async () => {
    const service = await serve((_, response) => json(response, 200, {}))
    const connection = hotProfile('', {
      target: { kind: 'real' },
      values: { url_instance: `localhost:${new URL(service.origin).port}` },
    })
    const { host } = keep(testHost({ shared_hotprofile: connection }))
    expect((await host.perform(getClients(), callContext())).error?.code).toMatch(
      /^(AddressRefused|BadGateway)$/,
    )
    expect(service.seen).toEqual([])
  })
})

describe('what is missing is named', () => {
  const codes = async (call: ReturnType<typeof getClients>, connections = {}) =>
    (await keep(testHost(connections)).host.perform(call, callContext())).error

  test('the connector', async () => {
    const error = await codes(
      getClients({}, { apiId: '/providers/Microsoft.PowerApps/apis/shared_sharepointonline' }),
    )
    expect(error).toMatchObject({
      code: 'ConnectorMissing',
      message: expect.stringContaining('shared_sharepointonline'),
    })
  })

  test('the connection', async () => {
    expect(await codes(getClients())).toEqual({
      code: 'ConnectionMissing',
      message: 'There is no such connection. Create it.',
    })
  })

  test('the operation', async () => {
    const error = await codes(getClients({}, { operationId: 'Nothing' }), {
      shared_hotprofile: hotProfile('http://127.0.0.1:1'),
    })
    expect(error).toMatchObject({ code: 'OperationNotFound', message: expect.stringContaining('"Nothing"') })
  })

  test('a required parameter, as the platform answers it', async () => {
    const { host } = keep(testHost({ shared_hotprofile: hotProfile('http://127.0.0.1:1') }))
    const outcome = await host.perform(getClients({}, { operationId: 'Action_create_client' }), callContext())
    expect(outcome).toMatchObject({
      error: { code: 'BadRequest', message: expect.stringContaining('"name"') },
      outputs: { statusCode: 400 },
    })
    expect(outcome).not.toHaveProperty('transient')
  })

  test('the credential', async () => {
    const connection = hotProfile('http://127.0.0.1:1', { secret: () => undefined })
    expect(await codes(getClients(), { shared_hotprofile: connection })).toMatchObject({
      code: 'ConnectionAuthorizationFailed',
    })
  })
})

describe('an HTTP action', () => {
  const http = (request: object) => ({ request: { to: 'http' as const, request: value(request) } })

  test('sends what it says', async () => {
    const service = await serve((_, response) => json(response, 201, { ok: true }))
    const { host } = keep(testHost({}, ['127.0.0.1/32']))
    const outcome = await host.perform(
      http({
        method: 'POST',
        uri: `${service.origin}/a?b=1#part`,
        queries: { c: 'd e', none: null },
        headers: { 'X-A': 1 },
        body: { f: [1, null] },
        authentication: { type: 'Basic', username: 'u', password: 'pass-word' },
      }),
      callContext(),
    )
    expect(outcome).toMatchObject({ outputs: { statusCode: 201, body: { ok: true } } })
    expect(service.seen[0]).toMatchObject({
      method: 'POST',
      url: '/a?b=1&c=d%20e',
      body: '{"f":[1,null]}',
      headers: {
        'x-a': '1',
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from('u:pass-word').toString('base64')}`,
        'idempotency-key': 'run/Call',
      },
    })
  })

  test.each([
    ['Raw', { type: 'Raw', value: 'Token abcd' }, 'Token abcd'],
    ['None', { type: 'None' }, undefined],
    ['absent', undefined, undefined],
  ])('authentication %s', async (_, authentication, header) => {
    const service = await serve((_seen, response) => response.end())
    const { host } = keep(testHost({}, ['127.0.0.1/32']))
    await host.perform(
      http({ uri: service.origin, ...(authentication ? { authentication } : {}) }),
      callContext(),
    )
    expect(service.seen[0]?.headers.authorization).toBe(header)
  })

  test('with an authentication that is not supported says so', async () => {
    const { host } = keep(testHost({}))
    const outcome = await host.perform(
      http({ uri: 'https://api.example.com', authentication: { type: 'ManagedServiceIdentity' } }),
      callContext(),
    )
    expect(outcome.error).toMatchObject({
      code: 'AuthenticationNotSupported',
      message: expect.stringContaining('ManagedServiceIdentity'),
    })
  })

  test('does not reach local services, whatever connections allow', async () => {
    const service = await serve((_, response) => response.end())
    const { host } = keep(testHost({ shared_hotprofile: hotProfile(service.origin) }))
    expect((await host.perform(http({ uri: service.origin }), callContext())).error?.code).toBe(
      'AddressRefused',
    )
    expect(service.seen).toEqual([])
  })

  test('that is given up ends', async () => {
    const service = await serve(() => undefined)
    const { host } = keep(testHost({}, ['127.0.0.1/32']))
    const given = new AbortController()
    const outcome = host.perform(http({ uri: service.origin }), callContext({ signal: given.signal }))
    given.abort()
    expect((await outcome).error?.code).toBe('RequestCancelled')
  })

  test('with a repeated body of parts is multipart', async () => {
    const service = await serve((_, response) => response.end())
    const { host } = keep(testHost({}, ['127.0.0.1/32']))
    const body = {
      '$content-type': 'multipart/form-data',
      $multipart: [{ headers: { 'Content-Disposition': 'form-data; name="a"' }, body: 'x' }],
    }
    await host.perform(http({ method: 'POST', uri: service.origin, body }), callContext())
    expect(service.seen[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(service.seen[0]?.body).toContain('Content-Disposition: form-data; name="a"\r\n\r\nx\r\n')
  })
})

describe('a poll', () => {
  test('goes to the address of the 202 with the credentials of the connection', async () => {
    const service = await serve((_, response) => json(response, 200, { done: true }))
    const { host } = keep(testHost({ shared_hotprofile: hotProfile(service.origin) }))
    const { inputs, actionType } = getClients().request
    const outcome = await host.perform(
      { request: { to: 'poll', actionType, inputs, uri: '/jobs/7?x=1' } },
      callContext(),
    )
    expect(outcome).toMatchObject({ outputs: { body: { done: true } } })
    expect(service.seen[0]).toMatchObject({ method: 'GET', url: `/jobs/7?x=1&api_key=${secret}` })
  })

  test('to another origin carries no credentials', async () => {
    const service = await serve((_, response) => json(response, 200, {}))
    const other = await serve((_, response) => json(response, 200, {}))
    const { host } = keep(testHost({ shared_hotprofile: hotProfile(service.origin) }, ['127.0.0.1/32']))
    const { inputs, actionType } = getClients().request
    await host.perform(
      { request: { to: 'poll', actionType, inputs, uri: `${other.origin}/jobs` } },
      callContext(),
    )
    expect(other.seen[0]?.url).toBe('/jobs')
    expect(JSON.stringify(other.seen)).not.toContain(secret)
  })
})

test('a call that belongs elsewhere says so', async () => {
  const { host } = keep(testHost({}))
  const outcome = await host.perform(
    { request: { to: 'code', language: 'JavaScript', inputs: {} } },
    callContext(),
  )
  expect(outcome.error?.code).toBe('ActionNotSupported')
})

test('whatever a flow says gives an outcome, never an exception', async () => {
  const service = await serve((_, response) => json(response, 200, {}))
  const { host } = keep(testHost({ shared_hotprofile: hotProfile(service.origin, { throttle: null }) }))
  const keys = fc.constantFrom(
    'host',
    'parameters',
    'method',
    'path',
    'body',
    'queries',
    'headers',
    'uri',
    'name',
    '__proto__',
  )
  const anything = fc.jsonValue({ maxDepth: 3 })
  const inputs = fc.dictionary(keys, fc.oneof(anything, fc.dictionary(keys, anything)), {
    noNullPrototype: true,
  })
  const operationIds = fc.constantFrom('Action_create_client', 'Action_get_leads', 'constructor', undefined)
  await fc.assert(
    fc.asyncProperty(inputs, operationIds, async (given, operationId) => {
      const called = {
        ...given,
        host: {
          apiId: 'shared_hotprofile',
          connectionName: 'shared_hotprofile',
          ...(operationId ? { operationId } : {}),
        },
      }
      for (const request of [
        { to: 'operation' as const, actionType: 'OpenApiConnection', inputs: value(called) },
        { to: 'operation' as const, actionType: 'ApiConnection', inputs: value(given) },
        {
          to: 'subscribe' as const,
          actionType: 'OpenApiConnectionWebhook',
          inputs: value(called),
          callbackUrl: 'http://x/',
        },
        { to: 'http' as const, request: value(given) },
      ]) {
        const outcome = await host.perform({ request }, callContext())
        expect(outcome.outputs ?? outcome.error).toBeDefined()
      }
    }),
    { numRuns: 60 },
  )
})
