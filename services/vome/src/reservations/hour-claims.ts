/** Hours that a volunteer asks for after a shift. An approved claim sets what counts for the reservation. */
import { created, invalid, ok, updateRow } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import type { VomeContext, VomeHandler } from '../change-set.ts'
import { conflict, vomeErrors } from '../errors.ts'
import { instant, integer, oneOf, reference, text, times } from '../resource/column.ts'
import {
  addRow,
  changeRow,
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
import { states } from './reservation-state.ts'
import { reservations } from './reservations.ts'

const claimStates = ['pending', 'approved', 'declined'] as const

/** The resource behind `/hour_claims`. */
export const hourClaims: Resource = {
  name: 'hourClaim',
  plural: 'hour_claims',
  table: 'hour_claims',
  description: 'Hours that a volunteer asks for after a shift.',
  columns: {
    reservation_id: reference('reservations'),
    claimed_from: instant({ input: 'required' }),
    claimed_to: instant({ input: 'required' }),
    minutes: {
      ...integer(1, 1440),
      initial: 0,
      schema: {
        type: 'integer',
        minimum: 1,
        maximum: 1440,
        description: 'Default: all between the two times; less when there was a break.',
      },
    },
    note: text(1000),
    status: oneOf(claimStates, { input: 'none' }),
    decided_by: {
      ...text(100, { input: 'none', initial: null }),
      schema: { type: ['string', 'null'], description: 'Id of the administrator; null when none was asked.' },
    },
    ...times,
  },
  filters: {
    reservation_id: filterById('reservation_id'),
    status: { schema: { enum: claimStates }, description: 'Only in this state.', sql: 'status = ?' },
  },
}

/** Handlers by operationId. */
export const hourClaimHandlers: Record<string, VomeHandler> = {
  ...readHandlers(hourClaims),
  createHourClaim: (call) => {
    const values = storedOf(hourClaims, call, call.body)
    const reservation = rowOf(call.db, reservations, values.reservation_id as string)
    checkClaim(call, reservation, values)
    const row = addRow(call, hourClaims, { ...values, minutes: values.minutes ?? spanOf(values) })
    const shown = isAutomatic(call, reservation) ? approveClaim(call, row, null) : row
    return created(`/api/v1/hour_claims/${row.id}`, showRow(hourClaims, shown))
  },
  approveHourClaim: (call) => {
    const row = pendingClaim(call)
    const { decided_by } = call.body as { decided_by: string }
    return ok(showRow(hourClaims, approveClaim(call, row, decided_by)))
  },
  declineHourClaim: (call) => {
    const row = pendingClaim(call)
    const { decided_by } = call.body as { decided_by: string }
    return ok(showRow(hourClaims, changeRow(call, hourClaims, row, { status: 'declined', decided_by })))
  },
}

function spanOf({ claimed_from, claimed_to }: Row): number {
  return Math.trunc(((claimed_to as number) - (claimed_from as number)) / 60_000)
}

const claimable: readonly unknown[] = [states.checkedIn, states.hoursLogged, states.notLogged]

function checkClaim({ db, now }: VomeContext, reservation: Row, claim: Row): void {
  const span = spanOf(claim)
  const refuse = (field: string, rule: string, message: string) => invalid([{ field, rule, message }])
  if (span < 1 || span > 1440) {
    throw refuse('claimed_to', 'after', '"claimed_to" must be 1 minute to 24 hours after "claimed_from".')
  }
  if ((claim.claimed_to as number) > now()) {
    throw refuse('claimed_to', 'past', '"claimed_to" must not be in the future.')
  }
  if (typeof claim.minutes === 'number' && claim.minutes > span) {
    throw refuse('minutes', 'maximum', `"minutes" must be at most ${span}, the time between the two.`)
  }
  if (findRow(db, 'profiles', reservation.profile_id as string)?.archived_at !== null) {
    throw conflict(vomeErrors.profileArchived, 'reservation_id', 'This profile is archived.')
  }
  const shift = findRow(db, 'shifts', reservation.shift_id as string) as Row
  if (now() < (shift.shift_end_at as number) || !claimable.includes(reservation.status)) {
    const message = 'Hours can be claimed after the shift, unless the person was absent or had cancelled.'
    throw conflict(vomeErrors.wrongState, 'reservation_id', message)
  }
  const open = db
    .prepare(`SELECT 1 AS open FROM hour_claims WHERE reservation_id = ? AND status = 'pending'`)
    .get(reservation.id ?? null)
  if (open === undefined) return
  throw conflict(vomeErrors.taken, 'reservation_id', 'There is a claim that nobody has decided yet.')
}

function isAutomatic({ db }: VomeContext, { shift_id }: Row): boolean {
  const row = db
    .prepare(
      `SELECT o.auto_approve_hours FROM shifts s JOIN opportunities o ON o.id = s.opportunity_id
       WHERE s.id = ?`,
    )
    .get(shift_id ?? null)
  return row?.auto_approve_hours === 1
}

function pendingClaim(call: Parameters<VomeHandler>[0]): Row {
  const row = rowOf(call.db, hourClaims, idOf(call))
  if (row.status === 'pending') return row
  throw conflict(vomeErrors.wrongState, 'id', `This claim is ${row.status} already.`)
}

/** The reservation takes over what was claimed; its hours are logged. */
function approveClaim(context: VomeContext, claim: Row, decidedBy: string | null): Row {
  const { changes, db, now } = context
  const reservation = rowOf(db, reservations, claim.reservation_id as string)
  if (!claimable.includes(reservation.status)) {
    const message = `The reservation has status ${reservation.status}; its hours cannot be logged.`
    throw conflict(vomeErrors.wrongState, 'id', message)
  }
  const id = reservation.id as string
  updateRow(db, 'reservations', id, {
    status: states.hoursLogged,
    arrival_time: claim.claimed_from ?? null,
    departure_time: claim.claimed_to ?? null,
    claimed_minutes: claim.minutes ?? null,
    hours_approved_by: decidedBy,
    updated_at: now(),
  })
  planDueTimes(db, 'reservation', id)
  changes.updated('reservation', id)
  changes.updated('profile', reservation.profile_id as string)
  return changeRow(context, hourClaims, claim, { status: 'approved', decided_by: decidedBy })
}
