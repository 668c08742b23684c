import type { TestService } from '@flowstead/service-kit/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  appointmentIn,
  command,
  eventsOf,
  hour,
  iso,
  newSession,
  type Session,
  scheduled,
  startPhoenix,
} from '../phoenix.testing.ts'

let phoenix: TestService
/** Number of the last event before the test. */
let past = 0
beforeAll(async () => {
  phoenix = await startPhoenix()
})
afterAll(() => phoenix.close())
beforeEach(async () => {
  past = (await eventsOf(phoenix)).at(-1)?.id ?? 0
})

const schedule = (body: unknown) => phoenix.call<Session>('POST', '/api/v1/appointments', { body })
const newEvents = () => eventsOf(phoenix, `&after=${past}`)
const names = async () => (await newEvents()).map(({ eventName }) => eventName)
const refusal = (code: string, field: string) => ({ code, fields: [{ field }] })

describe('scheduling', () => {
  test('makes a planned session and tells it', async () => {
    const session = await scheduled(phoenix, 48, { userId: 'user-1' })
    expect(session).toMatchObject({
      status: 'PLANNED',
      appointmentType: 'STANDALONE',
      description: null,
      canceledBy: null,
      deletedAt: null,
      updateDetails: [],
      updateDetailsIds: [],
    })
    const [event] = await newEvents()
    expect(event).toMatchObject({
      eventName: 'VCSessionScheduledEvent',
      status: 'PUBLISHED',
      userId: 'user-1',
      talentId: 'talent-1',
      processorNodeId: null,
    })
    const { updateDetails: _, updateDetailsIds: __, ...members } = session
    expect(event && appointmentIn(event)).toEqual(members)
  })

  test.each([
    ['title', {}],
    ['title', { title: '  ' }],
    ['title', { title: 'x'.repeat(201) }],
    ['startDate', { startDate: '2026-05-04' }],
    ['startDate', { startDate: '2016-12-31T23:59:60Z' }],
    ['endDate', { endDate: '2020-01-01T00:00:00Z' }],
    ['coachId', { coachId: null }],
    ['appointmentType', { appointmentType: 'PART_THREE' }],
    ['talentBlockId', { appointmentType: 'PART_ONE' }],
    ['status', { status: 'DONE' }],
  ])('with a bad %s is refused, naming it', async (field, members) => {
    const body = newSession(phoenix, 48, members)
    const { title: _, ...untitled } = body
    const answer = await schedule(field === 'title' && Object.keys(members).length === 0 ? untitled : body)
    expect([answer.status, answer.body.fields]).toMatchObject([400, [{ field }]])
    expect(await newEvents()).toEqual([])
  })

  test('keeps the second part from starting before the first ends, however it gets there', async () => {
    const part = (type: string, inHours: number) =>
      newSession(phoenix, inHours, { appointmentType: `PART_${type}`, talentBlockId: 'block-1' })
    const first = await schedule(part('ONE', 48))
    expect(first.status).toBe(201)
    expect((await schedule(part('TWO', 48.5))).body).toMatchObject(refusal('Phoenix.PartOrder', 'startDate'))
    const second = await schedule(part('TWO', 49))
    expect(second.status).toBe(201)
    const endDate = iso(phoenix.clock.now() + 50 * hour)
    expect((await command(phoenix, first.body.id, 'reschedule', { endDate })).body).toMatchObject(
      refusal('Phoenix.PartOrder', 'endDate'),
    )
    await phoenix.call('DELETE', `/api/v1/appointments/${second.body.id}`)
    expect((await command(phoenix, first.body.id, 'reschedule', { endDate })).status).toBe(200)
  })
})

describe('rescheduling', () => {
  test('adds one entry to the history and tells the dates before', async () => {
    const session = await scheduled(phoenix)
    phoenix.clock.advance(1000)
    const startDate = iso(phoenix.clock.now() + 10 * hour)
    const moved = await command(phoenix, session.id, 'reschedule', { startDate, userId: 'user-2' })
    expect(moved.body).toMatchObject({
      startDate,
      endDate: session.endDate,
      status: 'PLANNED',
      updateDetails: [{ previousStartDate: session.startDate, startDate, userId: 'user-2' }],
    })
    const event = (await newEvents()).at(-1)
    expect(event).toMatchObject({
      eventName: 'VCSessionRescheduledEvent',
      userId: 'user-2',
      eventData: {
        appointment: { startDate, updateDetailsIds: moved.body.updateDetailsIds },
        previousDates: { startDate: session.startDate, endDate: session.endDate },
      },
    })
    expect(moved.body.updateDetailsIds).toHaveLength(1)
  })

  test('to the same dates changes and tells nothing', async () => {
    const { endDate, id, startDate } = await scheduled(phoenix)
    const answer = await command(phoenix, id, 'reschedule', { startDate, endDate })
    expect(answer.body.updateDetailsIds).toEqual([])
    expect(await names()).toEqual(['VCSessionScheduledEvent'])
  })

  test('needs a date, the right order and a planned session', async () => {
    const { endDate, id } = await scheduled(phoenix)
    expect((await command(phoenix, id, 'reschedule', {})).status).toBe(400)
    const late = await command(phoenix, id, 'reschedule', { startDate: endDate })
    expect(late.body.fields).toMatchObject([{ field: 'endDate', rule: 'order' }])
    await command(phoenix, id, 'cancel', { cancelationReason: 'TALENT_NEED_MORE_TIME', canceledBy: 'TALENT' })
    expect(
      (await command(phoenix, id, 'reschedule', { startDate: iso(phoenix.clock.now()) })).body,
    ).toMatchObject(refusal('Phoenix.SessionNotPlanned', 'status'))
    expect(await names()).toHaveLength(2)
  })
})

