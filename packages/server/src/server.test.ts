import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, requestFlow, startIn, temporaryProject } from './server.testing.ts'
import type { RunningServer } from './start-server.ts'

const hello = requestFlow({
  Greeting: { type: 'Compose', inputs: "Hello @{triggerBody()?['name']}", runAfter: {} },
  Response: {
    type: 'Response',
    kind: 'Http',
    inputs: { statusCode: 201, headers: { 'X-Kind': 'greeting' }, body: { text: "@outputs('Greeting')" } },
    runAfter: { Greeting: ['Succeeded'] },
  },
  Afterwards: { type: 'Compose', inputs: 'still runs', runAfter: { Response: ['Succeeded'] } },
})
const quiet = requestFlow({ Note: { type: 'Compose', inputs: '@triggerBody()', runAfter: {} } })
const silent = requestFlow({
  Never: {
    type: 'If',
    expression: { equals: [1, 2] },
    actions: { Response: { type: 'Response', inputs: { statusCode: 200 }, runAfter: {} } },
    runAfter: {},
  },
})
const waiting = requestFlow({
  Long: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Day' } }, runAfter: {} },
})
const parent = requestFlow({
  Call: {
    type: 'Workflow',
    inputs: { host: { workflow: { id: 'hello.flow' } }, body: { name: 'child' } },
    runAfter: {},
  },
})
const hook = requestFlow({
  Ask: {
    type: 'HttpWebhook',
    inputs: {
      subscribe: { method: 'POST', uri: 'https://127.0.0.1:1/', body: '@listCallbackUrl()' },
      unsubscribe: {},
    },
    runAfter: {},
  },
})

