import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProject, type RunningServer, startServer } from '@flowstead/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The sample project in a folder of its own, with the connectors' throttle off. */
function sampleProject(): string {
  const dir = mkdtempSync(join(tmpdir(), 'flowstead-story-'))
  const flows = join(dir, 'flows')
  mkdirSync(flows)
  cpSync(join(root, 'examples', 'booking-confirmation', 'Workflows'), flows, { recursive: true })
  const local = (connector: string, service: string) => ({
    connector,
    target: `local:${service}`,
    throttle: null,
  })
  writeFileSync(
    join(dir, 'flowstead.json'),
    JSON.stringify({
      flows: ['flows/*.json'],
      connectors: [join(root, 'connectors')],
      connections: {
        shared_vome: local('Vome', 'vome'),
        shared_hotprofile: local('HotProfile', 'hotprofile'),
        shared_smtp: local('SMTP', 'mail'),
      },
    }),
  )
  return dir
}

interface Row {
  readonly [member: string]: unknown
}

describe('the same volunteer booking twenty times at once', () => {
  const dir = sampleProject()
  let server: RunningServer

  beforeAll(async () => {
    server = await startServer({
      project: findProject(dir),
      mode: 'dev',
      only: ['vome', 'hotprofile', 'mail'],
      port: 0,
      servicePorts: 'any',
      services: { throttle: 'off' },
    })
  })
  afterAll(async () => {
    await server.close()
    rmSync(dir, { recursive: true, force: true })
  })

  const service = (name: string) => {
    const found = server.services.find((one) => one.name === name)
    if (!found) throw new Error(`${name} does not run`)
    return found
  }
  const ask = async (url: string, init: RequestInit = {}) => {
    const response = await fetch(url, init)
    if (!response.ok) throw new Error(`${url} answered ${response.status} ${await response.text()}`)
    return (await response.json()) as Row
  }
  const vome = (path: string, body?: unknown) =>
    ask(service('vome').url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'x-api-key': service('vome').key, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const hotprofile = async (what: 'clients' | 'leads', search: Record<string, string>) => {
    const query = new URLSearchParams({ api_key: service('hotprofile').key, ...search })
    const answer = await ask(
      `${service('hotprofile').url}/rest_api/v1/${what}/get_entry_list_flow?${query}`,
      {
        method: 'POST',
      },
    )
    return answer[what] as Row[]
  }
  const api = async (path: string) =>
    ask(server.url + path, { headers: { authorization: `Bearer ${server.token}` } })

  test('ends with one client and twenty leads, because the trigger lets one run at a time', {
    timeout: 60_000,
  }, async () => {
    const [opportunity] = ((await vome('/api/v1/opportunities')) as { data: Row[] }).data
    const shifts = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        vome('/api/v1/shifts', {
          opportunity_id: opportunity?.id,
          shift_title: `Shift ${n}`,
          shift_start_at: `2099-01-${String(n + 1).padStart(2, '0')}T08:00:00Z`,
          shift_end_at: `2099-01-${String(n + 1).padStart(2, '0')}T12:00:00Z`,
          spots: 3,
        }),
      ),
    )
    const profile = await vome('/api/v1/profiles', {
      first_name: 'Twenty',
      last_name: 'Times',
      email: 'twenty.times@example.org',
    })
    await Promise.all(
      shifts.map(({ id }) => vome('/api/v1/bookings', { profile_id: profile.id, shift_id: id })),
    )

    let runs: { name: string; properties: { status: string; endTime?: string } }[] = []
    await expect
      .poll(
        async () => {
          runs = ((await api('/api/runs?limit=100')) as unknown as { value: typeof runs }).value
          return runs.filter(({ properties }) => properties.endTime !== undefined).length
        },
        { timeout: 50_000, interval: 100 },
      )
      .toBe(20)

    expect(new Set(runs.map(({ properties }) => properties.status))).toEqual(new Set(['Succeeded']))
    const clients = await hotprofile('clients', { 'search[name]': 'Twenty Times' })
    expect(clients.filter(({ name }) => name === 'Twenty Times')).toHaveLength(1)
    const leads = await hotprofile('leads', {
      'search[client_id]': String(clients[0]?.id),
      'page[display_number]': '100',
    })
    expect(leads).toHaveLength(20)
  })
})