describe('updating', () => {
  const patch = (id: string, body: unknown) =>
    phoenix.call<Session>('PATCH', `/api/v1/appointments/${id}`, { body })

  test('changes title, description, coach and subphase, and keeps the status', async () => {
    const { id } = await scheduled(phoenix)
    const changes = { title: '新しい題', description: null, coachId: 'coach-2', subphaseId: 'sub-1' }
    expect((await patch(id, changes)).body).toMatchObject({ ...changes, status: 'PLANNED' })
    expect((await patch(id, changes)).status).toBe(200)
    expect(await names()).toEqual(['VCSessionScheduledEvent', 'VCSessionUpdatedEvent'])
  })

  test.each(['startDate', 'status', 'talentId', 'deletedAt', 'constructor'])('refuses %s', async (member) => {
    const { id } = await scheduled(phoenix)
    const answer = await patch(id, { [member]: 'x' })
    expect([answer.status, answer.body.fields]).toMatchObject([400, [{ field: member }]])
    expect(await names()).toHaveLength(1)
  })
})

describe('cancelling', () => {
  const cancel = (id: string, cancelationReason: string, canceledBy: string, more: object = {}) =>
    command(phoenix, id, 'cancel', { cancelationReason, canceledBy, ...more })

  test('notes reason, explanation and by whom, and is final', async () => {
    const { id } = await scheduled(phoenix)
    const answer = await cancel(id, 'OTHER', 'ADMIN', { cancelationExplanation: 'Neige' })
    expect(answer.body).toMatchObject({
      status: 'CANCELED',
      cancelationReason: 'OTHER',
      cancelationExplanation: 'Neige',
      canceledBy: 'ADMIN',
    })
    expect((await cancel(id, 'OTHER', 'ADMIN', { cancelationExplanation: 'x' })).status).toBe(409)
    expect((await command(phoenix, id, 'complete')).status).toBe(409)
    expect(await names()).toEqual(['VCSessionScheduledEvent', 'VCSessionCanceledEvent'])
  })

  test.each([
    ['OTHER', 'ADMIN', 'cancelationExplanation'],
    ['COACH_NO_LONGER_AVAILABLE', 'TALENT', 'canceledBy'],
    ['COACH_SET_WRONG_DATE_OR_HOUR', 'TALENT', 'canceledBy'],
    ['TALENT_NO_SHOW', 'TALENT', 'canceledBy'],
    ['TALENT_IS_DEPAIRED_OR_REPAIRED', 'COACH', 'canceledBy'],
    ['TALENT_HAS_PROFESSIONAL_ENGAGEMENT', 'TALENT', 'cancelationReason'],
  ])('for %s by %s is refused, naming %s', async (reason, by, field) => {
    const { id } = await scheduled(phoenix)
    const answer = await cancel(id, reason, by)
    expect([answer.status, answer.body.fields]).toMatchObject([400, [{ field }]])
  })

  test.each([
    [25, 'TALENT_NOT_AVAILABLE_MORE_THAN_24H', 200],
    [24, 'TALENT_NOT_AVAILABLE_MORE_THAN_24H', 200],
    [23.9, 'TALENT_NOT_AVAILABLE_MORE_THAN_24H', 409],
    [24, 'TALENT_NOT_AVAILABLE_LESS_THAN_24H', 409],
    [23.9, 'TALENT_NOT_AVAILABLE_LESS_THAN_24H', 200],
    [-0.5, 'TALENT_NOT_AVAILABLE_LESS_THAN_24H', 409],
    [0, 'TALENT_NEED_MORE_TIME', 409],
    [0.1, 'TALENT_NEED_MORE_TIME', 200],
    [0.1, 'TALENT_NO_SHOW', 409],
    [-0.5, 'TALENT_NO_SHOW', 200],
  ])('%d hours before the start for %s answers %d', async (notice, reason, status) => {
    const { id } = await scheduled(phoenix, notice)
    const answer = await cancel(id, reason, 'COACH')
    expect(answer.status).toBe(status)
    if (status === 409) expect(answer.body.fields).toMatchObject([{ field: 'cancelationReason' }])
  })

  test('because of a new pairing cancels all coming sessions of the pair, each with its event', async () => {
    const pair = { coachId: 'coach-of-pair', talentId: 'talent-of-pair' }
    const [one, two] = [await scheduled(phoenix, 48, pair), await scheduled(phoenix, 72, pair)]
    const started = await scheduled(phoenix, -0.5, pair)
    const others = [
      await scheduled(phoenix, 48, { ...pair, coachId: 'coach-2' }),
      await scheduled(phoenix, 48, { ...pair, talentId: 'talent-2' }),
    ]
    expect((await cancel(one.id, 'TALENT_IS_DEPAIRED_OR_REPAIRED', 'ADMIN')).status).toBe(200)
    const statusOf = async ({ id }: Session) =>
      (await phoenix.call<Session>('GET', `/api/v1/appointments/${id}`)).body.status
    expect(await Promise.all([one, two, started, ...others].map(statusOf))).toEqual([
      'CANCELED',
      'CANCELED',
      'PLANNED',
      'PLANNED',
      'PLANNED',
    ])
    const told = (await eventsOf(phoenix, `&after=${past}&eventName=VCSessionCanceledEvent`)).map(
      appointmentIn,
    )
    expect(told.map(({ id }) => id)).toEqual([one.id, two.id])
  })
})

