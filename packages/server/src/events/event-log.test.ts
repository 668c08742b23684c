import { join } from 'node:path'
import { readFlows } from '@flowstead/definition'
import { systemClock } from '@flowstead/runner'
import { openStore } from '@flowstead/store-sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFlowBook } from '../flows/flow-book.ts'
import { ask, requestFlow, startIn, temporaryProject } from '../server.testing.ts'
import type { RunningServer } from '../start-server.ts'
import { createEventLog } from './event-log.ts'

const note = { Note: { type: 'Compose', inputs: "@triggerOutputs()?['headers']", runAfter: {} } }
const hook = (trigger: object = {}) => {
  const { triggers, ...rest } = requestFlow(note)
  return { ...rest, triggers: { hooked: { type: 'HttpWebhook', inputs: {}, ...trigger } }, kept: triggers }
}
const flows = {
  plain: hook(),
  picky: hook({ conditions: [{ expression: "@equals(triggerBody()?['wanted'], true)" }] }),
  parts: hook({ splitOn: "@triggerBody()?['parts']" }),
  secret: hook({ runtimeConfiguration: { secureData: { properties: ['outputs'] } } }),
}
const project = temporaryProject(flows)
let server: RunningServer

const idOf = (name: string) => server.flows().find((flow) => flow.name.includes(name))?.id ?? ''
const urlOf = async (name: string) =>
  (await ask(server, `/api/flows/${idOf(name)}/triggers/hooked/url`)).body.url as string
