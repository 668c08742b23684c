import type { EventEnvelope } from '@flowstead/catalog'
import { startTestService, type TestService } from '@flowstead/service-kit/testing'
import { phoenixService } from './service.ts'

export const hour = 3_600_000
export const iso = (ms: number) => new Date(ms).toISOString()

export interface Session {
  readonly id: string
  readonly status: string
  readonly startDate: string
  readonly endDate: string
  readonly updateDetailsIds: readonly string[]
  readonly [member: string]: unknown
}

/** Phoenix without sample data. */
export function startPhoenix(): Promise<TestService> {
  return startTestService(phoenixService, { data: 'none' })
}

/** A session that starts in `inHours` and lasts an hour. */
export function newSession(phoenix: TestService, inHours: number, members: object = {}) {
  const start = phoenix.clock.now() + inHours * hour
  return {
    title: 'Séance Découverte',
    startDate: iso(start),
    endDate: iso(start + hour),
    coachId: 'coach-1',
    talentId: 'talent-1',
    ...members,
  }
}

/** Schedules it and answers it. */
export async function scheduled(phoenix: TestService, inHours = 48, members: object = {}): Promise<Session> {
  const body = newSession(phoenix, inHours, members)
  const answer = await phoenix.call<Session>('POST', '/api/v1/appointments', { body })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body
}

/** Performs a command on a session. */
export function command(phoenix: TestService, id: string, name: string, body?: unknown) {
  return phoenix.call<Session & { code: string; fields: { field: string; rule: string }[] }>(
    'POST',
    `/api/v1/appointments/${id}/${name}`,
    { body },
  )
}

/** All events, in their order. */
export async function eventsOf(phoenix: TestService, query = ''): Promise<EventEnvelope[]> {
  const answer = await phoenix.call<{ data: EventEnvelope[] }>('GET', `/api/v1/events?limit=200${query}`)
  return answer.body.data
}

/** A delivered event's session. */
export function appointmentIn(event: EventEnvelope): Record<string, unknown> {
  return event.eventData.appointment as Record<string, unknown>
}
