import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type CliResult, cli, temporaryFolder } from '../cli.testing.ts'
import type { Interrupt } from '../io.ts'
import { placeOf } from './import.ts'

const polling = {
  definition: {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    triggers: { Mail: { type: 'ApiConnection', inputs: {}, recurrence: { frequency: 'Hour', interval: 1 } } },
    actions: { Text: { type: 'Compose', inputs: 1, runAfter: {} } },
    outputs: {},
  },
}

/** A project with one flow that nothing starts and two connector folders of no use. */
function project(): string {
  const dir = temporaryFolder()
  for (const name of ['First', 'Second']) {
    mkdirSync(join(dir, 'connectors', name), { recursive: true })
    writeFileSync(join(dir, 'connectors', name, 'apiDefinition.swagger.json'), '{')
  }
  mkdirSync(join(dir, 'flows'))
  writeFileSync(join(dir, 'flows', 'polling.json'), JSON.stringify(polling))
  writeFileSync(join(dir, 'flowstead.json'), '{"connectors":["connectors"]}')
  return dir
}

/** Runs `start` on the project; once its screen stands, `visit`, then Ctrl-C. */
async function withServer(dir: string, visit: () => Promise<void>): Promise<CliResult> {
  let press: (signal: Interrupt) => void = () => undefined
  const interrupted = new Promise<Interrupt>((resolve) => {
    press = resolve
  })
  let visited: Promise<void> | undefined
  const onOutput = (text: string) => {
    if (text.includes('Flows (')) visited ??= visit().finally(() => press('SIGTERM'))
  }
  const result = await cli(['start', '--dir', dir, '--port', '0'], { interrupted, onOutput })
  await visited
  return result
}

test('every broken connector folder is named at start, and the server starts', async () => {
  const dir = project()
  const { code, err } = await withServer(dir, async () => {
    const doctor = await cli(['doctor', '--dir', dir])
    expect(doctor.out).toMatch(/fix: Repair ".*First", ".*Second"/)
  })
  expect(code).toBe(0)
  expect(err).toMatch(/Connector\.Broken[\s\S]*First[\s\S]*Connector\.Broken[\s\S]*Second/)
})

test('a flow that is on but that nothing starts is said to be so', async () => {
  const dir = project()
  await withServer(dir, async () => {
    const imported = await cli(['import', 'polling.json', '--on'], { cwd: join(dir, 'flows') })
    expect([imported.code, imported.err]).toEqual([0, expect.stringContaining('Trigger.NotArmed')])
    expect((await cli(['flow', 'list', '--dir', dir])).err).toContain('Trigger.NotArmed')
    await cli(['flow', 'disable', 'polling', '--dir', dir])
    expect((await cli(['flow', 'list', '--dir', dir])).err).toBe('')
    expect((await cli(['flow', 'enable', 'polling', '--dir', dir])).err).toContain('Trigger.NotArmed')
  })
})

test('a file is the same flow from whatever folder it is imported', async () => {
  const dir = project()
  await withServer(dir, async () => {
    await cli(['import', 'polling.json'], { cwd: join(dir, 'flows') })
    await cli(['import', join(dir, 'flows', 'polling.json'), '--dir', dir])
    const { value } = JSON.parse((await cli(['flow', 'list', '--json', '--dir', dir])).out)
    expect(value.map(({ id }: { id: string }) => id)).toEqual(['flows-polling'])
  })
})

test.skipIf(process.platform === 'win32')('files outside the project keep their absolute path', () => {
  expect(placeOf('/a/flows/x.json', '/a')).toBe('flows/x.json')
  expect(placeOf('/b/x.json', '/a')).toBe('/b/x.json')
  expect(placeOf('/b/x.json', undefined)).toBe('/b/x.json')
})

test('a Node that is too old is told in one sentence, with exit code 4', async () => {
  const bin = fileURLToPath(new URL('../../bin/flowstead.mjs', import.meta.url))
  const old = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.1'})`
  const ended = await new Promise((resolve) => {
    execFile(process.execPath, ['--import', old, bin, 'eval', '1'], (error, out, err) =>
      resolve([error?.code, out, err]),
    )
  })
  expect(ended).toEqual([4, '', 'Flowstead needs Node 20.19 or newer; this is Node 18.20.1.\n'])
})
