/**
 * Reservations. Invariants:
 * 1. The spots taken of a shift never exceed its `spots`.
 * 2. A person has at most one reservation per shift that is not cancelled.
 * 3. Archived and unapproved people get none, and none is made for an opportunity that is not active.
 * 4. Each change has exactly one event, committed with it.
 */
import {
  created,
  type Handler,
  invalid,
  noContent,
  ok,
  type ServiceContext,
  updateRow,
} from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { conflict, vomeErrors } from '../errors.ts'
import { filterById } from '../opportunities/opportunities.ts'
import { instant, integer, reference, text } from '../resource/column.ts'
import {
  addRow,
  findRow,
  idOf,
  type Resource,
  readHandlers,
  rowOf,
  showRow,
  storedOf,
} from '../resource/resource.ts'
import { checkMove } from './reservation-moves.ts'
import { type ReservationState, states, takesSpot } from './reservation-state.ts'
import { publishReservation, takenSpots } from './reservation-store.ts'

/** The resource behind `/reservations`. */
export const reservations: Resource = {
  name: 'reservation',
  plural: 'reservations',
  table: 'reservations',
  description: 'A person’s place in a shift.',
  columns: {
    shift_id: reference('shifts'),
    profile_id: reference('profiles'),
    status: integer(0, 7, {
      input: 'none',
      description:
        '0 pending request, 1 reserved, 2 attendance confirmed, 3 checked in, 4 hours logged, 5 not logged, 6 absent, 7 cancelled.',
    }),
    arrival_time: instant({ input: 'none' }),
    departure_time: instant({ input: 'none' }),
    hours_approved_by: {
      ...text(100, { input: 'none', initial: null, description: 'Id of the approving administrator.' }),
      schema: { type: ['string', 'null'] },
    },
    created_at: instant({ input: 'none' }),
    updated_at: instant({ input: 'none' }),
  },
  filters: {
    shift_id: filterById('shift_id'),
    profile_id: filterById('profile_id'),
    status: {
      schema: { type: 'integer', minimum: 0, maximum: 7 },
      description: 'Only in this state.',
      sql: 'status = ?',
    },
  },
}

/** Makes a reservation and its event. @throws 409 when a rule is in the way */
export function reserve(context: ServiceContext, profileId: string, shiftId: string): Row {
  const shift = findRow(context.db, 'shifts', shiftId) as Row
  const opportunity = findRow(context.db, 'opportunities', shift.opportunity_id as string) as Row
  checkPerson(context, profileId, opportunity)
  if (opportunity.status !== 'active') {
    throw conflict(vomeErrors.opportunityClosed, 'shift_id', 'The opportunity of this shift is not active.')
  }
  const own = context.db
    .prepare('SELECT 1 AS own FROM reservations WHERE shift_id = ? AND profile_id = ? AND status <> 7')
    .get(shiftId, profileId)
  if (own !== undefined) {
    throw conflict(vomeErrors.alreadyReserved, 'profile_id', 'This person has a reservation for the shift.')
  }
  checkSpots(context, shift)
  const status = opportunity.instant_book === 1 ? states.reserved : states.pending
  const row = addRow(context, reservations, { shift_id: shiftId, profile_id: profileId, status })
  publishReservation(context, 'reservation.created', row.id as string)
  return row
}

function checkPerson({ db }: ServiceContext, profileId: string, opportunity: Row): void {
  if (findRow(db, 'profiles', profileId)?.archived_at !== null) {
    throw conflict(vomeErrors.profileArchived, 'profile_id', 'This profile is archived.')
  }
  const approval = db
    .prepare('SELECT 1 AS approved FROM approvals WHERE profile_id = ? AND opportunity_id = ?')
    .get(profileId, opportunity.id ?? null)
  if (approval === undefined) {
    throw conflict(vomeErrors.notApproved, 'profile_id', 'This person is not approved for the opportunity.')
  }
}

function checkSpots({ db }: ServiceContext, shift: Row): void {
  if (takenSpots(db, shift.id as string) < (shift.spots as number)) return
  throw conflict(vomeErrors.shiftFull, 'shift_id', 'Every spot of this shift is taken.')
}

/** The operations of `/reservations`. */
export const reservationHandlers: Record<string, Handler> = {
  ...readHandlers(reservations),
  createReservation: (call) => {
    const { profile_id, shift_id } = storedOf(reservations, call)
    const row = reserve(call, profile_id as string, shift_id as string)
    return created(`/api/v1/reservations/${row.id}`, showRow(reservations, row))
  },
  updateReservation: (call) => {
    const id = idOf(call)
    const before = rowOf(call.db, reservations, id)
    const row = { ...before, ...movedTo(call, before, storedOf(reservations, call)) }
    const isSame = Object.keys(row).every((column) => row[column] === before[column])
    if (isSame) return ok(showRow(reservations, before))
    const changes = { ...row, updated_at: call.now() }
    updateRow(call.db, 'reservations', id, changes)
    publishReservation(call, 'reservation.updated', id)
    return ok(showRow(reservations, changes))
  },
  deleteReservation: (call) => {
    const id = idOf(call)
    rowOf(call.db, reservations, id)
    publishReservation(call, 'reservation.deleted', id)
    call.db.prepare('DELETE FROM reservations WHERE id = ?').run(id)
    return noContent
  },
}

/** The columns that a requested change sets, after its rules. */
function movedTo(context: ServiceContext, before: Row, wanted: Row): Row {
  const shift = findRow(context.db, 'shifts', before.shift_id as string) as Row
  const opportunity = findRow(context.db, 'opportunities', shift.opportunity_id as string) as Row
  const [from, to] = [before.status, wanted.status ?? before.status] as [ReservationState, ReservationState]
  const times = from === to ? {} : checkMove({ from, to, shift, opportunity, wanted, now: context.now() })
  if (!takesSpot(from) && takesSpot(to)) checkSpots(context, shift)
  const changes: Row = { ...keptTimes(before, times), ...wanted }
  const row = { ...before, ...changes }
  const [arrival, departure] = [row.arrival_time, row.departure_time]
  if (typeof arrival === 'number' && typeof departure === 'number' && departure < arrival) {
    const message = '"departure_time" must not be before "arrival_time".'
    throw invalid([{ field: 'departure_time', rule: 'after', message }])
  }
  return changes
}

/** Times that a move sets by itself; one that is known already stays. */
function keptTimes(before: Row, times: Row): Row {
  return Object.fromEntries(Object.entries(times).map(([column, at]) => [column, before[column] ?? at]))
}
