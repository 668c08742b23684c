import { defineService } from '@flowstead/service-kit'
import { openapi } from './openapi.ts'
import { approvals, categories, opportunities } from './opportunities/opportunities.ts'
import { shifts } from './opportunities/shifts.ts'
import { organizationHandlers } from './organization/organization.ts'
import { profileHandlers, profiles } from './profiles/profiles.ts'
import { book } from './reservations/bookings.ts'
import { reservationHandlers } from './reservations/reservations.ts'
import { resourceHandlers } from './resource/resource.ts'
import { sampleReservation } from './samples/sample-reservation.ts'
import { seed } from './samples/seeds.ts'
import { steps } from './schema.ts'
import { events } from './webhooks/events.ts'
import { subscriptionHandlers } from './webhooks/subscriptions.ts'

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