describe('server', () => {
  const project = temporaryProject({ hello, quiet, silent, waiting, hook, parent })
  let server: RunningServer

  beforeAll(async () => {
    server = await startIn(project.dir)
  })
  afterAll(async () => {
    await server.close()
    project.remove()
  })

  const urlOf = (name: string) =>
    server.flows().find((flow) => flow.name.includes(name))?.triggers[0]?.url ?? ''
  const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })

  test('a Response action answers the caller, and the run goes on to its end', async () => {
    const answer = await post(urlOf('hello'), { name: 'Jana' })
    expect([answer.status, answer.headers.get('x-kind'), await answer.json()]).toEqual([
      201,
      'greeting',
      { text: 'Hello Jana' },
    ])
    const run = answer.headers.get('x-ms-workflow-run-id')
    const { body } = await ask(server, `/api/runs/${run}/wait?seconds=10`)
    expect(body).toMatchObject({
      schema: 'run/1',
      properties: {
        status: 'Succeeded',
        actions: {
          Greeting: { status: 'Succeeded', outputs: 'Hello Jana' },
          Response: { status: 'Succeeded', outputs: { statusCode: 201 } },
          Afterwards: { status: 'Succeeded' },
        },
      },
    })
  })

  test('a flow without Response answers 202 and is found in the list', async () => {
    const answer = await post(urlOf('quiet'), { a: 1 })
    expect(answer.status).toBe(202)
    const run = answer.headers.get('x-ms-workflow-run-id')
    const { body } = await ask(server, '/api/runs?status=Succeeded&limit=1000')
    expect(body.value.map(({ name }: { name: string }) => name)).toContain(run)
  })

  test('a flow calls another one and gets its response', async () => {
    const run = (await post(urlOf('parent'), {})).headers.get('x-ms-workflow-run-id')
    const { body } = await ask(server, `/api/runs/${run}/wait?seconds=10`)
    expect(body.properties).toMatchObject({
      status: 'Succeeded',
      actions: { Call: { status: 'Succeeded', outputs: { statusCode: 201, body: { text: 'Hello child' } } } },
    })
  })

  test('a flow that ends without its Response answers 502', async () => {
    const answer = await post(urlOf('silent'), {})
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
      502,
      'NoResponse',
    ])
  })

  test.each([
    ['a wrong signature', (url: string) => url.replace(/sig=.{5}/, 'sig=wrong'), 'POST', 401],
    ['another trigger', (url: string) => url.replace('/manual?', '/other?'), 'POST', 404],
    ['another flow', (url: string) => url.replace('/t/', '/t/x'), 'POST', 404],
    ['a method it does not take', (url: string) => url, 'GET', 405],
  ])('%s starts no run', async (_what, change, method, status) => {
    const before = await ask(server, '/api/runs?limit=1000')
    expect((await fetch(change(urlOf('quiet')), { method })).status).toBe(status)
    const after = await ask(server, '/api/runs?limit=1000')
    expect(after.body.value).toHaveLength(before.body.value.length)
  })

  test('a body over 10 MB is refused with 413, one that is not JSON with 400', async () => {
    expect((await post(urlOf('quiet'), 'x'.repeat(11 * 1024 * 1024))).status).toBe(413)
    const broken = await fetch(urlOf('quiet'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    })
    expect([broken.status, ((await broken.json()) as { error: { code: string } }).error.code]).toEqual([
      400,
      'Trigger.InvalidBody',
    ])
  })

  test('a flow that is turned off answers 410 until it is on again', async () => {
    const { id } = server.flows().find(({ name }) => name.includes('quiet')) ?? { id: '' }
    await ask(server, `/api/flows/${id}/disable`, { method: 'POST' })
    expect((await post(urlOf('quiet'), {})).status).toBe(410)
    await ask(server, `/api/flows/${id}/enable`, { method: 'POST' })
    expect((await post(urlOf('quiet'), {})).status).toBe(202)
  })

  test('a second delivery with the same webhook-id gives the first run; another body is a conflict', async () => {
    const headers = { 'webhook-id': 'msg_1' }
    const first = await post(urlOf('quiet'), { n: 1 }, headers)
    const second = await post(urlOf('quiet'), { n: 1 }, headers)
    expect(second.headers.get('x-ms-workflow-run-id')).toBe(first.headers.get('x-ms-workflow-run-id'))
    expect(second.headers.get('x-flowstead-duplicate')).toBe('true')
    expect((await post(urlOf('quiet'), { n: 2 }, headers)).status).toBe(409)
  })

  test('a run is cancelled once; the second time is 409', async () => {
    const run = (await post(urlOf('waiting'), {})).headers.get('x-ms-workflow-run-id')
    const cancelled = await ask(server, `/api/runs/${run}/cancel`, { method: 'POST' })
    expect(cancelled.body.properties).toMatchObject({
      status: 'Cancelled',
      actions: { Long: { status: 'Cancelled' } },
    })
    expect((await ask(server, `/api/runs/${run}/cancel`, { method: 'POST' })).status).toBe(409)
  })

  test('a resubmitted run takes the same trigger outputs and names its origin', async () => {
    const origin = (await post(urlOf('quiet'), { kept: true })).headers.get('x-ms-workflow-run-id')
    const { body } = await ask(server, `/api/runs/${origin}/resubmit`, { method: 'POST' })
    const again = await ask(server, `/api/runs/${body.run}/wait?seconds=10`)
    expect(again.body.properties).toMatchObject({
      originRunName: origin,
      status: 'Succeeded',
      actions: { Note: { outputs: { kept: true } } },
    })
  })

  test('every route of the API is closed without the token', async () => {
    for (const path of [
      '/api',
      '/api/flows',
      '/api/runs',
      '/api/connections',
      '/api/connectors',
      '/api/services',
    ]) {
      expect((await fetch(server.url + path)).status).toBe(401)
    }
    expect((await fetch(`${server.url}/api/stop`, { method: 'POST' })).status).toBe(401)
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
  })

  test('a second server on the same data folder is refused, and names the first', async () => {
    await expect(startIn(project.dir)).rejects.toThrow(
      expect.objectContaining({
        code: 'Server.DataLocked',
        message: expect.stringContaining(String(process.pid)),
      }),
    )
  })

  test('a taken port is one named error', async () => {
    const other = temporaryProject()
    await expect(startIn(other.dir, { port: Number(new URL(server.url).port) })).rejects.toThrow(
      expect.objectContaining({ code: 'Server.PortTaken' }),
    )
    other.remove()
  })
})

describe('a server that starts again', () => {
  test('has its flows, its addresses and its finished runs', async () => {
    const project = temporaryProject({ quiet })
    const first = await startIn(project.dir)
    const path = new URL(first.flows()[0]?.triggers[0]?.url ?? '')
    const run = (await fetch(path, { method: 'POST', body: '{}' })).headers.get('x-ms-workflow-run-id')
    await ask(first, `/api/runs/${run}/wait?seconds=10`)
    await first.close()

    const second = await startIn(project.dir)
    expect([first.isFirstStart, second.isFirstStart]).toEqual([true, false])
    expect((await ask(second, `/api/runs/${run}`)).body.properties.status).toBe('Succeeded')
    expect((await fetch(second.url + path.pathname + path.search, { method: 'POST' })).status).toBe(202)
    await second.close()
    project.remove()
  })
})
