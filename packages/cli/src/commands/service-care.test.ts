import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProject, startServer } from '@flowstead/server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { checkedJson, checkout, cli, temporaryFolder } from '../cli.testing.ts'

const listening = {
  properties: {
    connectionReferences: {
      shared_vome: { runtimeSource: 'embedded', connection: {}, api: { name: 'shared_vome' } },
    },
    definition: {
      $schema:
        'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
      contentVersion: '1.0.0.0',
      triggers: {
        When: {
          type: 'OpenApiConnectionWebhook',
          inputs: {
            host: { connectionName: 'shared_vome', operationId: 'NewProfile', apiId: '/apis/shared_vome' },
            parameters: {},
          },
        },
      },
      actions: { Text: { type: 'Compose', inputs: 1, runAfter: {} } },
      outputs: {},
    },
  },
}

/** A server with Vome in it, and a flow that listens to Vome. */
async function serverWithVome() {
  const dir = temporaryFolder()
  writeFileSync(join(dir, 'listening.flow.json'), JSON.stringify(listening))
  const project = {
    flows: ['*.flow.json'],
    connectors: [join(checkout, 'connectors')],
    connections: { shared_vome: { connector: 'Vome', target: 'local:vome' } },
  }
  writeFileSync(join(dir, 'flowstead.json'), JSON.stringify(project))
  const options = { mode: 'dev', only: ['vome'], port: 0, servicePorts: 'any' } as const
  const server = await startServer({ project: findProject(dir), ...options })
  onTestFinished(() => server.close())
  return { server, care: (...argv: string[]) => cli(['service', ...argv, '--dir', dir]) }
}

/** `service start mail` as a process of its own. */
async function mailAlone(data: string) {
  const bin = join(checkout, 'packages/cli/bin/flowstead.mjs')
  const argv = [bin, 'service', 'start', 'mail', '--port', '0', '--smtp-port', '0', '--data', data, '--json']
  const child = spawn(process.execPath, argv, { cwd: checkout, stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exit = once(child, 'exit')
  let text = ''
  for await (const chunk of child.stdout) {
    text += chunk
    if (text.endsWith('}\n')) break
  }
  return { exit, url: checkedJson(text, 'service/1').url as string }
}

describe('a service in the server', () => {
  test('is reset where it was, and the flows subscribe again', async () => {
    const { care, server } = await serverWithVome()
    const [before] = server.services
    const { code, out } = await care('reset', 'vome', '--yes', '--json')
    expect([code, checkedJson(out, 'reset/1').service]).toEqual([0, 'vome'])
    const [vome] = server.services
    expect(vome?.url).toBe(before?.url)
    expect(vome?.key).not.toBe(before?.key)
    const headers = { 'x-api-key': vome?.key ?? '' }
    const subscribed = async () => (await fetch(`${vome?.url}/local/subscriptions`, { headers })).json()
    await expect
      .poll(subscribed, { timeout: 10_000 })
      .toMatchObject({ subscriptions: [{ events: ['profile.created'] }] })
  })

  test('is seeded and stopped, while the server goes on', async () => {
    const { care, server } = await serverWithVome()
    checkedJson((await care('seed', 'vome', '--json')).out, 'seeded/1')
    checkedJson((await care('stop', 'vome', '--json')).out, 'stopped/1')
    expect(server.services).toEqual([])
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    for (const verb of ['stop', 'seed']) expect((await care(verb, 'vome')).err).toContain('does not run')
  })
})

// Windows ends a process at once, so that it cannot say goodbye.
test.skipIf(process.platform === 'win32')('a service of its own ends gracefully', async () => {
  const data = temporaryFolder()
  const { exit, url } = await mailAlone(data)
  expect((await cli(['service', 'stop', 'mail', '--data', data])).out).toContain('has stopped')
  expect(await exit).toEqual([0, null])
  await expect(fetch(`${url}/health`)).rejects.toThrow()
})

test('data is deleted only when somebody agrees', async () => {
  const data = temporaryFolder()
  const folder = join(data, 'services', 'mail')
  mkdirSync(folder, { recursive: true })
  const reset = (answer?: string) =>
    cli(['service', 'reset', 'mail', '--data', data], answer === undefined ? {} : { answer })
  expect((await reset()).code).toBe(2)
  expect((await reset('n')).code).toBe(5)
  expect(existsSync(folder)).toBe(true)
  expect((await reset('y')).code).toBe(0)
  expect(existsSync(folder)).toBe(false)
  expect((await reset('y')).code).toBe(1)
})

test('a service that there is not is a mistake in usage', async () => {
  for (const verb of ['stop', 'reset', 'seed']) expect((await cli(['service', verb, 'nix'])).code).toBe(2)
})
