import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type CliResult, type CliSettings, checkedJson, cli, temporaryFolder } from '../cli.testing.ts'
import type { Interrupt } from '../io.ts'

const lastLine = /\n {2}npx flowstead run list.*\n$/

interface Started {
  readonly screen: string
  readonly result: Promise<CliResult>
  interrupt(signal: Interrupt): Promise<CliResult>
}

/** `dev` on free ports, once `until` was printed. */
async function startDev(
  data: string,
  argv: readonly string[] = [],
  until: RegExp = lastLine,
): Promise<Started> {
  let press: (signal: Interrupt) => void = () => undefined
  const interrupted = new Promise<Interrupt>((resolve) => {
    press = resolve
  })
  let shown: (text: string) => void = () => undefined
  const screen = new Promise<string>((resolve) => {
    shown = resolve
  })
  const settings: CliSettings = {
    interrupted,
    onOutput: (text) => {
      if (until.test(text)) shown(text)
    },
  }
  const result = cli(['dev', '--any-ports', '--data', data, ...argv], settings)
  const ended = result.then(({ err }) => Promise.reject(new Error(`dev ended early: ${err}`)))
  onTestFinished(async () => {
    press('SIGTERM')
    await result
  })
  return {
    screen: await Promise.race([screen, ended]),
    result,
    interrupt: (signal) => {
      press(signal)
      return result
    },
  }
}

const jsonBody = { 'content-type': 'application/json' }
const greeting = {
  definition: {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
    actions: {
      Text: { type: 'Compose', inputs: "Hello @{triggerBody()?['name']}", runAfter: {} },
      Answer: {
        type: 'Response',
        inputs: { statusCode: 200, body: "@outputs('Text')" },
        runAfter: { Text: ['Succeeded'] },
      },
    },
    outputs: {},
  },
}

