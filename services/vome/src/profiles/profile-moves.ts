/** What happens to a profile besides edits: archiving, its undoing, and being claimed by its person. */
import { invalid, ok, updateRow } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import type { VomeContext, VomeHandler } from '../change-set.ts'
import { conflict, vomeErrors } from '../errors.ts'
import { addRow, idOf, rowOf, showRow, storedOf } from '../resource/resource.ts'
import { customFieldValues } from './custom-fields.ts'
import { profilePayload } from './profile-payload.ts'
import { profiles } from './profiles.ts'
import { profileTags } from './tags.ts'

/** Handlers by operationId. */
export const profileHandlers: Record<string, VomeHandler> = {
  archiveProfile: (call) => {
    const row = rowOf(call.db, profiles, idOf(call))
    if (row.archived_at !== null) return ok(showRow(profiles, row))
    call.changes.archived(idOf(call), profilePayload(call, idOf(call)))
    call.db.prepare('DELETE FROM approvals WHERE profile_id = ?').run(idOf(call))
    return ok(showRow(profiles, setColumns(call, row, { archived_at: call.now() })))
  },
  reactivateProfile: (call) => {
    const row = rowOf(call.db, profiles, idOf(call))
    if (row.archived_at === null) return ok(showRow(profiles, row))
    call.changes.updated('profile', idOf(call))
    return ok(showRow(profiles, setColumns(call, row, { archived_at: null })))
  },
  claimProfile: (call) => {
    const row = rowOf(call.db, profiles, idOf(call))
    const { email } = call.body as { email: string }
    if (email.toLowerCase() !== String(row.email).toLowerCase()) {
      const message = '"email" must be the address of the profile.'
      throw invalid([{ field: 'email', rule: 'same', message }])
    }
    if (row.is_offline === 0) {
      throw conflict(vomeErrors.wrongState, 'id', 'This profile belongs to a Vome user already.')
    }
    call.changes.updated('profile', idOf(call))
    return ok(showRow(profiles, setColumns(call, row, { is_offline: 0 })))
  },
  importProfiles: (call) => {
    const { profiles: given } = call.body as { profiles: unknown[] }
    return { status: 201, body: { data: given.map((person, n) => importOne(call, person, n)) } }
  },
}

interface ImportRow extends Record<string, unknown> {
  readonly tag_ids?: readonly string[]
  readonly custom_fields?: readonly unknown[]
}

function importOne(context: VomeContext, given: unknown, n: number): Record<string, unknown> {
  const { custom_fields = [], tag_ids = [], ...person } = given as ImportRow
  const row = storedOf(profiles, context, person)
  const known = context.db.prepare('SELECT 1 AS known FROM profiles WHERE email = ?').get(row.email ?? null)
  if (known !== undefined) {
    throw conflict(vomeErrors.taken, `profiles.${n}.email`, `A profile has the "email" of row ${n}.`)
  }
  const added = addRow(context, profiles, row)
  const profile_id = added.id as string
  for (const tag_id of tag_ids)
    addRow(context, profileTags, storedOf(profileTags, context, { profile_id, tag_id }))
  for (const field of custom_fields) {
    addRow(
      context,
      customFieldValues,
      storedOf(customFieldValues, context, { profile_id, ...(field as object) }),
    )
  }
  return showRow(profiles, added)
}

function setColumns(context: VomeContext, row: Row, values: Row): Row {
  const changes = { ...values, updated_at: context.now() }
  updateRow(context.db, 'profiles', row.id ?? null, changes)
  return { ...row, ...changes }
}
