/**
 * Reservations. Invariants:
 * 1. The spots taken of a shift never exceed its `spots`.
 * 2. A person has at most one reservation per shift that is not cancelled.
 * 3. Archived and unapproved people get none, and none is made for an opportunity that is not active.
 * 4. Each change has exactly one event, committed with it.
 */
import { created, invalid, noContent, ok, updateRow } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import type { VomeContext, VomeHandler } from '../change-set.ts'
import { conflict, vomeErrors } from '../errors.ts'
import { instant, integer, reference, text, times } from '../resource/column.ts'
import {
  addRow,
  filterById,
  findRow,
  idOf,
  type Resource,
  readHandlers,
  rowOf,
  showRow,
  storedOf,
} from '../resource/resource.ts'
import { planDueTimes } from './due-reservations.ts'
import { noticingFreeSpots } from './free-spots.ts'
import { checkMove } from './reservation-moves.ts'
import { type Actor, checkSpots, checkWish } from './reservation-rules.ts'
import { type ReservationState, states, takesSpot } from './reservation-state.ts'
import { deleteReservation } from './reservation-store.ts'

const unknownText = (description: string) => ({
  ...text(100, { input: 'none', initial: null }),
  schema: { type: ['string', 'null'], description },
})

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
    guests: integer(0, 100, { description: 'Each takes a spot.' }),
    infants: integer(0, 100, { description: 'They take none.' }),
    arrival_time: instant({ input: 'none' }),
    departure_time: instant({ input: 'none' }),
    hours_approved_by: unknownText('Id of the approving administrator.'),
    ...times,
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

export interface NewReservation {
  readonly shift_id: string
  readonly profile_id: string
  readonly guests?: number
  readonly infants?: number
  /** An administrator's reservation stands at once and is free of limits; default `volunteer`. */
  readonly by?: Actor
  /** Somebody who came without a reservation: an administrator logs the hours at once. */
  readonly attendance?: Attendance
}

/** Instants in ISO 8601. */
export interface Attendance {
  readonly arrival_time: string
  readonly departure_time: string
  readonly hours_approved_by: string
}

/** Makes a reservation. @throws 409 when a rule is in the way */
export function reserve(context: VomeContext, wish: NewReservation): Row {
  const { attendance, by = 'volunteer', guests = 0, infants = 0, profile_id, shift_id } = wish
  const shift = findRow(context.db, 'shifts', shift_id) as Row
  const opportunity = findRow(context.db, 'opportunities', shift.opportunity_id as string) as Row
  const { db } = context
  const now = context.now()
  const hasAttended = attendance !== undefined
  checkWish({ db, now, by, profileId: profile_id, shift, opportunity, guests, hasAttended })
  const isInstant = opportunity.instant_book === 1 || by === 'administrator'
  const status = isInstant ? states.reserved : states.pending
  const attended = attendance === undefined ? {} : attendedColumns(attendance, by, now)
  const row = addRow(context, reservations, { shift_id, profile_id, guests, infants, status, ...attended })
  if (hasAttended) context.changes.updated('profile', profile_id)
  planDueTimes(db, 'reservation', row.id as string)
  context.changes.created('reservation', row.id as string)
  return row
}

function attendedColumns(attendance: Attendance, by: Actor, now: number): Row {
  const { arrival_time, departure_time, hours_approved_by } = attendance
  if (by !== 'administrator') {
    throw conflict(vomeErrors.administratorOnly, 'attendance', 'Only an administrator can log an attendance.')
  }
  const [arrival, departure] = [Date.parse(arrival_time), Date.parse(departure_time)]
  if (departure < arrival || departure > now) {
    const message = '"attendance.departure_time" must be between the arrival and now.'
    throw invalid([{ field: 'attendance.departure_time', rule: 'after', message }])
  }
  return {
    status: states.hoursLogged,
    arrival_time: arrival,
    departure_time: departure,
    hours_approved_by,
  }
}

/** The operations of `/reservations`. */
export const reservationHandlers: Record<string, VomeHandler> = {
  ...readHandlers(reservations),
  createReservation: (call) => {
    const { profile_id, shift_id } = call.body as NewReservation
    storedOf(reservations, call, { shift_id, profile_id })
    const row = reserve(call, call.body as NewReservation)
    return created(`/api/v1/reservations/${row.id}`, showRow(reservations, row))
  },
  updateReservation: (call) => {
    const before = rowOf(call.db, reservations, idOf(call))
    const { by = 'administrator', ...wish } = call.body as { by?: Actor }
    return ok(showRow(reservations, moveReservation(call, before, storedOf(reservations, call, wish), by)))
  },
  deleteReservation: (call) => {
    const row = rowOf(call.db, reservations, idOf(call))
    noticingFreeSpots(call, shiftOf(call, row), () => deleteReservation(call, row))
    return noContent
  },
}

/** Changes a reservation by the rules of its states; answers it as it is then. */
function moveReservation(context: VomeContext, before: Row, wanted: Row, by: Actor): Row {
  const row: Row = { ...before, ...movedTo(context, before, wanted, by) }
  const isSame = Object.keys(row).every((column) => row[column] === before[column])
  if (isSame) return before
  const after = { ...row, updated_at: context.now() }
  noticingFreeSpots(context, shiftOf(context, before), () => storeMove(context, before, after))
  return after
}

function storeMove({ changes, db }: VomeContext, before: Row, after: Row): void {
  const { due_at: _, ...columns } = after
  updateRow(db, 'reservations', before.id ?? null, columns)
  planDueTimes(db, 'reservation', before.id as string)
  changes.updated('reservation', before.id as string)
  if (minutesOf(before) !== minutesOf(after)) changes.updated('profile', before.profile_id as string)
}

/** What counts for the profile; undefined while no hours are logged. */
function minutesOf({ arrival_time, claimed_minutes, departure_time, status }: Row): unknown {
  if (status !== states.hoursLogged) return undefined
  return claimed_minutes ?? Math.trunc(((departure_time as number) - (arrival_time as number)) / 60_000)
}

function shiftOf({ db }: VomeContext, { shift_id }: Row): Row {
  return findRow(db, 'shifts', shift_id as string) as Row
}

/** The columns that a requested change sets, after its rules. */
function movedTo(context: VomeContext, before: Row, wanted: Row, by: Actor): Row {
  const shift = shiftOf(context, before)
  const opportunity = findRow(context.db, 'opportunities', shift.opportunity_id as string) as Row
  const [from, to] = [before.status, wanted.status ?? before.status] as [ReservationState, ReservationState]
  const now = context.now()
  const moveTimes = from === to ? {} : checkMove({ from, to, shift, opportunity, wanted, now, by })
  if (!takesSpot(from) && takesSpot(to)) checkSpots(context.db, shift, 1 + (before.guests as number))
  const isTimed = wanted.arrival_time !== undefined || wanted.departure_time !== undefined
  const changes: Row = {
    ...keptTimes(before, moveTimes),
    ...wanted,
    ...(isTimed ? { claimed_minutes: null } : {}),
  }
  const row = { ...before, ...changes }
  const [arrival, departure] = [row.arrival_time, row.departure_time]
  if (typeof arrival === 'number' && typeof departure === 'number' && departure < arrival) {
    const message = '"departure_time" must not be before "arrival_time".'
    throw invalid([{ field: 'departure_time', rule: 'after', message }])
  }
  return changes
}

/** Times that a move sets by itself; one that is known already stays. */
function keptTimes(before: Row, moveTimes: Row): Row {
  return Object.fromEntries(Object.entries(moveTimes).map(([column, at]) => [column, before[column] ?? at]))
}