describe('completing and deleting', () => {
  test('a session is done once it has started', async () => {
    const { id } = await scheduled(phoenix, 1)
    expect((await command(phoenix, id, 'complete')).body).toMatchObject(
      refusal('Phoenix.SessionNotStarted', 'startDate'),
    )
    phoenix.clock.advance(hour)
    expect((await command(phoenix, id, 'complete', { userId: 'u' })).body).toMatchObject({ status: 'DONE' })
    expect(await names()).toEqual(['VCSessionScheduledEvent', 'VCSessionDoneEvent'])
  })

  test('a deleted session is out of the list, keeps its record and takes no command', async () => {
    const { id } = await scheduled(phoenix, 48, { talentId: 'talent-deleted' })
    expect((await phoenix.call('DELETE', `/api/v1/appointments/${id}?userId=u`)).status).toBe(204)
    const list = (query: string) => phoenix.call<{ data: Session[] }>('GET', `/api/v1/appointments${query}`)
    expect((await list('?talentId=talent-deleted')).body.data).toEqual([])
    expect((await list('?talentId=talent-deleted&includeDeleted=true')).body.data).toHaveLength(1)
    const shown = await phoenix.call<Session>('GET', `/api/v1/appointments/${id}`)
    expect(shown.body.deletedAt).toBe(iso(phoenix.clock.now()))
    expect((await phoenix.call('DELETE', `/api/v1/appointments/${id}`)).status).toBe(409)
    expect((await command(phoenix, id, 'complete')).body.code).toBe('Phoenix.SessionDeleted')
    expect((await newEvents()).at(-1)).toMatchObject({
      eventName: 'VCSessionDeletedEvent',
      userId: 'u',
    })
  })

  test('a session that does not exist is 404 for everything', async () => {
    expect((await phoenix.call('GET', '/api/v1/appointments/x')).status).toBe(404)
    expect((await phoenix.call('DELETE', '/api/v1/appointments/x')).status).toBe(404)
    expect((await command(phoenix, 'x', 'complete')).body.fields).toMatchObject([{ field: 'id' }])
  })
})

describe('listing', () => {
  test('goes by start, filtered, page by page', async () => {
    const made: Session[] = []
    const listed = { coachId: 'coach-listed', talentId: 'talent-listed' }
    for (const hours of [72, 24, 48, 24]) made.push(await scheduled(phoenix, hours, listed))
    await scheduled(phoenix, 36, { ...listed, talentId: 'talent-other' })
    const list = async (query: string) => {
      const answer = await phoenix.call<{ data: Session[]; next: string | null }>(
        'GET',
        `/api/v1/appointments?coachId=coach-listed&${query}`,
      )
      return { ids: answer.body.data.map(({ id }) => id), next: answer.body.next }
    }
    const [third, first, , second] = made.map(({ id }) => id)
    const page = await list('limit=2')
    expect(page).toEqual({ ids: [first, second], next: second })
    expect((await list(`limit=2&after=${page.next}&talentId=talent-listed`)).ids).toEqual([
      made[2]?.id,
      third,
    ])
    expect((await list('talentId=talent-other')).ids).toHaveLength(1)
    const from = iso(phoenix.clock.now() + 48 * hour)
    expect((await list(`from=${from}`)).ids).toEqual([made[2]?.id, third])
    expect((await list(`to=${from}&talentId=talent-listed`)).ids).toEqual([first, second])
    expect((await list('status=DONE')).ids).toEqual([])
  })

  test.each(['limit=0', 'limit=201', 'from=yesterday', 'status=LATE', 'after=x', 'includeDeleted=2'])(
    'refuses %s, naming it',
    async (query) => {
      const answer = await phoenix.call<{ fields: { field: string }[] }>(
        'GET',
        `/api/v1/appointments?${query}`,
      )
      expect([answer.status, answer.body.fields[0]?.field]).toEqual([400, query.split('=')[0]])
    },
  )
})
