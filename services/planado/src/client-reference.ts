/** A client or site that a job or site names: one that exists, or a new one, made along with it. */
import type { Schema, ServiceContext } from '@flowstead/service-kit'
import type { Actor } from './changes.ts'
import { clientKind, clientMembers } from './clients.ts'
import { invalidField } from './errors.ts'
import { object } from './openapi-parts.ts'
import { findReferred, type Reference } from './references.ts'
import { createOf, type Kind, type Members } from './versioned.ts'

/** Schema of a reference that may be the members of a new one. */
export function referenceOrNew(members: Readonly<Record<string, Schema>>): Schema {
  const schema = object({ uuid: { type: 'string', maxLength: 500 }, ...members }, [])
  return { ...schema, minProperties: 1, description: 'uuid or external_id of a known one, or a new one.' }
}

/** The schema of a client as jobs and sites name it. */
export const clientReference = referenceOrNew(clientMembers)

/** The id of the one that is named, which is made if its members say how. @throws 422 */
export function referredOrNewId(
  kind: Kind,
  context: ServiceContext,
  { actor, field, given }: { readonly given: Members; readonly field: string; readonly actor: Actor },
): string {
  const { external_id, uuid, ...others } = given
  if (uuid === undefined && Object.keys(others).length > 0) {
    const isKnown =
      external_id !== undefined &&
      findReferred(context.db, kind.table, { external_id } as Members as Reference)
    if (!isKnown) return String(createOf(kind, context, given, actor).id)
  }
  const key = uuid === undefined ? { external_id } : { uuid }
  const row = findReferred(context.db, kind.table, key as Reference)
  if (row !== undefined) return String(row.id)
  throw invalidField(
    field,
    'exists',
    `"${field}" must be a known ${kind.entity}, or the members of a new one.`,
  )
}

/** The client of a site or job. */
export function clientIdOf(context: ServiceContext, given: Members, actor: Actor): string {
  return referredOrNewId(clientKind, context, { given, field: 'client', actor })
}
