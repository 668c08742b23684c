import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkedJson, cli, temporaryFolder } from '../cli.testing.ts'
import { type FakeAnswer, fakeServer } from '../fake-server.testing.ts'

const listed = {
  id: 12,
  createdAt: '2026-05-04T08:00:00.000Z',
  updatedAt: '2026-05-04T08:00:00.012Z',
  eventName: 'reservation.created',
  keyId: 'msg_1',
  status: 'ACKNOWLEDGED',
  publisherNodeId: 'Vome',
  processorNodeId: 'flowstead-here-1',
  version: 1,
  userId: null,
  talentId: null,
  flow: { id: 'f-1', name: 'Booking confirmation', trigger: 'When' },
  runs: ['r1'],
  deliveries: 2,
  attempts: 1,
  replayOf: null,
  error: null,
}
const dead = {
  ...listed,
  id: 11,
  status: 'DEAD_LETTERED',
  runs: [],
  deliveries: 1,
  error: { code: 'Trigger.Failed', message: 'It cannot be split.' },
}
const eventData = {
  payload: { id: 'b' },
  name: 'reservation.created',
  type: 'event',
  keyId: 'msg_1',
  version: 1,
}

async function ask(argv: readonly string[], routes: Readonly<Record<string, FakeAnswer>>) {
  const server = await fakeServer(routes)
  const tokenFile = join(temporaryFolder(), 'token')
  writeFileSync(tokenFile, 'secret-token\n')
  const result = await cli(['event', ...argv, '--server', server.url, '--token-file', tokenFile])
  return { ...result, asked: server.asked }
}

const list = { body: { schema: 'events/1', value: [listed, dead] } }

test('list shows id, status, time, name, flow, run and what is special', async () => {
  const { code, out } = await ask(['list'], { 'GET /api/events?limit=20': list })
  expect(code).toBe(0)
  expect(out).toBe(
    '12  ACKNOWLEDGED   2026-05-04 08:00:00  reservation.created  Booking confirmation  r1  arrived 2 times\n' +
      '11  DEAD_LETTERED  2026-05-04 08:00:00  reservation.created  Booking confirmation      Trigger.Failed\n',
  )
})

test('list passes its filters on and names its schema', async () => {
  const path = '/api/events?limit=5&name=x.y&status=FAILED&key=msg_1&before=9'
  const argv = ['--name', 'x.y', '--status', 'FAILED', '--key', 'msg_1', '--before', '9', '--limit', '5']
  const { out } = await ask(['list', ...argv, '--json'], { [`GET ${path}`]: list })
  checkedJson(out, 'events/1')
})

test('show has what the event carried', async () => {
  const routes = { 'GET /api/events/12': { body: { ...listed, eventData } } }
  const { code, out } = await ask(['show', '12'], routes)
  expect(code).toBe(0)
  expect(out).toContain('Event 12   reservation.created   ACKNOWLEDGED\n')
  expect(out).toMatch(/arrived +2026-05-04T08:00:00.000Z, 2 times/)
  expect(out).toContain('"payload": {')
  checkedJson((await ask(['show', '12', '--json'], routes)).out, 'event/1')
  expect((await ask(['show', '13'], routes)).code).toBe(1)
})

test('replay names the new event and its run; without a run it exits with 1', async () => {
  const event = { ...listed, id: 13, replayOf: 12 }
  const routes = (answer: object) => ({
    'POST /api/events/12/replay': { status: 202, body: { schema: 'replayed/1', event, ...answer } },
  })
  const { code, out } = await ask(['replay', '12'], routes({ run: 'r2' }))
  expect([code, out]).toEqual([0, expect.stringContaining('Event 13 started run r2')])
  checkedJson((await ask(['replay', '12', '--json'], routes({ run: 'r2' }))).out, 'replayed/1')
  expect((await ask(['replay', '12'], routes({ run: null, reason: 'unwanted' }))).code).toBe(1)
})

test('page prints a link to the event', async () => {
  const routes = { 'POST /api/links': { body: { schema: 'link/1', url: 'http://127.0.0.1:1/k/x' } } }
  const { asked, out } = await ask(['page', 'VCSessionScheduledEvent'], routes)
  expect([out, asked[0]?.body]).toEqual([
    'http://127.0.0.1:1/k/x\n',
    { to: '/events/VCSessionScheduledEvent' },
  ])
  checkedJson((await ask(['page', '--json'], routes)).out, 'link/1')
})
