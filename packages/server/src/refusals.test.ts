import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, requestFlow, startIn, temporaryProject } from './server.testing.ts'
import type { RunningServer } from './start-server.ts'

const connectors = fileURLToPath(new URL('../../../connectors', import.meta.url))
const good = requestFlow({ Note: { type: 'Compose', inputs: 1, runAfter: {} } })
const odd = {
  ...good,
  triggers: { tick: { type: 'Recurrence', recurrence: { frequency: 'Fortnight', interval: 1 } } },
}

describe('a project with a recurrence that cannot be', () => {
  const project = temporaryProject({ good, odd }, { connectors: [connectors] })
  let server: RunningServer

  beforeAll(async () => {
    server = await startIn(project.dir)
  })
  afterAll(async () => {
    await server.close()
    project.remove()
  })

  test('starts with the other flows and names the place', () => {
    expect(server.flows().map(({ name, state }) => [name, state])).toEqual([['good.flow', 'on']])
    expect(server.problems).toEqual([
      expect.objectContaining({
        code: 'Trigger.InvalidRecurrence',
        pointer: '/definition/triggers/tick/recurrence/frequency',
      }),
    ])
  })

  test('importing such a flow is refused and stores nothing', async () => {
    const content = Buffer.from(JSON.stringify({ definition: odd, kind: 'Stateful' })).toString('base64')
    const body = { files: [{ name: 'odd/workflow.json', content }], on: true }
    const { status, body: answer } = await ask(server, '/api/flows/import', { method: 'POST', body })
    expect([status, answer.imported]).toEqual([422, false])
    expect(server.flows()).toHaveLength(1)
  })

  test('a connection parameter that the connector does not declare is refused and stored nowhere', async () => {
    const { status, body } = await ask(server, '/api/connections/shared_hotprofile', {
      method: 'PUT',
      body: { connector: 'HotProfile', parameters: { apikey: 'MARKER-4711' } },
    })
    expect([status, body.error.code, body.error.path]).toEqual([
      400,
      'Connection.UnknownParameter',
      'parameters/apikey',
    ])
    const files = readdirSync(server.data).filter((name) => name.startsWith('flowstead.db'))
    for (const file of files)
      expect(readFileSync(join(server.data, file), 'latin1')).not.toContain('MARKER-4711')
  })

  test('a service nobody knows is told from one that does not run', async () => {
    const emit = (name: string) =>
      ask(server, `/api/services/${name}/emit`, { method: 'POST', body: { event: 'x' } })
    expect((await emit('nothere')).body.error.code).toBe('Service.Unknown')
    expect((await emit('vome')).body.error.code).toBe('Service.NotRunning')
  })

  test.skipIf(process.platform === 'win32')('the data folder is open to its owner only', () => {
    expect(statSync(server.data).mode & 0o077).toBe(0)
  })
})
