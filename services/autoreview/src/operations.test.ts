import {
  definedOperations,
  definitionGaps,
  startTestService,
  type TestService,
} from '@flowstead/service-kit/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bare, clientData, type Data, definition, requestOf, startAutoReview } from './autoreview.testing.ts'
import { openapi } from './openapi.ts'
import { autoreviewService } from './service.ts'

let service: TestService
beforeAll(async () => {
  service = await startAutoReview()
})
afterAll(() => service.close())

const post = <T = { data: Data }>(path: string, body: unknown) =>
  service.call<T>('POST', `/v2/autoreview/${path}`, { body })

describe('the connector', () => {
  test('is a part of the service’s own document, with the five operations of version 2', () => {
    expect(definitionGaps(definition, openapi)).toEqual([])
    expect(definedOperations(definition).map(({ operation }) => operation.operationId)).toEqual([
      'GETInfo',
      'POSTHttp',
      'POSTJson',
      'POSTFile',
      'POSTDiagram',
    ])
  })
})

test('Info answers five texts', async () => {
  const { body } = await service.call('GET', '/v2/autoreview/')
  expect(Object.keys(body)).toEqual(['version', 'apiKey', 'message', 'information', 'diagram'])
})

describe('JSON', () => {
  test.each([
    ['a bare definition', bare],
    ['a properties wrapper', { properties: { definition: bare } }],
    ['JSON text', JSON.stringify(bare)],
    ['client data', clientData],
    ['client data as text', JSON.stringify(clientData)],
    ['a legacy package', { name: 'x', properties: { displayName: 'Reminder', definition: bare } }],
    ['a workflow.json', { definition: bare, kind: 'Stateful' }],
  ])('reads %s', async (_, flow) => {
    const { body } = await post('json', requestOf(flow))
    expect(body.data).toMatchObject({ name: 'Reminder', steps: 2, complexity: 1, error: '', mainScope: true })
    expect(body.data.actionArray).toHaveLength(2)
  })

  test('takes name and id from the document where it has them', async () => {
    const flow = { name: 'inner-id', properties: { displayName: 'Inner', definition: bare } }
    expect((await post('json', requestOf(flow))).body.data).toMatchObject({ name: 'Inner', id: 'inner-id' })
    expect((await post('json', requestOf(bare))).body.data).toMatchObject({
      name: 'Reminder',
      id: '1b2c',
      owner: 'maker@example.com',
      environment: 'Test',
    })
  })

  test('counts with the points it is given', async () => {
    const configs = { complexity: [{ Name: 'Compose', Complexity: 40 }] }
    expect((await post('json', requestOf(bare, configs))).body.data.complexity).toBe(41)
  })

  test.each([
    ['no JSON', '{"definition":'],
    ['JSON that is no flow', { hello: 1 }],
    ['a number', 7],
    ['a list', []],
    ['an empty text', ''],
    ['actions that are none', { definition: { triggers: [], actions: 'x' } }],
  ])('of %s answers what is wrong, and STR001', async (_, flow) => {
    const { status, body } = await post('json', requestOf(flow))
    expect(status).toBe(200)
    if (body.data.error === '') expect(body.data.findings.length).toBeGreaterThan(0)
    else expect(body.data.findings.map(({ rule }) => rule)).toContain('STR001')
  })

  test('without a definition is refused with the name of the member', async () => {
    const { status, body } = await service.call('POST', '/v2/autoreview/?path=json', {
      body: { properties: {} },
    })
    expect(status).toBe(400)
    expect(body.fields).toMatchObject([{ field: 'properties.definition', rule: 'required' }])
  })

  test('with a configuration that is none is refused with its place', async () => {
    const { status, body } = await service.call('POST', '/v2/autoreview/?path=json', {
      body: requestOf(bare, { complexity: [{ Name: 'Compose' }] }),
    })
    expect(status).toBe(400)
    expect(body.fields).toMatchObject([{ field: expect.stringMatching(/^configs\.complexity/) }])
  })
})

