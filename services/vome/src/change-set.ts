/**
 * What one request changes, told when it is complete. Invariants:
 * 1. However often an entity is touched, it has one event: created beats archived, archived beats updated.
 * 2. A payload shows the state after the whole request. What was deleted or archived is shown as it was
 *    before, because the request takes away what belongs to it.
 * 3. Events leave in the order of the first touch; a deleted parent comes after its children.
 */
import type { Answer, Call, Handler, ServiceContext } from '@flowstead/service-kit'
import { type EntityKind, payloadOf } from './webhooks/payloads.ts'

type Verb = 'created' | 'updated' | 'archived'

export interface ChangeSet {
  created(kind: EntityKind, id: string): void
  updated(kind: EntityKind, id: string): void
  /** @param payload the state before anything was taken away from the profile */
  archived(profileId: string, payload: unknown): void
  /** @param payload the last state, taken before anything of it was deleted */
  deleted(kind: EntityKind, id: string, payload: unknown): void
}

/** What the code of this service works with. */
export interface VomeContext extends ServiceContext {
  readonly changes: ChangeSet
}

export interface VomeCall extends Call, VomeContext {}

export type VomeHandler = (call: VomeCall) => Answer

interface Change {
  readonly kind: EntityKind
  readonly id: string
  readonly verb: Verb | 'deleted'
  readonly payload?: unknown
}

const rank: Readonly<Record<Verb, number>> = { updated: 0, archived: 1, created: 2 }

/** Performs the work and publishes what it changed, all in the caller's transaction. */
export function tellingChanges<T>(context: ServiceContext, work: (context: VomeContext) => T): T {
  const changes = new Map<string, Change>()
  const note = (kind: EntityKind, id: string, verb: Verb, payload?: unknown) => {
    const key = `${kind}/${id}`
    const known = changes.get(key)
    if (known?.verb === 'deleted') return
    if (known === undefined || rank[verb] > rank[known.verb]) changes.set(key, { kind, id, verb, payload })
  }
  const result = work({
    ...context,
    changes: {
      created: (kind, id) => note(kind, id, 'created'),
      updated: (kind, id) => note(kind, id, 'updated'),
      archived: (id, payload) => note('profile', id, 'archived', payload),
      deleted: (kind, id, payload) => {
        const key = `${kind}/${id}`
        changes.delete(key)
        changes.set(key, { kind, id, verb: 'deleted', payload })
      },
    },
  })
  for (const change of changes.values()) publish(context, change)
  return result
}

function publish(context: ServiceContext, { id, kind, payload, verb }: Change): void {
  const told = payload ?? payloadOf(context, kind, id)
  context.publish({ event: `${kind}.${verb}`, entity: id, payload: told })
}

/** A handler as the kit calls it. */
export function withChanges(handler: VomeHandler): Handler {
  return (call) => tellingChanges(call, (context) => handler({ ...call, changes: context.changes }))
}

/** For sample data, which nobody is told of. */
export function silently(context: ServiceContext): VomeContext {
  const ignore = () => undefined
  return {
    ...context,
    changes: { created: ignore, updated: ignore, archived: ignore, deleted: ignore },
  }
}
