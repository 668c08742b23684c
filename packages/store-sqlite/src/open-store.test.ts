import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runStoreContract } from '@flowstead/runner/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FlowImport } from './flow-table.ts'
import { openStore } from './open-store.ts'

const code = (expected: string) => expect.objectContaining({ code: expected })

runStoreContract('SqliteStore', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'flowstead-store-'))
  let current = openStore(folder)
  return {
    store: current,
    async reopen() {
      await current.close()
      current = openStore(folder)
      return current
    },
    async dispose() {
      await current.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
})

describe('the data folder', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'flowstead-store-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('is made when absent and refused to a second store', async () => {
    const inner = join(folder, 'a', 'b')
    const store = openStore(inner)
    expect(() => openStore(inner)).toThrow(code('Store.Locked'))
    await store.close()
    await openStore(inner).close()
  })

  test('that is a file is refused', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => openStore(join(folder, 'file'))).toThrow(code('Store.NotWritable'))
  })

  test('with a damaged database is refused and left as it is, and not locked afterwards', () => {
    const damaged = join(folder, 'flowstead.db')
    writeFileSync(damaged, 'x'.repeat(10_000))
    for (let turn = 0; turn < 2; turn++) expect(() => openStore(folder)).toThrow(code('Store.Corrupt'))
  })

  test('refuses changes after it was closed', async () => {
    const store = openStore(folder)
    await store.close()
    await store.close()
    await expect(store.start([])).rejects.toThrow(code('Store.Closed'))
  })
})

describe('a disk that is full', () => {
  test('refuses what does not fit, keeps the rest, and takes runs again when there is space', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'flowstead-store-'))
    const store = openStore(folder)
    const run = (n: number, size: number) => ({
      id: `${n}`.padStart(29, '0'),
      flowId: 'f',
      flowVersion: 'v',
      triggerName: 't',
      startedAt: n,
      status: 'Running' as const,
      events: [{ type: 'due' as const, at: n, key: 'x'.repeat(size) }],
    })
    const { page_count: pages = 0 } =
      store.db.prepare<{ page_count: number }>('PRAGMA page_count').get() ?? {}
    store.db.prepare(`PRAGMA max_page_count = ${pages + 5}`).all()
    const results = await Promise.allSettled([
      store.start([run(1, 10)]),
      store.start([run(2, 1_000_000)]),
      store.start([run(3, 10)]),
    ])
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[1]).toMatchObject({ reason: { code: 'Store.Full' } })
    store.db.prepare(`PRAGMA max_page_count = ${pages + 5000}`).all()
    await store.start([run(2, 1_000_000)])
    expect(store.list({})).toHaveLength(3)
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
})

describe('the tables of the server', () => {
  let folder: string
  let store: ReturnType<typeof openStore>
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'flowstead-store-'))
    store = openStore(folder)
  })
  afterEach(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const flow = (version: string, importedAt: number, more: Partial<FlowImport> = {}): FlowImport => ({
    id: 'f',
    name: 'Flow',
    version,
    format: 'bare',
    file: 'f.json',
    text: `{"v":"${version}"}`,
    importedAt,
    ...more,
  })

  test('a flow is off when new, keeps its state and all its versions', () => {
    store.flows.importAll([flow('v1', 1)])
    expect(store.flows.get('f')).toEqual({
      id: 'f',
      name: 'Flow',
      version: 'v1',
      state: 'off',
      importedAt: 1,
    })
    store.flows.setState('f', 'on')
    store.flows.importAll([flow('v2', 2, { name: 'Renamed' })])
    expect(store.flows.list()).toEqual([
      { id: 'f', name: 'Renamed', version: 'v2', state: 'on', importedAt: 2 },
    ])
    expect(store.flows.versions('f').map((one) => one.version)).toEqual(['v2', 'v1'])
    expect(store.flows.version('v1')?.text).toBe('{"v":"v1"}')
    expect(store.flows.version('v1', 'other')).toBeUndefined()
  })

  test('an import is all or nothing', () => {
    const broken = flow('v1', 1, { id: 'g', text: undefined as unknown as string })
    expect(() => store.flows.importAll([flow('v1', 1), broken])).toThrow(code('Store.Parameter'))
    expect(store.flows.list()).toEqual([])
  })

  test('a connection is saved, replaced and removed', () => {
    const connection = {
      id: 'shared_vome',
      connector: 'Vome',
      owner: 'local',
      target: 'local:vome',
      parameters: JSON.parse('{"__proto__":"x"}'),
      vaultId: 'connection/shared_vome',
      createdAt: 1,
    }
    store.connections.save(connection)
    store.connections.save({ ...connection, target: 'mock' })
    expect(store.connections.list()).toEqual([{ ...connection, target: 'mock' }])
    store.connections.remove('shared_vome')
    expect(store.connections.get('shared_vome')).toBeUndefined()
  })

  test('a flow trigger has one subscription, however often it is saved', () => {
    const subscription = {
      flowId: 'f',
      triggerName: 't',
      connectionId: 'c',
      callbackUrl: 'http://127.0.0.1/t',
      location: null,
      secretVaultId: null,
      state: 'wanted',
      changedAt: 1,
    } as const
    store.subscriptions.save(subscription)
    store.subscriptions.save({ ...subscription, state: 'active', location: '/api/v1/subscriptions/1' })
    expect(store.subscriptions.list()).toHaveLength(1)
    expect(store.subscriptions.get('f', 't')?.state).toBe('active')
    store.subscriptions.remove('f', 't')
    expect(store.subscriptions.list()).toEqual([])
  })
})