describe('File', () => {
  test.each(['review', 'report', 'diagram', 'exception'])(
    'answers the %s as a whole HTML document',
    async (type) => {
      const { body } = await post<{ data: { file: string; info: string } }>('file', requestOf(bare, { type }))
      expect(body.data.file).toMatch(/^<!doctype html>/i)
      expect(body.data.file).toContain('Reminder')
      expect(body.data.info).toContain(type)
    },
  )

  test('without a type is the review; of a type there is not is refused', async () => {
    const { body } = await post<{ data: { info: string } }>('file', requestOf(bare))
    expect(body.data.info).toMatch(/^review/)
    expect((await post('file', requestOf(bare, { type: 'poem' }))).status).toBe(400)
    const { status, body: problem } = await service.call('POST', '/v2/autoreview/?path=file', {
      body: requestOf(bare, { type: 'poem' }),
    })
    expect([status, problem.fields]).toMatchObject([400, [{ field: 'configs.type', rule: 'enum' }]])
  })

  test('escapes what a definition says', async () => {
    const hostile = {
      ...bare,
      actions: { '</title><script>alert(1)</script>': { type: 'Compose', inputs: '<img src=x>' } },
    }
    for (const type of ['review', 'report', 'diagram', 'exception']) {
      const { body } = await post<{ data: { file: string } }>('file', requestOf(hostile, { type }))
      expect(body.data.file).not.toMatch(/<script>alert|<img src=x/)
    }
  })
})

test('Diagram answers SVG', async () => {
  const { body } = await post<{ data: { image: string } }>('diagram', requestOf(bare, { type: 'SVG' }))
  expect(body.data.image).toMatch(/^<svg[\s>]/)
})

describe('HTTP', () => {
  test.each(['json', '/json', 'JSON'])('does what the path %s names', async (path) => {
    const answer = await service.call<{ data: Data }>(
      'POST',
      `/v2/autoreview/?path=${encodeURIComponent(path)}`,
      {
        body: requestOf(bare),
      },
    )
    expect(answer.body.data.steps).toBe(2)
  })

  test('of a path there is not is refused', async () => {
    const { status } = await service.call('POST', '/v2/autoreview/?path=__proto__', { body: requestOf(bare) })
    expect(status).toBe(400)
  })
})

describe('the older shapes', () => {
  const flow = { name: '1b2c', displayName: 'Reminder', owner: 'maker@example.com' }

  test('1.0.0.1 wraps every success', async () => {
    const json = await service.call<{ wrapped: Data }>('POST', '/v1/autoreview', {
      body: { ...flow, definition: bare },
    })
    expect(json.body.wrapped).toMatchObject({ name: 'Reminder', steps: 2 })
    const version = await service.call('GET', '/v1/autoreview?request=version')
    expect(version.body).toEqual({ wrapped: { version: '2.0.0', request: 'version' } })
  })

  test('2.0.0.0 answers what the query api wants, the review unless told', async () => {
    const personal = (api: string) =>
      service.call(`POST`, `/custom/autoreview/personal${api}`, { body: { ...flow, definition: bare } })
    expect((await personal('?api=json')).body).toMatchObject({ steps: 2 })
    expect((await personal('?api=diagram')).body.image).toMatch(/^<svg/)
    expect((await personal('')).body.file).toMatch(/^<!doctype html>/i)
    expect((await personal('?api=poem')).status).toBe(400)
    const dataverse = await service.call('POST', '/custom/autoreview/dataverse?api=json', {
      body: { ...flow, definition: JSON.stringify(clientData) },
    })
    expect(dataverse.body).toMatchObject({ steps: 2 })
    expect((await service.call('GET', '/custom/autoreview/info')).body).toHaveProperty('Information')
  })

  test('keep objects and texts apart', async () => {
    for (const [path, wrong] of [
      ['personal', JSON.stringify(bare)],
      ['dataverse', bare],
    ] as const) {
      const { status, body } = await service.call('POST', `/custom/autoreview/${path}`, {
        body: { ...flow, definition: wrong },
      })
      expect([status, body.fields]).toMatchObject([400, [{ field: expect.stringContaining('definition') }]])
    }
  })
})

describe('a caller', () => {
  test('needs a key, in the header or, as older clients send it, in the query', async () => {
    const info = '/v2/autoreview/'
    expect((await service.call('GET', info, { key: null })).status).toBe(401)
    expect((await service.call('GET', `${info}?apiKey=${service.key}`, { key: null })).status).toBe(200)
    expect((await service.call('GET', `${info}?apiKey=wrong`, { key: null })).status).toBe(401)
  })

  test('may call 100 times in a minute', async () => {
    const own = await startTestService(autoreviewService, { throttle: { calls: 100, seconds: 60 } })
    for (let n = 0; n < 100; n += 1) expect((await own.call('GET', '/v2/autoreview/')).status).toBe(200)
    const refused = await own.call('GET', '/v2/autoreview/')
    expect([refused.status, Number(refused.headers['retry-after']) > 0]).toEqual([429, true])
    await own.close()
  })

  test('may send definitions of several megabytes', async () => {
    const big = { ...bare, actions: { Text: { type: 'Compose', inputs: 'x'.repeat(3_000_000) } } }
    expect((await post('json', requestOf(big))).body.data.steps).toBe(1)
  })
})