async function notify(name: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(await urlOf(name), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return {
    status: response.status,
    run: response.headers.get('x-ms-workflow-run-id'),
    headers: response.headers,
  }
}
const eventsOf = async (query: string) => (await ask(server, `/api/events?${query}`)).body.value

beforeAll(async () => {
  server = await startIn(project.dir)
})
afterAll(async () => {
  await server.close()
  project.remove()
})

describe('a notification', () => {
  test('is an event that is acknowledged with the run it started, and the run names it', async () => {
    const body = { id: 7, user: { first_name: 'Ána' } }
    const headers = { 'webhook-id': 'msg_first', 'webhook-event': 'reservation.created' }
    const { run } = await notify('plain', body, headers)
    const [event] = await eventsOf('key=msg_first')
    expect(event).toMatchObject({
      eventName: 'reservation.created',
      status: 'ACKNOWLEDGED',
      version: 1,
      flow: { id: idOf('plain'), trigger: 'hooked' },
      runs: [run],
      deliveries: 1,
      attempts: 1,
      replayOf: null,
      error: null,
    })
    expect(event.processorNodeId).toMatch(/^flowstead-/)
    expect((await ask(server, `/api/events/${event.id}`)).body).toMatchObject({
      schema: 'event/1',
      eventData: {
        name: 'reservation.created',
        type: 'event',
        keyId: 'msg_first',
        version: 1,
        payload: body,
      },
    })
    const shown = await ask(server, `/api/runs/${run}`)
    expect(shown.body.properties.event).toEqual({
      id: event.id,
      eventName: 'reservation.created',
      keyId: 'msg_first',
    })
  })

  test('that is an envelope keeps its name, version, publisher and talent', async () => {
    const appointment = { id: 'a' }
    await notify('plain', {
      eventName: 'VCSessionScheduledEvent',
      keyId: 'k-1',
      version: 3,
      talentId: 't',
      userId: null,
      publisherNodeId: 'phoenix-1',
      eventData: { name: 'x', type: 'event', keyId: 'k-1', version: 3, appointment },
    })
    const [listed] = await eventsOf('name=VCSessionScheduledEvent')
    expect(listed).toMatchObject({ keyId: 'k-1', version: 3, publisherNodeId: 'phoenix-1', talentId: 't' })
    const { eventData } = (await ask(server, `/api/events/${listed.id}`)).body
    expect(eventData).toEqual({
      name: 'VCSessionScheduledEvent',
      type: 'event',
      keyId: 'k-1',
      version: 3,
      appointment,
    })
  })

  test('that is an envelope may come again in another state of its delivery', async () => {
    const envelope = { eventName: 'Moved', keyId: 'k-2', eventData: { appointment: { id: 'a' } } }
    const first = await notify('plain', { ...envelope, status: 'PROCESSING' }, { 'webhook-id': 'msg_a' })
    const second = await notify('plain', { ...envelope, status: 'ACKNOWLEDGED' }, { 'webhook-id': 'msg_b' })
    expect([second.status, second.run]).toEqual([202, first.run])
    expect(await eventsOf('key=k-2')).toMatchObject([{ deliveries: 2 }])
  })

  test('without any id is an occurrence of its own', async () => {
    const runs = [await notify('plain', { same: 1 }), await notify('plain', { same: 1 })].map(
      ({ run }) => run,
    )
    expect(new Set(runs).size).toBe(2)
    expect(
      (await eventsOf(`flow=${idOf('plain')}&limit=2`)).map((one: { deliveries: number }) => one.deliveries),
    ).toEqual([1, 1])
  })

  test('repeated five times at once is one event and one run', async () => {
    const headers = { 'webhook-id': 'msg_storm' }
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => notify('plain', { n: 1 }, headers)))
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202])
    expect(new Set(answers.map(({ run }) => run)).size).toBe(1)
    const found = await eventsOf('key=msg_storm')
    expect(found).toMatchObject([
      { status: 'ACKNOWLEDGED', deliveries: 5, attempts: 1, runs: [answers[0]?.run] },
    ])
  })

  test('repeated later gives the first run and is counted; with another body it is a conflict', async () => {
    const headers = { 'webhook-id': 'msg_again' }
    const first = await notify('plain', { n: 1 }, headers)
    const second = await notify('plain', { n: 1 }, headers)
    expect([second.run, second.headers.get('x-flowstead-duplicate')]).toEqual([first.run, 'true'])
    expect((await notify('plain', { n: 2 }, headers)).status).toBe(409)
    expect(await eventsOf('key=msg_again')).toMatchObject([{ deliveries: 2, runs: [first.run] }])
  })

  test('reaches each flow that listens as an event of that flow', async () => {
    const headers = { 'webhook-id': 'msg_both' }
    await notify('plain', { wanted: true }, headers)
    await notify('picky', { wanted: true }, headers)
    expect(await eventsOf('key=msg_both')).toHaveLength(2)
  })

  test('that the trigger does not want is acknowledged without a run, also when repeated', async () => {
    const headers = { 'webhook-id': 'msg_unwanted' }
    for (const _ of [1, 2]) {
      const { status, headers: answer } = await notify('picky', { wanted: false }, headers)
      expect([status, answer.get('x-ms-trigger-status')]).toEqual([202, 'Skipped'])
    }
    expect(await eventsOf('key=msg_unwanted')).toMatchObject([
      { status: 'ACKNOWLEDGED', runs: [], deliveries: 2, error: { code: 'Trigger.Skipped' } },
    ])
  })

  test('with several parts starts several runs', async () => {
    await notify('parts', { parts: [1, 2, 3] }, { 'webhook-id': 'msg_parts' })
    const [event] = await eventsOf('key=msg_parts')
    expect(event.runs).toHaveLength(3)
    for (const run of event.runs) {
      expect((await ask(server, `/api/runs/${run}`)).body.properties.event.id).toBe(event.id)
    }
  })

  test('on which the trigger fails is dead-lettered, and taken up again when it comes again', async () => {
    const headers = { 'webhook-id': 'msg_broken' }
    for (const attempts of [1, 2]) {
      expect((await notify('parts', { parts: 'none' }, headers)).status).toBe(400)
      expect(await eventsOf('key=msg_broken')).toMatchObject([
        { status: 'DEAD_LETTERED', attempts, runs: [], error: { code: 'Trigger.Failed' } },
      ])
    }
  })

  test('that is refused is no event', async () => {
    const before = await eventsOf('limit=1000')
    const url = (await urlOf('plain')).replace(/sig=(.)/, (_, first) => `sig=${first === '_' ? '-' : '_'}`)
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401)
    expect((await fetch(await urlOf('plain'))).status).toBe(405)
    expect(await eventsOf('limit=1000')).toHaveLength(before.length)
  })

  test('of a trigger that secures its outputs is listed without them', async () => {
    await notify('secret', { pin: '1234' }, { 'webhook-id': 'msg_secret' })
    const [{ id }] = await eventsOf('key=msg_secret')
    expect(JSON.stringify((await ask(server, `/api/events/${id}`)).body)).not.toContain('1234')
  })
})

