import { defineService } from '@flowstead/service-kit'
import { book } from './bookings.ts'
import { events } from './events.ts'
import { openapi } from './openapi.ts'
import { approvals, categories, opportunities } from './opportunities.ts'
import { organizationHandlers } from './organization.ts'
import { profileHandlers, profiles } from './profiles.ts'
import { reservationHandlers } from './reservations.ts'
import { resourceHandlers } from './resource.ts'
import { sampleReservation } from './sample-reservation.ts'
import { steps } from './schema.ts'
import { seed } from './seeds.ts'
import { shifts } from './shifts.ts'
import { subscriptionHandlers } from './subscriptions.ts'

const reservationEvents = new Set(
  events.filter(({ family }) => family === 'reservation').map(({ name }) => name),
)

/** Vome as a local service. */
export const vomeService = defineService({
  name: 'vome',
  title: 'Vome',
  port: 7281,
  openapi,
  auth: { in: 'header', name: 'X-API-Key' },
  steps,
  seed,
  problemBody: ({ code, fields, message }) => ({ code, message, fields }),
  sampleEvent: (event, { now }) => {
    if (!reservationEvents.has(event)) return undefined
    const payload = sampleReservation(now())
    return { event, entity: String(payload.id), payload }
  },
  handlers: {
    ...organizationHandlers,
    ...resourceHandlers(profiles),
    ...profileHandlers,
    ...resourceHandlers(categories),
    ...resourceHandlers(opportunities),
    ...resourceHandlers(approvals),
    ...resourceHandlers(shifts),
    ...reservationHandlers,
    book,
    ...subscriptionHandlers,
  },
})
