/** Webhook subscriptions: one operation per event to subscribe, one to unsubscribe. */
import { type EventType, sessionEvents } from '@flowstead/catalog'
import { checkCallbackUrl, created, type Handler, noContent } from '@flowstead/service-kit'
import { notFound } from './errors.ts'

/** `VCSessionScheduledEvent` → `SessionScheduled`, the operationId of the trigger. */
export function triggerIdOf({ name }: Pick<EventType, 'name'>): string {
  return name.replace(/^VC/, '').replace(/Event$/, '')
}

function subscribe({ name }: EventType): Handler {
  return ({ body, subscriptions }) => {
    const { callback_url } = body as { callback_url: string }
    checkCallbackUrl('callback_url', callback_url)
    const made = subscriptions.add({ callbackUrl: callback_url, events: [name] })
    return created(`/api/v1/subscriptions/${made.id}`, made)
  }
}

/** Handlers by operationId. */
export const subscriptionHandlers: Readonly<Record<string, Handler>> = {
  ...Object.fromEntries(sessionEvents.map((type) => [triggerIdOf(type), subscribe(type)])),
  DeleteSubscription: ({ params, subscriptions }) => {
    const id = String(params.id)
    if (!subscriptions.remove(id)) throw notFound('subscription', 'id', id)
    return noContent
  },
}
