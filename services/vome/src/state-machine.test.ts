/**
 * Random operations on a small organisation. After each one:
 * 1. No shift has more spots taken than it has.
 * 2. A reservation only goes from a state to one that the table allows.
 * 3. Nobody has two open reservations for a shift, or two open assignments of a sequence.
 * 4. The events are exactly the changes: one for each entity made, changed or deleted, none for a refusal.
 */

import type { Row } from '@flowstead/sqlite'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ReservationState, transitions } from './reservations/reservation-state.ts'
import { takenSpots } from './reservations/reservation-store.ts'
import { hourMs, iso, makeWorld, openVome, type TestVome, type World } from './vome.testing.ts'
import { type EntityKind, payloadOf } from './webhooks/payloads.ts'

interface Arena extends World {
  readonly vome: TestVome
  readonly sequence_id: string
  readonly form_id: string
  readonly tag_id: string
}

/** Picks one of what stands in a table by a number. */
function pick(vome: TestVome, table: string, n: number): string {
  const rows = vome.db.prepare<{ id: string }>(`SELECT id FROM ${table} ORDER BY seq`).all()
  return rows[n % Math.max(rows.length, 1)]?.id ?? 'none'
}

type Step = (arena: Arena, n: number, m: number) => void

const steps: Readonly<Record<string, Step>> = {
  reserve: ({ vome }, n, m) => {
    const body = { profile_id: pick(vome, 'profiles', n), shift_id: pick(vome, 'shifts', m), guests: n % 2 }
    vome.call('createReservation', { body: { ...body, by: m % 3 === 0 ? 'administrator' : 'volunteer' } })
  },
  move: ({ vome }, n, m) => {
    const id = pick(vome, 'reservations', n)
    const approval = n % 2 === 0 ? { hours_approved_by: 'admin' } : {}
    const by = n % 5 === 0 ? 'volunteer' : 'administrator'
    vome.call('updateReservation', { id, body: { status: m % 8, by, ...approval } })
  },
  deleteReservation: ({ vome }, n) => vome.call('deleteReservation', { id: pick(vome, 'reservations', n) }),
  claim: ({ vome }, n, m) => {
    const to = vome.now() - (m % 3) * hourMs
    const body = { claimed_from: iso(to - 90 * 60_000), claimed_to: iso(to) }
    vome.call('createHourClaim', { body: { ...body, reservation_id: pick(vome, 'reservations', n) } })
  },
  decide: ({ vome }, n, m) => {
    const operation = m % 3 === 0 ? 'declineHourClaim' : 'approveHourClaim'
    vome.call(operation, { id: pick(vome, 'hour_claims', n), body: { decided_by: 'admin' } })
  },
  later: ({ vome }, n) => vome.advance((n % 40) * hourMs),
  spots: ({ vome }, n, m) => {
    vome.call('updateShift', { id: pick(vome, 'shifts', n), body: { spots: 1 + (m % 4) } })
  },
  automatic: ({ opportunity_id, vome }, n) => {
    vome.call('updateOpportunity', {
      id: opportunity_id,
      body: { auto_check_in_out: n % 2 === 0, group_max: 1 },
    })
  },
  newShift: ({ opportunity_id, vome }, n) => {
    const start = vome.now() + (n % 60) * hourMs
    const times = { shift_start_at: iso(start), shift_end_at: iso(start + 2 * hourMs) }
    vome.call('createShift', { body: { opportunity_id, spots: 1 + (n % 2), ...times } })
  },
  deleteShift: ({ vome }, n) => vome.call('deleteShift', { id: pick(vome, 'shifts', n) }),
  archive: ({ vome }, n, m) => {
    vome.call(m % 2 === 0 ? 'archiveProfile' : 'reactivateProfile', { id: pick(vome, 'profiles', n) })
  },
  approve: ({ opportunity_id, vome }, n) => {
    vome.call('createApproval', { body: { opportunity_id, profile_id: pick(vome, 'profiles', n) } })
  },
  tag: ({ tag_id, vome }, n) => {
    vome.call('createProfileTag', { body: { tag_id, profile_id: pick(vome, 'profiles', n) } })
  },
  edit: ({ vome }, n, m) => {
    vome.call('updateProfile', { id: pick(vome, 'profiles', n), body: { phone_number: String(m % 3) } })
  },
  deleteProfile: ({ vome }, n) => vome.call('deleteProfile', { id: pick(vome, 'profiles', n) }),
  book: ({ vome }, n) => vome.call('book', { body: { name: `Person ${n % 4}` } }),
  assign: ({ sequence_id, vome }, n) => {
    const profile_id = pick(vome, 'profiles', n)
    vome.call('createSequenceAssignment', { body: { sequence_id, profile_id } })
  },
  step: ({ vome }, n, m) => {
    const status = ['complete', 'pending', 'signed'][m % 3]
    const expiration_on = m % 4 === 0 ? '2026-05-06' : null
    const place = { id: pick(vome, 'sequence_assignments', n), step_id: pick(vome, 'sequence_steps', m) }
    vome.call('updateStepProgress', { ...place, body: { status, expiration_on } })
  },
  assignment: ({ vome }, n, m) => {
    const status = ['active', 'paused', 'inactive', 'finished'][m % 4]
    vome.call('updateSequenceAssignment', { id: pick(vome, 'sequence_assignments', n), body: { status } })
  },
  unassign: ({ vome }, n) =>
    vome.call('deleteSequenceAssignment', { id: pick(vome, 'sequence_assignments', n) }),
  submit: ({ form_id, vome }, n) => {
    const applicant = { first_name: 'A', last_name: String(n % 5), email: `applicant${n % 5}@example.org` }
    vome.call('createFormSubmission', { body: { form_id, applicant } })
  },
  review: ({ vome }, n, m) => {
    const submission_status = ['approved', 'declined', 'pending'][m % 3]
    vome.call('updateFormSubmission', { id: pick(vome, 'form_submissions', n), body: { submission_status } })
  },
  deleteSubmission: ({ vome }, n) =>
    vome.call('deleteFormSubmission', { id: pick(vome, 'form_submissions', n) }),
}

