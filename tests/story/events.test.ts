import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publishedExample } from '@flowstead/catalog'
import { findProject, type RunningServer, startServer } from '@flowstead/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A flow that keeps what one webhook trigger gives. */
function listener(connection: string, operationId: string, parameters: object = {}) {
  const apiId = `/providers/Microsoft.PowerApps/apis/${connection}`
  return {
    properties: {
      connectionReferences: {
        [connection]: { runtimeSource: 'embedded', connection: {}, api: { name: connection } },
      },
      definition: {
        $schema:
          'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
        contentVersion: '1.0.0.0',
        triggers: {
          When: {
            type: 'OpenApiConnectionWebhook',
            inputs: { host: { connectionName: connection, operationId, apiId }, parameters },
          },
        },
        actions: { Keep: { type: 'Compose', inputs: '@triggerBody()', runAfter: {} } },
        outputs: {},
      },
    },
  }
}

const flows = {
  booking: listener('shared_vome', 'NewReservation'),
  profile: listener('shared_vome', 'NewProfile', { 'body/events': ['profile.created', 'profile.deleted'] }),
  session: listener('shared_phoenix', 'SessionScheduled'),
  job: listener('shared_planado', 'JobChanged', { 'body/event_types': ['job_finished'] }),
}

describe('events of the services', () => {
  const dir = mkdtempSync(join(tmpdir(), 'flowstead-events-'))
  let server: RunningServer

  beforeAll(async () => {
    for (const [name, flow] of Object.entries(flows)) {
      writeFileSync(join(dir, `${name}.flow.json`), JSON.stringify(flow))
    }
    const local = (connector: string) => ({ connector, target: `local:${connector.toLowerCase()}` })
    const project = {
      flows: ['*.flow.json'],
      connectors: [join(root, 'connectors')],
      connections: {
        shared_vome: local('Vome'),
        shared_phoenix: local('Phoenix'),
        shared_planado: local('Planado'),
      },
    }
    writeFileSync(join(dir, 'flowstead.json'), JSON.stringify(project))
    const only = ['vome', 'phoenix', 'planado']
    server = await startServer({ project: findProject(dir), mode: 'dev', only, port: 0, servicePorts: 'any' })
    expect(server.problems).toEqual([])
  })
  afterAll(async () => {
    await server.close()
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
  })

  async function call(base: string, key: string, path: string, body?: unknown) {
    const response = await fetch(base + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'x-api-key': key, authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    // biome-ignore lint/suspicious/noExplicitAny: the test looks into answers of several services
    return { status: response.status, body: (await response.json()) as any }
  }
  const api = (path: string) => call(server.url, server.token, path)
  const service = (name: string, path: string, body: unknown) => {
    const found = server.services.find((one) => one.name === name)
    return call(found?.url ?? '', found?.key ?? '', path, body)
  }
  const eventNamed = async (name: string) => {
    await expect
      .poll(async () => (await api(`/api/events?name=${name}`)).body.value[0]?.status, { timeout: 10_000 })
      .toBe('ACKNOWLEDGED')
    const [listed] = (await api(`/api/events?name=${name}`)).body.value
    return (await api(`/api/events/${listed.id}`)).body
  }

  test.each([
    ['vome', 'reservation.created', 'Vome', 1],
    ['vome', 'profile.deleted', 'Vome', 1],
    ['planado', 'job_finished', 'Planado', 2],
  ])(
    '%s tells of %s; its name, sender and version stand in the log',
    async (name, event, publisher, version) => {
      const { body: emitted } = await service(name, '/local/emit', { event })
      expect(await eventNamed(event)).toMatchObject({
        eventName: event,
        keyId: emitted.id,
        publisherNodeId: publisher,
        version,
        eventData: { name: event, type: 'event', payload: expect.any(Object) },
        runs: [expect.any(String)],
      })
    },
  )

  test('the published event of Phoenix arrives with the members it was published with', async () => {
    const { status } = await service('phoenix', '/api/v1/events', publishedExample)
    expect(status).toBe(201)
    const event = await eventNamed(publishedExample.eventName)
    expect(event).toMatchObject({
      keyId: publishedExample.keyId,
      eventData: publishedExample.eventData,
      version: 1,
      userId: null,
      talentId: publishedExample.talentId,
      publisherNodeId: publishedExample.publisherNodeId,
    })
    const { body: run } = await api(`/api/runs/${event.runs[0]}/wait?seconds=10`)
    expect(run.properties.actions.Keep.outputs).toMatchObject({ eventData: publishedExample.eventData })
    expect(run.properties.event).toEqual({
      id: event.id,
      eventName: publishedExample.eventName,
      keyId: publishedExample.keyId,
    })
  })

  test('the page of an event names the flow that asked for it beside its own', async () => {
    const response = await fetch(`${server.url}/events/profile.deleted`, {
      headers: { authorization: `Bearer ${server.token}` },
    })
    expect(await response.text()).toMatch(/Flows that receive it<\/dt><dd>profile/)
  })

  test('what the service did not sign is refused and is no event', async () => {
    const flow = server.flows().find(({ name }) => name.includes('booking'))
    const { body } = await api(`/api/flows/${flow?.id}/triggers/When/url`)
    const before = (await api('/api/events')).body.value.length
    const forged = await fetch(body.url, { method: 'POST', headers: { 'webhook-id': 'forged' }, body: '{}' })
    expect(forged.status).toBe(401)
    expect((await api('/api/events')).body.value).toHaveLength(before)
  })
})
