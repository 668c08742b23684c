import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProject } from './project.ts'
import { type RunningServer, type ServerOptions, startServer } from './start-server.ts'

/** A project in a temporary folder. `flows` are Logic Apps `workflow.json` definitions by name. */
export function temporaryProject(flows: Record<string, unknown> = {}, settings: object = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'flowstead-server-'))
  const project = { flows: ['*.flow.json'], connectors: [], ...settings }
  writeFileSync(join(dir, 'flowstead.json'), JSON.stringify(project))
  for (const [name, definition] of Object.entries(flows)) {
    writeFileSync(join(dir, `${name}.flow.json`), JSON.stringify({ definition, kind: 'Stateful' }))
  }
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

/** A server on free ports, without local services unless asked for. */
export function startIn(dir: string, options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  return startServer({
    project: findProject(dir),
    mode: 'dev',
    only: [],
    port: 0,
    servicePorts: 'any',
    ...options,
  })
}

/** Asks the API as its owner. */
export async function ask(
  server: RunningServer,
  path: string,
  init: { method?: string; body?: unknown } = {},
) {
  const response = await fetch(server.url + path, {
    method: init.method ?? 'GET',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  return { status: response.status, body: (await response.json().catch(() => undefined)) as any }
}

/** A definition with a Request trigger and these actions. */
export function requestFlow(actions: Record<string, unknown>, trigger: object = {}) {
  return {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} }, ...trigger } },
    actions,
    outputs: {},
  }
}