const urls = (text: string) => text.match(/https?:\/\/[^\s'"]+/g) ?? []
const tokenOf = (data: string) =>
  (JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')) as { token: string }).token

describe('dev', () => {
  // The printed command is for the shell of the platform; this one needs a POSIX shell and curl.
  test.skipIf(process.platform === 'win32')(
    'tells the first booking; each printed address and command works; Ctrl-C ends it',
    async () => {
      const data = temporaryFolder()
      const dev = await startDev(data)
      const [head = '', tail = ''] = dev.screen.split('Book the next shift:\n')

      expect(head).toMatch(/^Flowstead \d+\.\d+\.\d+ {3}data: .* \(kept\) {3}Ctrl-C stops\n/)
      expect(head).toMatch(/Flows \(\d+ on, 0 off\)\n(?: {2}.*\n)* {2}Booking confirmation/)
      expect(head).toMatch(/Run \d{29}CU\d\d {3}Booking confirmation {3}Succeeded/)
      expect(head).toMatch(/Get_clients +Succeeded/)
      expect(head).toMatch(/Exception +Skipped/)
      expect(head).toMatch(/HotProfile +client +\d+/)
      expect(head).toMatch(/Mail box +mail +"Your shift: .*" to \S+@/)

      expect(urls(head).length).toBeGreaterThanOrEqual(4)
      for (const url of urls(head)) {
        const response = await fetch(url, { headers: { authorization: `Bearer ${tokenOf(data)}` } })
        // A trigger address answers to POST; looking at it says so and starts nothing.
        expect([url, response.status]).toEqual([url, url.includes('/t/') ? 405 : 200])
      }

      const [command = ''] = tail.split('\n')
      expect(command).not.toContain(serviceKey(data))
      const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command])
      expect(JSON.parse(stdout)).toBeTypeOf('object')
      await expect.poll(() => runCount(data), { timeout: 10_000 }).toBe(2)
      const [own = ''] = tail.match(/npx flowstead .*/) ?? []
      const listed = await cli(own.split(' ').slice(2))
      expect([listed.code, listed.out.match(/CU\d\d/g)?.length]).toEqual([0, 2])

      expect((await dev.interrupt('SIGINT')).code).toBe(130)
    },
  )

  test('a later start prints the last run and books nothing', async () => {
    const data = temporaryFolder()
    await (await startDev(data)).interrupt('SIGTERM')
    const again = await startDev(data)
    expect(again.screen).toContain('The last run\nRun ')
    expect(again.screen).not.toContain('Booking a shift')
    expect(await runCount(data)).toBe(1)
    expect((await again.interrupt('SIGTERM')).code).toBe(0)
  })

  test('a stop over the API ends it with 0', async () => {
    const data = temporaryFolder()
    const dev = await startDev(data, ['--json'], /\}\n$/)
    const { url } = checkedJson(dev.screen, 'server/1') as unknown as { url: string }
    const headers = { authorization: `Bearer ${tokenOf(data)}` }
    expect((await fetch(`${url}/api/stop`, { method: 'POST', headers })).status).toBe(202)
    expect((await dev.result).code).toBe(0)
  })

  test('a notification that Vome did not sign is refused with 401 and starts no run', async () => {
    const data = temporaryFolder()
    await startDev(data)
    const { out } = await cli(['trigger', 'url', 'Booking confirmation', '--data', data])
    const unsigned = { 'webhook-id': 'msg_1', 'webhook-timestamp': `${Math.floor(Date.now() / 1000)}` }
    for (const signature of ['', 'v1,AAAA', `v1,${Buffer.alloc(32).toString('base64')}`]) {
      const headers = { ...jsonBody, ...unsigned, 'webhook-signature': signature }
      const answer = await fetch(out.trim(), { method: 'POST', headers, body: '{"id":"made up"}' })
      expect(answer.status).toBe(401)
    }
    expect(await runCount(data)).toBe(1)
  })

  test('the other commands speak to it', async () => {
    const data = temporaryFolder()
    await startDev(data)
    for (const [schema, ...argv] of [
      ['flows/1', 'flow', 'list'],
      ['runs/1', 'run', 'list'],
      ['services/1', 'service', 'list'],
      ['connections/1', 'connection', 'list'],
      ['doctor/1', 'doctor'],
      ['flow/1', 'flow', 'disable', 'Booking confirmation'],
      ['flow/1', 'flow', 'enable', 'Booking confirmation'],
      ['import/1', 'import', 'examples', '--plan'],
      ['emitted/1', 'service', 'emit', 'vome', 'reservation.created'],
    ] as const) {
      const { code, out, err } = await cli([...argv, '--json', '--data', data])
      expect([argv, code, err]).toEqual([argv, 0, ''])
      checkedJson(out, schema)
    }
    await expect.poll(() => runCount(data), { timeout: 10_000 }).toBe(2)
  })

  test('a flow of ones own is imported, called at its signed address and run by name', async () => {
    const data = temporaryFolder()
    await startDev(data, ['--json'], /\}\n$/)
    const file = join(temporaryFolder(), 'greeting.json')
    writeFileSync(file, JSON.stringify(greeting))
    const imported = await cli(['import', file, '--on', '--data', data])
    expect([imported.code, imported.err]).toEqual([0, ''])
    expect(imported.out).toContain('supported  2 of 2')

    const { out: url } = await cli(['trigger', 'url', 'greeting', '--data', data])
    const answer = await fetch(url.trim(), { method: 'POST', body: '{"name":"Ana"}', headers: jsonBody })
    expect([answer.status, await answer.text()]).toEqual([200, 'Hello Ana'])
    const forged = url.trim().replace(/sig=(.)/, (_, first) => `sig=${first === '_' ? '-' : '_'}`)
    expect((await fetch(forged, { method: 'POST' })).status).toBe(401)

    const run = await cli(['flow', 'run', 'greeting', '--set', 'name=Zoë', '--json', '--data', data])
    expect(run.code).toBe(0)
    expect(run.out).toContain('"outputs": "Hello Zoë"')
  })

  test('a broken flow is refused with its place, and nothing is imported', async () => {
    const data = temporaryFolder()
    await startDev(data, ['--json'], /\}\n$/)
    const file = join(temporaryFolder(), 'broken.json')
    const broken = { ...greeting.definition.actions.Text, runAfter: { Nobody: ['Succeeded'] } }
    writeFileSync(file, JSON.stringify({ definition: { ...greeting.definition, actions: { Text: broken } } }))
    const { code, out } = await cli(['import', file, '--data', data])
    expect(code).toBe(1)
    expect(out).toContain('error[Definition.MissingRunAfter]')
    expect(out).toContain('broken.json:1:')
    const flows = await cli(['flow', 'list', '--data', data])
    expect(flows.out).toContain('Booking confirmation')
    expect(flows.out).not.toContain('broken')
  })

  test('a second one on the same data folder exits with 4', async () => {
    const data = temporaryFolder()
    await startDev(data, ['--json'], /\}\n$/)
    const { code, err } = await cli(['dev', '--any-ports', '--data', data])
    expect(code).toBe(4)
    expect(err).toContain('error[Server.DataLocked]')
  })
})

describe('dev --fresh', () => {
  test('asks, and deletes nothing when the answer is no', async () => {
    const data = dataFolder()
    const { code } = await cli(['dev', '--fresh', '--data', data], { answer: 'n' })
    expect(code).toBe(5)
    expect(existsSync(join(data, 'services'))).toBe(true)
  })

  test('is wrong usage when nobody can be asked', async () => {
    const data = dataFolder()
    expect((await cli(['dev', '--fresh', '--data', data])).code).toBe(2)
    expect(existsSync(join(data, 'services'))).toBe(true)
  })

  test('leaves a folder alone that is not ours', async () => {
    const data = temporaryFolder()
    writeFileSync(join(data, 'thesis.txt'), 'mine')
    expect((await cli(['dev', '--fresh', '--yes', '--data', data])).code).toBe(4)
    expect(existsSync(join(data, 'thesis.txt'))).toBe(true)
  })

  test('begins anew after a yes', async () => {
    const data = dataFolder()
    writeFileSync(join(data, 'services', 'old'), '')
    const dev = await startDev(data, ['--fresh', '--yes', '--json'], /\}\n$/)
    expect(existsSync(join(data, 'services', 'old'))).toBe(false)
    await dev.interrupt('SIGTERM')
  })
})

function dataFolder(): string {
  const data = temporaryFolder()
  mkdirSync(join(data, 'services'))
  return data
}

async function runCount(data: string): Promise<number> {
  const { out } = await cli(['run', 'list', '--json', '--data', data])
  return (JSON.parse(out) as { value: unknown[] }).value.length
}

function serviceKey(data: string): string {
  const file = join(data, 'services', 'vome', 'service.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { key: string }).key
}
