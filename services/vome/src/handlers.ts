/** Every operation of the service. */
import type { Handler } from '@flowstead/service-kit'
import { type VomeHandler, withChanges } from './change-set.ts'
import { submissionHandlers } from './forms/submissions.ts'
import { organizationHandlers } from './organization/organization-handlers.ts'
import { profileHandlers } from './profiles/profile-moves.ts'
import { book } from './reservations/bookings.ts'
import { hourClaimHandlers } from './reservations/hour-claims.ts'
import { reservationHandlers } from './reservations/reservations.ts'
import { readHandlers, resourceHandlers } from './resource/resource.ts'
import { editableResources, readableResources } from './resources.ts'
import { assignmentHandlers } from './sequences/assignments.ts'
import { progressHandlers } from './sequences/step-progress.ts'
import { detailHandlers } from './webhooks/details.ts'
import { subscriptionHandlers } from './webhooks/subscriptions.ts'

const all: Readonly<Record<string, VomeHandler>> = {
  ...organizationHandlers,
  ...Object.assign({}, ...editableResources.map(resourceHandlers)),
  ...Object.assign({}, ...readableResources.map(readHandlers)),
  ...profileHandlers,
  ...reservationHandlers,
  ...hourClaimHandlers,
  ...assignmentHandlers,
  ...progressHandlers,
  ...submissionHandlers,
  ...detailHandlers,
  ...subscriptionHandlers,
  book,
}

/** Handlers by operationId; each publishes the events of what it changed. */
export const handlers: Readonly<Record<string, Handler>> = Object.fromEntries(
  Object.entries(all).map(([operationId, handler]) => [operationId, withChanges(handler)]),
)
