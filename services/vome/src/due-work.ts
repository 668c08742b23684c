/** What the service does by the clock. */
import type { DueWork } from '@flowstead/service-kit'
import { tellingChanges } from './change-set.ts'
import { moveDueReservations, nextReservationAt } from './reservations/due-reservations.ts'
import { expireSteps, nextExpiryAt } from './sequences/step-expiry.ts'

export const due: DueWork = {
  nextAt: ({ db }) => {
    const instants = [nextReservationAt(db), nextExpiryAt(db)].filter((at) => at !== null)
    return instants.length === 0 ? null : Math.min(...instants)
  },
  perform: (context) =>
    tellingChanges(context, (telling) => {
      const reservationAt = nextReservationAt(telling.db) ?? Number.POSITIVE_INFINITY
      const expiryAt = nextExpiryAt(telling.db) ?? Number.POSITIVE_INFINITY
      if (reservationAt <= expiryAt) moveDueReservations(telling)
      else expireSteps(telling)
    }),
}
