import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publishedExample } from '@flowstead/catalog'
import { type Operation, operationsOf, type Schema } from '@flowstead/service-kit'
import { resolved, startTestService, type TestService } from '@flowstead/service-kit/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openapi } from './openapi/document.ts'
import { eventsOf, newSession, type Session, scheduled, startPhoenix } from './phoenix.testing.ts'
import { phoenixService } from './service.ts'

let phoenix: TestService
beforeAll(async () => {
  phoenix = await startPhoenix()
})
afterAll(() => phoenix.close())

const hostile: readonly unknown[] = [
  '',
  ' ',
  'x'.repeat(10_000),
  'a\u0000b',
  '\ud800',
  "'; DROP TABLE appointments; --",
  '%',
  '__proto__',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '2016-12-31T23:59:60Z',
  '9999999999',
  -1,
  0.5,
  1e308,
  2 ** 53,
  null,
  true,
  [],
  [[]],
  {},
  { a: { b: 1 } },
]

/** A request that is fine, by operation; what is hostile replaces one value of it. */
function goodBody(operationId: string): Record<string, unknown> {
  const bodies: Record<string, Record<string, unknown>> = {
    ScheduleSession: {
      ...newSession(phoenix, 48, { userId: 'u', description: 'd', talentBlockId: 'b', subphaseId: 's' }),
      appointmentType: 'STANDALONE',
    },
    UpdateSession: { title: 't', description: 'd', coachId: 'c', subphaseId: 's', userId: 'u' },
    RescheduleSession: { ...newSession(phoenix, 49), userId: 'u' },
    CancelSession: {
      cancelationReason: 'OTHER',
      canceledBy: 'ADMIN',
      cancelationExplanation: 'x',
      userId: 'u',
    },
    CompleteSession: { userId: 'u' },
    ImportEvent: { ...publishedExample },
    ClaimEvents: { processorNodeId: 'n', limit: 1, leaseSeconds: 1, eventNames: ['VCSessionDoneEvent'] },
    FailEvent: { processorNodeId: 'n', reason: 'r' },
    RenewEventLease: { processorNodeId: 'n', leaseSeconds: 1 },
    AcknowledgeEvent: { processorNodeId: 'n' },
  }
  return bodies[operationId] ?? { callback_url: 'http://127.0.0.1:9/' }
}

const membersOf = (operation: Operation) => {
  const body = operation.requestBody?.content['application/json'].schema
  return Object.keys((resolved(openapi, body).properties ?? {}) as Schema)
}

async function expectTold(method: string, url: string, body?: unknown) {
  const { body: told, status } = await phoenix.call<{ fields?: { field: string }[] }>(method, url, { body })
  const place = `${method} ${url.slice(0, 80)} ${JSON.stringify(body)?.slice(0, 80)}`
  expect(status < 500, `${place}: ${status}`).toBe(true)
  if (status >= 400) expect([place, told.fields?.[0]?.field]).toEqual([place, expect.any(String)])
}

const filled = (path: string, id: string) => path.replaceAll(/\{[^}]+\}/g, encodeURIComponent(id))
const operations = operationsOf(openapi).map((found) => [found.operation.operationId, found] as const)

type Found = (typeof operations)[0][1]

async function tryInBody({ method, operation, path }: Found, id: string, value: unknown): Promise<void> {
  const members = operation.requestBody === undefined ? [] : membersOf(operation)
  const good = Object.entries(goodBody(operation.operationId)).filter(([name]) => members.includes(name))
  for (const member of members) {
    const body = { ...Object.fromEntries(good), [member]: value }
    await expectTold(method.toUpperCase(), filled(path, id), body)
  }
}

/** The HTTP server itself answers 414 to what is too long for a path. */
const mayStandInPath = (text: string) => text !== '' && text.length < 1000

async function tryInParameters(
  { method, operation, path }: Found,
  id: string,
  value: unknown,
): Promise<void> {
  const text = encodeURIComponent(typeof value === 'string' ? value.replace('\ud800', '?') : String(value))
  for (const { in: place, name } of operation.parameters ?? []) {
    const url = place === 'query' ? `${filled(path, id)}?${name}=${text}` : path.replace(`{${name}}`, text)
    if (place === 'query' || mayStandInPath(text)) await expectTold(method.toUpperCase(), url)
  }
}

describe('a hostile value', () => {
  test.each(operations)('in any place of %s is done or refused by name', async (_, found) => {
    const { id } = await scheduled(phoenix, 48)
    const known = found.path.startsWith('/api/v1/events') ? publishedExample.keyId : id
    for (const value of hostile) {
      await tryInBody(found, known, value)
      await tryInParameters(found, known, value)
    }
  })

  test('that is taken is given back as it is', async () => {
    for (const title of ["'; DROP TABLE x", '<b>&amp;', 'a\nb', '𝒳 éè 日本', '__proto__']) {
      const { id } = await scheduled(phoenix, 48, { title, talentId: 'talent-kept' })
      const { body } = await phoenix.call<Session>('GET', `/api/v1/appointments/${id}`)
      expect(body.title).toBe(title)
      const events = await eventsOf(phoenix, '&talentId=talent-kept')
      expect(events.at(-1)?.eventData).toMatchObject({ appointment: { id, title } })
    }
  })
})

test('text that no database keeps is refused', async () => {
  for (const title of ['a\u0000b', '\ud800', '\udc00x']) {
    const body = newSession(phoenix, 48, { title })
    const answer = await phoenix.call('POST', '/api/v1/appointments', { body })
    expect([answer.status, answer.body.fields]).toMatchObject([400, [{ field: 'title', rule: 'pattern' }]])
  }
})

test('sessions, events and leases outlive the process', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'phoenix-'))
  try {
    const first = await startTestService(phoenixService, { folder })
    const before = await eventsOf(first)
    const claimed = { processorNodeId: 'node-1', limit: 1, leaseSeconds: 30 }
    await first.call('POST', '/api/v1/events/claim', { body: claimed })
    await first.close()
    first.clock.advance(31_000)
    const second = await startTestService(phoenixService, { folder, clock: first.clock })
    const after = await eventsOf(second)
    const fixed = ({ updatedAt: _, ...event }: (typeof before)[0]) => event
    expect(after.map(fixed)).toEqual(before.map(fixed))
    expect(after[0]).toMatchObject({ status: 'PUBLISHED', processorNodeId: null })
    await second.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
