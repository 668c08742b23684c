/** States of a reservation, as they travel. */
export const states = {
  pending: 0,
  reserved: 1,
  confirmed: 2,
  checkedIn: 3,
  hoursLogged: 4,
  notLogged: 5,
  absent: 6,
  cancelled: 7,
} as const

export type ReservationState = (typeof states)[keyof typeof states]

/** From each state, the states it may go to. */
export const transitions: Readonly<Record<ReservationState, readonly ReservationState[]>> = {
  0: [1, 7],
  1: [2, 3, 4, 5, 6, 7],
  2: [3, 4, 5, 6, 7],
  3: [4, 6],
  4: [],
  5: [4, 6],
  6: [4, 5],
  7: [],
}

/** Reservations in these states take a spot. */
export const takingStates = '0, 1, 2, 3, 4, 5'

/** Whether a reservation in this state takes a spot. */
export function takesSpot(state: ReservationState): boolean {
  return state <= states.notLogged
}

/** SQL for the minutes that count for a reservation `r` with logged hours. */
export const minutesLoggedSql = 'coalesce(r.claimed_minutes, (r.departure_time - r.arrival_time) / 60000)'