describe('a replay', () => {
  test('is an event of its own with a run of its own, marked', async () => {
    const headers = { 'webhook-id': 'msg_replayed', 'webhook-signature': 'v1,x', 'x-extra': 'kept' }
    await notify('plain', { n: 1 }, headers)
    const [original] = await eventsOf('key=msg_replayed')
    const { status, body } = await ask(server, `/api/events/${original.id}/replay`, { method: 'POST' })
    expect(status).toBe(202)
    expect(body).toMatchObject({
      schema: 'replayed/1',
      event: { replayOf: original.id, status: 'ACKNOWLEDGED', runs: [body.run] },
    })
    expect(body.event.keyId).not.toBe(original.keyId)
    const run = await ask(server, `/api/runs/${body.run}/wait?seconds=10`)
    const seen = run.body.properties.actions.Note.outputs
    expect(seen).toMatchObject({ 'x-extra': 'kept', 'X-Flowstead-Replay-Of': String(original.id) })
    expect(Object.keys(seen).map((name) => name.toLowerCase())).not.toContain('webhook-signature')
    expect((await ask(server, `/api/events/${original.id}`)).body).toMatchObject({ runs: original.runs })
  })

  test('needs an event that is there and a flow that is on', async () => {
    expect((await ask(server, '/api/events/99999/replay', { method: 'POST' })).status).toBe(404)
    expect((await ask(server, '/api/events/x')).status).toBe(404)
    await notify('secret', {}, { 'webhook-id': 'msg_off' })
    const [{ id }] = await eventsOf('key=msg_off')
    await ask(server, `/api/flows/${idOf('secret')}/disable`, { method: 'POST' })
    expect((await ask(server, `/api/events/${id}/replay`, { method: 'POST' })).status).toBe(410)
    await ask(server, `/api/flows/${idOf('secret')}/enable`, { method: 'POST' })
  })
})

test('lists refuse what they do not understand', async () => {
  for (const query of ['status=Done', 'limit=0', 'limit=x', 'before=-1']) {
    expect([query, (await ask(server, `/api/events?${query}`)).status]).toEqual([query, 400])
  }
  expect(await eventsOf('status=dead_lettered')).toMatchObject([{ keyId: 'msg_broken' }])
})

describe('after a crash', () => {
  test('what was recorded starts its run once, and what had started is only acknowledged', async () => {
    const own = temporaryProject({ plain: flows.plain })
    const first = await startIn(own.dir)
    const [flow] = first.flows()
    const url = (await ask(first, `/api/flows/${flow?.id}/triggers/hooked/url`)).body.url as string
    const started = await fetch(url, { method: 'POST', headers: { 'webhook-id': 'a' }, body: 'x' })
    const run = started.headers.get('x-ms-workflow-run-id') ?? ''
    await first.close()

    const store = openStore(join(own.dir, '.flowstead'))
    const { events } = store
    const known = events.list({})[0]
    if (known === undefined) throw new Error('nothing was recorded')
    const processing = { processor: 'gone', updatedAt: 1, attempts: 1, error: null }
    await store.change(() => {
      events.change(known.id, { ...processing, status: 'PROCESSING' })
      const outputs = events.outputs(known.id) ?? ''
      events.insert({ ...known, key: 'b', runId: '08584000000000000000000000000CU00', outputs })
      const off = { ...known, flowId: 'gone', key: 'c', runId: '08584000000000000000000000001CU00', outputs }
      events.change(events.insert(off), { ...processing, status: 'PROCESSING' })
    })
    await store.close()

    const second = await startIn(own.dir)
    const { value } = (await ask(second, '/api/events')).body
    const shown = value.map((event: Record<string, unknown>) => [event.keyId, event.status, event.runs])
    expect(shown).toEqual([
      ['c', 'DEAD_LETTERED', []],
      ['b', 'ACKNOWLEDGED', ['08584000000000000000000000000CU00']],
      ['a', 'ACKNOWLEDGED', [run]],
    ])
    expect((await ask(second, '/api/runs')).body.value).toHaveLength(2)
    await second.close()
    own.remove()
  })
})

test('the event is asked for before its run, in the same turn', async () => {
  const folder = temporaryProject()
  const store = openStore(join(folder.dir, 'data'))
  const asked: string[] = []
  const [flow] = readFlows(Buffer.from(JSON.stringify({ definition: flows.plain })), 'plain.json').flows
  const [trigger] = flow?.triggers ?? []
  if (flow === undefined || trigger === undefined) throw new Error('the flow is not readable')
  const log = createEventLog({
    store: {
      ...store,
      change(work) {
        asked.push('event')
        return store.change(work)
      },
    },
    book: createFlowBook(store.flows),
    catalog: { sourceOf: () => ({ connector: undefined, name: undefined, version: 1 }) },
    clock: systemClock,
    firings: {
      newRunId: () => '1',
      inputs: () => null,
      async fire() {
        asked.push('run')
        return { status: 'Skipped', reason: 'seen' }
      },
    },
  })
  const received = log.receive({ booked: { flow, state: 'on', importedAt: 0 }, trigger, outputs: {} })
  expect(asked).toEqual(['event', 'run'])
  await received
  await store.close()
  folder.remove()
})
