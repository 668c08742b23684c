import type { EventEnvelope } from '@flowstead/catalog'
import { eventInspector, sessionEvent } from '@flowstead/catalog'
import type { TestService } from '@flowstead/service-kit/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appointmentIn, eventsOf, hour, iso, type Session, startPhoenix } from '../phoenix.testing.ts'
import { cancelers, cancelRules } from './cancel-rules.ts'

/** What somebody may try, sensible or not. */
type Attempt =
  | { readonly kind: 'schedule'; readonly from: number; readonly hours: number; readonly part: number }
  | { readonly kind: 'reschedule'; readonly which: number; readonly from: number; readonly hours: number }
  | { readonly kind: 'update'; readonly which: number; readonly title: string }
  | { readonly kind: 'cancel'; readonly which: number; readonly reason: string; readonly by: string }
  | { readonly kind: 'complete'; readonly which: number }
  | { readonly kind: 'delete'; readonly which: number }
  | { readonly kind: 'wait'; readonly hours: number }

const which = fc.nat(4)
const from = fc.integer({ min: -30, max: 60 })
const hours = fc.integer({ min: -1, max: 30 })
const attempt: fc.Arbitrary<Attempt> = fc.oneof(
  fc.record({ kind: fc.constant('schedule' as const), from, hours, part: fc.nat(2) }),
  fc.record({ kind: fc.constant('reschedule' as const), which, from, hours }),
  fc.record({ kind: fc.constant('update' as const), which, title: fc.constantFrom('a', 'b', '') }),
  fc.record({
    kind: fc.constant('cancel' as const),
    which,
    reason: fc.constantFrom(...Object.keys(cancelRules)),
    by: fc.constantFrom(...cancelers),
  }),
  fc.record({ kind: fc.constant('complete' as const), which }),
  fc.record({ kind: fc.constant('delete' as const), which }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.constantFrom(1, 12, 25) }),
)

const types = ['STANDALONE', 'PART_ONE', 'PART_TWO']

async function perform(phoenix: TestService, ids: string[], tried: Attempt): Promise<number> {
  if (tried.kind === 'wait') {
    phoenix.clock.advance(tried.hours * hour)
    return 204
  }
  const dates = (first: number, length: number) => ({
    startDate: iso(phoenix.clock.now() + first * hour),
    endDate: iso(phoenix.clock.now() + (first + length) * hour),
  })
  if (tried.kind === 'schedule') {
    const body = {
      title: 'a',
      coachId: `coach-${ids.length % 2}`,
      talentId: 'talent',
      ...dates(tried.from, tried.hours),
      appointmentType: types[tried.part],
      ...(tried.part === 0 ? {} : { talentBlockId: 'block' }),
    }
    const answer = await phoenix.call<Session>('POST', '/api/v1/appointments', { body })
    if (answer.status === 201) ids.push(answer.body.id)
    return answer.status
  }
  const path = `/api/v1/appointments/${ids[tried.which] ?? 'nobody'}`
  const send = async (method: string, end: string, body?: unknown) =>
    (await phoenix.call(method, path + end, { body })).status
  if (tried.kind === 'update') return send('PATCH', '', { title: tried.title })
  if (tried.kind === 'delete') return send('DELETE', '')
  if (tried.kind === 'complete') return send('POST', '/complete')
  if (tried.kind === 'reschedule') return send('POST', '/reschedule', dates(tried.from, tried.hours))
  return send('POST', '/cancel', { cancelationReason: tried.reason, canceledBy: tried.by })
}

async function sessionsOf(phoenix: TestService): Promise<Session[]> {
  const answer = await phoenix.call<{ data: Session[] }>(
    'GET',
    '/api/v1/appointments?limit=200&includeDeleted=true',
  )
  return answer.body.data
}

const becomes: Readonly<Record<string, readonly string[]>> = {
  PLANNED: ['PLANNED', 'CANCELED', 'DONE'],
  CANCELED: ['CANCELED'],
  DONE: ['DONE'],
}

function checkChange(before: readonly Session[], after: readonly Session[], told: readonly EventEnvelope[]) {
  const changed = after.filter((session) => {
    const old = before.find(({ id }) => id === session.id)
    if (old === undefined) return true
    expect(becomes[old.status]).toContain(session.status)
    expect(old.deletedAt === null || session.deletedAt === old.deletedAt).toBe(true)
    return JSON.stringify(old) !== JSON.stringify(session)
  })
  const aboutIds = told.map((event) => appointmentIn(event).id)
  expect([...aboutIds].sort()).toEqual(changed.map(({ id }) => id).sort())
  for (const event of told) {
    const type = sessionEvent(event.eventName)
    if (type === undefined) throw new Error(event.eventName)
    const { problems, warnings } = eventInspector(type)(event)
    expect(problems).toEqual([])
    expect(warnings.filter(({ rule }) => !rule.startsWith('original.'))).toEqual([])
    const now = after.find(({ id }) => id === appointmentIn(event).id)
    expect(now).toMatchObject(appointmentIn(event))
  }
}

function checkParts(sessions: readonly Session[]) {
  const standing = sessions.filter(({ deletedAt, status }) => deletedAt === null && status !== 'CANCELED')
  const ends = standing.filter(({ appointmentType }) => appointmentType === 'PART_ONE').map((s) => s.endDate)
  const starts = standing
    .filter(({ appointmentType }) => appointmentType === 'PART_TWO')
    .map((s) => s.startDate)
  for (const end of ends) for (const start of starts) expect(end <= start).toBe(true)
}

test('whatever is tried: legal changes only, each told by exactly one event, refusals change nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(attempt, { minLength: 20, maxLength: 40 }), async (attempts) => {
      const phoenix = await startPhoenix()
      try {
        const ids: string[] = []
        let [sessions, events] = [await sessionsOf(phoenix), await eventsOf(phoenix)]
        for (const tried of attempts) {
          const status = await perform(phoenix, ids, tried)
          const [nowSessions, nowEvents] = [await sessionsOf(phoenix), await eventsOf(phoenix)]
          expect([200, 201, 204, 400, 404, 409]).toContain(status)
          if (status >= 400) expect([nowSessions, nowEvents]).toEqual([sessions, events])
          expect(nowEvents.slice(0, events.length)).toEqual(events)
          checkChange(sessions, nowSessions, nowEvents.slice(events.length))
          checkParts(nowSessions)
          sessions = nowSessions
          events = nowEvents
        }
        expect(events.map(({ id }) => id)).toEqual([...events].map((_, n) => n + 1))
        expect(sessions.every(({ endDate, startDate }) => startDate < endDate)).toBe(true)
      } finally {
        await phoenix.close()
      }
    }),
    { numRuns: 5 },
  )
})
