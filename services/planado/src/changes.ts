/**
 * What the service tells about changes. Invariant: every change of a job, client or site makes exactly one
 * entry of the outbox, in the transaction of the change, and raises `version` by one.
 */
import { randomUUID } from 'node:crypto'
import { type Call, isoTime, type ServiceContext } from '@flowstead/service-kit'

/** The events there are. */
export const eventTypes = [
  'job_created',
  'job_updated',
  'job_deleted',
  'job_scheduled',
  'job_en_route',
  'job_started',
  'job_suspended',
  'job_resumed',
  'job_finished',
  'job_canceled',
  'client_created',
  'client_updated',
  'client_deleted',
  'site_created',
  'site_updated',
  'site_deleted',
] as const

export type EventType = (typeof eventTypes)[number]

export type Entity = 'job' | 'client' | 'site'

/** The events about one kind of thing. */
export function eventsAbout(entity: Entity): readonly EventType[] {
  return eventTypes.filter((type) => type.startsWith(`${entity}_`))
}

/** On whose behalf something is changed. */
export interface Actor {
  readonly source: 'api' | 'web' | 'mobile'
  readonly userId: string | null
  readonly email: string | null
  /** Whether assignees are notified. */
  readonly notifies: boolean
}

/** The holder of an API key: the dispatcher's own systems. */
export const apiActor: Actor = { source: 'api', userId: null, email: null, notifies: true }

/** A call that a user makes; it is the user who acts. */
export interface UserCall extends Call {
  readonly actor?: Actor
}

/** Who acts in a call; `X-Planado-Notify-Assignees: false` keeps assignees from being notified. */
export function actorOf(call: UserCall): Actor {
  const notifies = call.headers?.['x-planado-notify-assignees'] !== 'false'
  return { ...(call.actor ?? apiActor), notifies }
}

export interface ChangeContext {
  readonly source: Actor['source']
  readonly happened_at: string
  readonly created_at: string
  readonly user_uuid: string | null
  readonly user_email: string | null
  readonly device_uuid: string | null
}

/** The context of a change that happens now. */
export function changeContext({ now }: Pick<ServiceContext, 'now'>, actor: Actor): ChangeContext {
  const at = isoTime(now())
  const { email, source, userId } = actor
  return {
    source,
    happened_at: at,
    created_at: at,
    user_uuid: userId,
    user_email: email,
    device_uuid: null,
  }
}

type Snapshot = Readonly<Record<string, unknown>>

/** Publishes one change; answers the id of its event. */
export function publishChange(
  context: ServiceContext,
  change: {
    readonly entity: Entity
    readonly type: EventType
    readonly snapshot: Snapshot
    /** As it was before an update. */
    readonly previous?: Snapshot
    readonly actor: Actor
  },
): string {
  const { actor, entity, previous, snapshot, type } = change
  const eventId = randomUUID()
  context.publish({
    event: type,
    entity: String(snapshot.uuid),
    payload: {
      event_uuid: eventId,
      event_type: type,
      context: changeContext(context, actor),
      [entity]: snapshot,
      ...(previous === undefined ? {} : { previous }),
    },
  })
  return eventId
}