function arena(): Arena {
  const vome = openVome()
  const world = makeWorld(vome, { spots: 2, people: 3, opportunity: { group_max: 1 } })
  const make = (operation: string, body: object) => vome.must(operation, { body }).id
  const sequence_id = make('createSequence', { title: 'S', sequence_status: 'published', is_general: true })
  make('createSequenceStep', { sequence_id, category: 'orientation', title: 'O' })
  make('createSequenceStep', { sequence_id, category: 'fillable_pdf', title: 'P' })
  const form_id = make('createForm', { title: 'F' })
  const tag_id = make('createTag', { tag_title: 'T' })
  const finished = {
    event: 'sequence_finished',
    source_id: sequence_id,
    action: 'add_tag',
    target_id: tag_id,
  }
  make('createAutomation', finished)
  return { vome, ...world, sequence_id, form_id, tag_id }
}

const kinds: readonly (readonly [EntityKind, table: string])[] = [
  ['reservation', 'reservations'],
  ['form_submission', 'form_submissions'],
  ['sequence_assignment', 'sequence_assignments'],
  ['profile', 'profiles'],
]

/** What stands of the entities themselves, so that changes of others (a shift, a form) are none of theirs. */
function stateOf(vome: TestVome): Map<string, string> {
  const state = new Map<string, string>()
  // Not every kind of step shows in the payload how far the person is.
  const progress = vome.db.prepare('SELECT * FROM step_progress WHERE assignment_id = ? ORDER BY seq')
  for (const [kind, table] of kinds) {
    for (const row of vome.db.prepare<Row & { id: string }>(`SELECT * FROM ${table}`).all()) {
      const shown = own(kind, payloadOf(vome, kind, row.id))
      const steps = progress.all(row.id)
      state.set(`${kind}/${row.id}`, JSON.stringify([shown, row.archived_at, steps]))
    }
  }
  return state
}

/** Members that belong to other entities are left out. */
function own(kind: EntityKind, payload: Record<string, unknown>): unknown {
  const { opportunity, sequence_info, shift, updated_at, user, user_info, ...others } = payload
  if (kind !== 'sequence_assignment') return others
  const { display_status, step_info } = sequence_info as Row & { step_info: unknown }
  return { ...others, display_status, step_info }
}

function expectedEvents(before: Map<string, string>, after: Map<string, string>): Map<string, string> {
  const expected = new Map<string, string>()
  for (const [key, text] of after) {
    const was = before.get(key)
    if (was === undefined) expected.set(key, 'created')
    else if (was !== text) expected.set(key, 'updated')
  }
  for (const key of before.keys()) if (!after.has(key)) expected.set(key, 'deleted')
  return expected
}

function checkInvariants({ vome }: Arena, statuses: Map<string, number>): void {
  for (const { id, spots } of vome.db
    .prepare<{ id: string; spots: number }>('SELECT id, spots FROM shifts')
    .all()) {
    expect(spots - takenSpots(vome.db, id)).toBeGreaterThanOrEqual(0)
  }
  const doubles = `SELECT count(*) AS n FROM reservations WHERE status <> 7 GROUP BY shift_id, profile_id HAVING n > 1`
  expect(vome.db.prepare(doubles).all()).toEqual([])
  for (const { id, status } of vome.db
    .prepare<{ id: string; status: number }>('SELECT * FROM reservations')
    .all()) {
    const was = statuses.get(id) as ReservationState | undefined
    if (was !== undefined && was !== status) expect(transitions[was]).toContain(status)
    statuses.set(id, status)
  }
}

test('random operations keep the invariants, and the outbox has exactly one entry per change', () => {
  const names = Object.keys(steps)
  const command = fc.tuple(fc.constantFrom(...names), fc.nat(30), fc.nat(30))
  fc.assert(
    fc.property(fc.array(command, { minLength: 10, maxLength: 40 }), (commands) => {
      const made = arena()
      const { vome } = made
      const statuses = new Map<string, number>()
      for (const [name, n, m] of commands) {
        const before = stateOf(vome)
        const known = vome.events.length
        steps[name]?.(made, n, m)
        const told = vome.events.slice(known)
        checkInvariants(made, statuses)
        checkEvents(name, told, expectedEvents(before, stateOf(vome)))
      }
      vome.db.close()
    }),
    { numRuns: 6 },
  )
})

function checkEvents(
  name: string,
  told: readonly { event: string; entity: string }[],
  expected: Map<string, string>,
): void {
  const toldKeys = told.map(
    ({ entity, event }) => [`${event.split('.')[0]}/${entity}`, event.split('.')[1]] as const,
  )
  // The clock may do several things to one entity in one turn of this test, each in a request of its own.
  const isOne = name !== 'later'
  if (isOne) expect(new Set(toldKeys.map(([key]) => key)).size).toBe(told.length)
  const last = new Map(toldKeys.map(([key, verb]) => [key, verb === 'archived' ? 'updated' : verb]))
  expect(Object.fromEntries(last)).toEqual(Object.fromEntries(expected))
}
