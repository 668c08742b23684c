import { sessionEvent } from '@flowstead/catalog'
import { defineService, isoTime, type ServiceContext, type ServiceEvent } from '@flowstead/service-kit'
import { acknowledge, claim, fail, freeing, renew } from './events/claims.ts'
import { getDelivery, getEvent, listEvents, replay } from './events/event-log.ts'
import { getEventType, listEventTypes } from './events/event-types.ts'
import { importEvent } from './events/import-event.ts'
import { openapi } from './openapi/document.ts'
import { sessionPage } from './pages/session-page.ts'
import { sessionsPage } from './pages/sessions-page.ts'
import { steps } from './schema.ts'
import { seed } from './seeds.ts'
import { cancel } from './sessions/cancel.ts'
import { complete } from './sessions/complete.ts'
import { remove } from './sessions/delete.ts'
import { get, list } from './sessions/list.ts'
import { reschedule } from './sessions/reschedule.ts'
import { schedule } from './sessions/schedule.ts'
import { update } from './sessions/update.ts'
import { subscriptionHandlers } from './subscriptions.ts'

/** The example of an event, as if it had been written now. */
function sampleEvent(name: string, { now }: ServiceContext): ServiceEvent | undefined {
  const example = sessionEvent(name)?.example
  if (example === undefined) return undefined
  const at = isoTime(now())
  return {
    event: name,
    entity: example.talentId ?? example.keyId,
    payload: { ...example, createdAt: at, updatedAt: at },
  }
}

/** Phoenix as a local service. */
export const phoenixService = defineService({
  name: 'phoenix',
  title: 'Phoenix',
  port: 7284,
  openapi,
  auth: { in: 'header', name: 'X-API-Key' },
  steps,
  seed,
  problemBody: ({ code, fields, message }) => ({ code, message, fields }),
  sampleEvent,
  due: freeing,
  pages: [sessionsPage, sessionPage],
  handlers: {
    ListSessions: list,
    GetSession: get,
    ScheduleSession: schedule,
    RescheduleSession: reschedule,
    UpdateSession: update,
    CancelSession: cancel,
    CompleteSession: complete,
    DeleteSession: remove,
    ListEvents: listEvents,
    GetEvent: getEvent,
    GetEventDelivery: getDelivery,
    ImportEvent: importEvent,
    ReplayEvent: replay,
    ClaimEvents: claim,
    AcknowledgeEvent: acknowledge,
    FailEvent: fail,
    RenewEventLease: renew,
    ListEventTypes: listEventTypes,
    GetEventType: getEventType,
    ...subscriptionHandlers,
  },
})
