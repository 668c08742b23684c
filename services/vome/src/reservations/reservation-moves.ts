/** When a reservation may go from one state to another, and which times that sets. */
import { invalid, isoTime } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { conflict, vomeErrors } from '../errors.ts'
import type { Actor } from './reservation-rules.ts'
import { type ReservationState, states, transitions } from './reservation-state.ts'

export interface Move {
  readonly from: ReservationState
  readonly to: ReservationState
  readonly shift: Row
  readonly opportunity: Row
  /** The columns that the client sets itself. */
  readonly wanted: Row
  readonly now: number
  readonly by: Actor
}

const minuteMs = 60_000
const volunteerStates: readonly ReservationState[] = [
  states.confirmed,
  states.checkedIn,
  states.hoursLogged,
  states.cancelled,
]
/** Attendance can be confirmed from so long before the start. */
export const confirmBeforeMs = 48 * 60 * minuteMs

/** The times that the move sets. @throws 409 when the move is not possible, or not now */
export function checkMove(move: Move): Row {
  const { from, to } = move
  if (!transitions[from].includes(to)) {
    throw conflict(vomeErrors.wrongState, 'status', `A reservation cannot go from status ${from} to ${to}.`)
  }
  if (move.by === 'volunteer' && !volunteerStates.includes(to)) {
    throw conflict(vomeErrors.administratorOnly, 'status', `Only an administrator can set status ${to}.`)
  }
  if (to === states.reserved) return checkApprove(move)
  if (to === states.cancelled) return checkCancel(move)
  if (to === states.confirmed) return checkConfirm(move)
  if (to === states.checkedIn) return checkIn(move)
  if (to === states.hoursLogged) return from === states.checkedIn ? checkOut(move) : logHours(move)
  if (to === states.notLogged) notBefore(move, instantOf(move.shift.shift_end_at))
  return {}
}

function checkApprove(move: Move): Row {
  notAfter(move, instantOf(move.shift.shift_end_at))
  return {}
}

/** A volunteer may withdraw a request at any time, a reservation until so many hours before the start. */
function checkCancel(move: Move): Row {
  if (move.by === 'administrator' || move.from === states.pending) return {}
  const hours = move.opportunity.cancel_hours as number
  notAfter(move, instantOf(move.shift.shift_start_at) - hours * 60 * minuteMs)
  return {}
}

function checkConfirm(move: Move): Row {
  const start = instantOf(move.shift.shift_start_at)
  notBefore(move, start - confirmBeforeMs)
  notAfter(move, start)
  return {}
}

function checkIn(move: Move): Row {
  notBefore(move, instantOf(move.shift.shift_start_at) - minutesOf(move.opportunity.checkin_open_minutes))
  notAfter(move, closingTime(move))
  return { arrival_time: move.now }
}

/** By the person until check-out closes, later only with an administrator's approval. */
function checkOut(move: Move): Row {
  if (move.wanted.hours_approved_by == null) notAfter(move, closingTime(move))
  return { departure_time: move.now }
}

/** By an administrator, for somebody who did not check in: the hours of the shift unless given. */
function logHours({ shift, wanted }: Move): Row {
  if (wanted.hours_approved_by == null) {
    const message = '"hours_approved_by" is required to log hours without a check-in.'
    throw invalid([{ field: 'hours_approved_by', rule: 'required', message }])
  }
  return {
    arrival_time: shift.shift_start_at ?? null,
    departure_time: shift.shift_end_at ?? null,
  }
}

function closingTime({ opportunity, shift }: Move): number {
  return instantOf(shift.shift_end_at) + minutesOf(opportunity.checkout_close_minutes)
}

function notBefore({ now, to }: Move, at: number): void {
  if (now >= at) return
  throw conflict(vomeErrors.tooEarly, 'status', `Status ${to} is possible from ${isoTime(at)}.`)
}

function notAfter({ now, to }: Move, at: number): void {
  if (now <= at) return
  throw conflict(vomeErrors.tooLate, 'status', `Status ${to} was possible until ${isoTime(at)}.`)
}

function instantOf(value: Row[string] | undefined): number {
  return value as number
}

function minutesOf(value: Row[string] | undefined): number {
  return (value as number) * minuteMs
}
