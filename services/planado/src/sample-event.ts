/** The sample that `emit` sends: the newest thing of the kind, as the event would tell it. */
import { randomUUID } from 'node:crypto'
import type { ServiceContext, ServiceEvent } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { apiActor, changeContext, type Entity, eventTypes } from './changes.ts'
import { clientKind } from './clients.ts'
import type { Job } from './job.ts'
import { showJob } from './show-job.ts'
import { siteKind } from './sites.ts'

/** `undefined` for an event that is none of ours, or when there is nothing it could be about. */
export function sampleEvent(event: string, context: ServiceContext): ServiceEvent | undefined {
  if (!(eventTypes as readonly string[]).includes(event)) return undefined
  const entity = event.split('_')[0] as Entity
  const row = context.db.prepare(`SELECT * FROM ${entity}s ORDER BY seq DESC LIMIT 1`).get()
  if (row === undefined) return undefined
  const snapshot = show(entity, context, row)
  return {
    event,
    entity: String(row.id),
    payload: {
      event_uuid: randomUUID(),
      event_type: event,
      context: changeContext(context, apiActor),
      [entity]: snapshot,
    },
  }
}

function show(entity: Entity, context: ServiceContext, row: Row): Record<string, unknown> {
  if (entity === 'job') return showJob(context, row as Job)
  return (entity === 'client' ? clientKind : siteKind).show(context, row)
}
