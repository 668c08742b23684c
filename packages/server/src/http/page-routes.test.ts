import { join } from 'node:path'
import { publishedExample, sessionEventNames } from '@flowstead/catalog'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, requestFlow, startIn, temporaryProject } from '../server.testing.ts'
import type { RunningServer } from '../start-server.ts'

const phoenixFlow = {
  ...requestFlow({ Note: { type: 'Compose', inputs: '@triggerBody()', runAfter: {} } }),
  triggers: {
    scheduled: {
      type: 'ApiConnectionWebhook',
      inputs: {
        host: {
          connectionName: 'shared_phoenix',
          operationId: 'SessionScheduled',
          apiId: '/apis/shared_phoenix',
        },
      },
    },
  },
}
const project = temporaryProject(
  { '<Tell the coach>': phoenixFlow },
  { connectors: [join(import.meta.dirname, '../../../../connectors')] },
)
let server: RunningServer

beforeAll(async () => {
  server = await startIn(project.dir)
})
afterAll(async () => {
  await server.close()
  project.remove()
})

/** A browser that was signed in by a link. */
async function signedIn(to = '/events'): Promise<{ cookie: string }> {
  const { body } = await ask(server, '/api/links', { method: 'POST', body: { to } })
  const response = await fetch(body.url, { redirect: 'manual' })
  expect([response.status, response.headers.get('location')]).toEqual([303, to])
  return { cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' }
}

async function page(path: string) {
  const response = await fetch(server.url + path, { headers: await signedIn() })
  return { response, text: await response.text() }
}

describe('a link', () => {
  test('signs a browser in once', async () => {
    const { body } = await ask(server, '/api/links', { method: 'POST' })
    expect(body.schema).toBe('link/1')
    expect((await fetch(body.url, { redirect: 'manual' })).status).toBe(303)
    expect((await fetch(body.url, { redirect: 'manual' })).status).toBe(410)
  })

  test('opens pages and not the API, and leads nowhere else', async () => {
    const headers = await signedIn()
    expect((await fetch(`${server.url}/events`, { headers })).status).toBe(200)
    expect((await fetch(`${server.url}/api/events`, { headers })).status).toBe(401)
    for (const to of ['//evil.example', 'https://evil.example', '/\\evil', '/a\r\nb', 5]) {
      expect((await ask(server, '/api/links', { method: 'POST', body: { to } })).status).toBe(400)
    }
  })

  test('is needed', async () => {
    const response = await fetch(`${server.url}/events`)
    expect([response.status, response.headers.get('content-type')]).toEqual([401, 'text/html; charset=utf-8'])
    expect(await response.text()).toContain('npx flowstead event page')
    const forged = await fetch(`${server.url}/events`, { headers: { cookie: 'flowstead_0=x' } })
    expect(forged.status).toBe(401)
  })
})

describe('the page of all events', () => {
  test('names each event of each system', async () => {
    const { response, text } = await page('/events')
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    for (const name of [...sessionEventNames, 'reservation.created', 'profile.archived', 'job_finished']) {
      expect(text).toContain(`<a href="/events/${name}">${name}</a>`)
    }
    expect(text.match(/<a href="\/events\//g)?.length).toBeGreaterThanOrEqual(2 * (13 + 16 + 6))
    expect(text).not.toMatch(/<script|<link[^>]+http/i)
  })
})

describe('the page of an event', () => {
  test('shows the model event with both schemas, example, graph and receivers', async () => {
    const { text } = await page('/events/VCSessionScheduledEvent')
    const shown = (value: string) => expect(text).toContain(value.replaceAll('"', '&quot;'))
    shown('A coaching session of the Phoenix B2C learning path has been scheduled.')
    shown('<dt>Version</dt><dd>1</dd>')
    shown(publishedExample.keyId)
    shown('"$id": "VCSessionScheduledEventPayloadTSchema"')
    shown('"$id": "https://flowstead.dev/schemas/phoenix/v1/VCSessionScheduledEvent.json"')
    expect(text).toMatch(/appointment\.coach<\/td><td>was anything, always there<\/td><td>is anything<\/td>/)
    const kinds = [...text.matchAll(/data-kind="(\w+)"/g)].map(([, kind]) => kind)
    expect(kinds).toEqual(['domain', 'service', 'event', 'flow'])
    expect(text).toContain('&lt;Tell the coach&gt;')
    expect(text).not.toContain('<Tell the coach>')
  })

  test('says when it was last seen, once it was', async () => {
    expect((await page('/events/VCSessionScheduledEvent')).text).toContain('not yet on this server')
    const [flow] = server.flows()
    const { url } = (await ask(server, `/api/flows/${flow?.id}/triggers/scheduled/url`)).body
    await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    const { text } = await page('/events/VCSessionScheduledEvent')
    expect(text).toMatch(/Last seen<\/dt><dd>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/)
    expect(text).toContain('ACKNOWLEDGED')
  })

  test('exists for every event, and for nothing else', async () => {
    const links = (await page('/events')).text.matchAll(/<td class="name"><a href="([^"]+)"/g)
    const headers = await signedIn()
    for (const [, path = ''] of links) {
      expect([path, (await fetch(server.url + path, { headers })).status]).toEqual([path, 200])
    }
    const { response, text } = await page('/events/%3Cscript%3E')
    expect(response.status).toBe(404)
    expect(text).not.toContain('<script>')
  })
})
