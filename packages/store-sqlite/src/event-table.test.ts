import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@flowstead/sqlite'
import { expect, onTestFinished, test } from 'vitest'
import type { NewEvent } from './event-table.ts'
import { openStore } from './open-store.ts'
import { schema } from './schema.ts'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flowstead-events-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function temporaryStore() {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  return store
}

const event = (key: string, members: Partial<NewEvent> = {}): NewEvent => ({
  name: 'reservation.created',
  key,
  version: 1,
  publisher: 'Vome',
  userId: null,
  talentId: null,
  flowId: 'flow',
  triggerName: 'When',
  runId: `run of ${key}`,
  replayOf: null,
  createdAt: 1000,
  outputs: '{"body":{"id":1}}',
  ...members,
})

test('an event is written as PUBLISHED, changes, and keeps its outputs beside', async () => {
  const { change, events } = temporaryStore()
  const id = await change(() => events.insert(event('a')))
  expect(events.get(id)).toMatchObject({
    id: 1,
    status: 'PUBLISHED',
    processor: null,
    deliveries: 1,
    error: null,
  })
  await change(() => {
    events.countDelivery(id)
    const error = { code: 'Trigger.Failed', message: 'No.' }
    events.change(id, { status: 'FAILED', processor: 'node', updatedAt: 1002, attempts: 1, error })
  })
  expect(events.get(id)).toMatchObject({
    status: 'FAILED',
    processor: 'node',
    updatedAt: 1002,
    createdAt: 1000,
    deliveries: 2,
    error: { code: 'Trigger.Failed', message: 'No.' },
  })
  expect(events.outputs(id)).toBe('{"body":{"id":1}}')
})

test('the same key is found for its trigger and time only', async () => {
  const { change, events } = temporaryStore()
  await change(() => events.insert(event('a')))
  const at = { flowId: 'flow', triggerName: 'When', key: 'a', since: 0 }
  expect(events.find(at)?.id).toBe(1)
  expect(events.find({ ...at, flowId: 'other' })).toBeUndefined()
  expect(events.find({ ...at, since: 1000 })).toBeUndefined()
})

test('lists are newest first and filtered; what a process left behind is oldest first', async () => {
  const { change, events } = temporaryStore()
  await change(() => {
    for (const key of ['a', 'b', 'c']) events.insert(event(key))
    events.insert(event('d', { name: 'job_created', createdAt: 2000, flowId: 'other' }))
    events.change(1, { status: 'ACKNOWLEDGED', processor: 'n', updatedAt: 1, attempts: 1, error: null })
  })
  const ids = (filter: Parameters<typeof events.list>[0]) => events.list(filter).map(({ id }) => id)
  expect(ids({})).toEqual([4, 3, 2, 1])
  expect(ids({ limit: 2, before: 4 })).toEqual([3, 2])
  expect([ids({ name: 'job_created' }), ids({ key: 'b' }), ids({ flowId: 'other' })]).toEqual([[4], [2], [4]])
  expect(ids({ statuses: ['ACKNOWLEDGED', 'FAILED'] })).toEqual([1])
  expect(events.unfinished().map(({ id }) => id)).toEqual([2, 3, 4])
  expect([events.lastSeen('job_created'), events.lastSeen('none')]).toEqual([2000, undefined])
})

test('runs and events know each other', async () => {
  const { change, events } = temporaryStore()
  await change(() => {
    events.link(events.insert(event('a')), ['r1', 'r2'])
    events.link(1, ['r1'])
  })
  expect(events.runsOf(1)).toEqual(['r2', 'r1'])
  expect(events.ofRun('r2')?.key).toBe('a')
  expect(events.ofRun('r3')).toBeUndefined()
})

test('a store of the first release gets the log', async () => {
  const folder = temporaryFolder()
  const db = openDatabase(join(folder, 'flowstead.db'))
  for (const step of schema.slice(0, 1)) db.exec(step)
  db.exec('PRAGMA user_version = 1')
  db.close()
  const store = openStore(folder)
  expect(store.events.list({})).toEqual([])
  await store.close()
})
