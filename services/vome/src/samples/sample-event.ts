/** What `POST /local/emit` sends when nothing has to change. */
import type { ServiceContext, ServiceEvent } from '@flowstead/service-kit'
import { events } from '../webhooks/events.ts'
import { samplePayload } from './sample-payloads.ts'

/** The sample for an event; `undefined` for one that there is not. */
export function sampleEvent(event: string, { now }: ServiceContext): ServiceEvent | undefined {
  const known = events.find(({ name }) => name === event)
  if (known === undefined) return undefined
  const payload = samplePayload(known.family, now())
  return { event, entity: String(payload.id), payload }
}
