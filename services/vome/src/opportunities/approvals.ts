/** Who may reserve shifts of what. Each approval and its end is a change of the profile. */
import type { Row } from '@flowstead/sqlite'
import type { VomeContext } from '../change-set.ts'
import { conflict, vomeErrors } from '../errors.ts'
import { reference, times } from '../resource/column.ts'
import { addRow, filterById, findRow, type Resource } from '../resource/resource.ts'

/** The resource behind `/approvals`. */
export const approvals: Resource = {
  name: 'approval',
  plural: 'approvals',
  table: 'approvals',
  description: 'A profile approved for an opportunity.',
  columns: { profile_id: reference('profiles'), opportunity_id: reference('opportunities'), ...times },
  filters: { profile_id: filterById('profile_id'), opportunity_id: filterById('opportunity_id') },
  rules: {
    onCreate: checkApproval,
    onUpdate: (context, row, before) => {
      checkApproval(context, row)
      if (row.profile_id !== before.profile_id)
        context.changes.updated('profile', before.profile_id as string)
    },
    changed: ({ changes }, row) => changes.updated('profile', row.profile_id as string),
  },
}

function checkApproval({ db }: VomeContext, row: Row): void {
  const [profile, opportunity] = [String(row.profile_id), String(row.opportunity_id)]
  if (findRow(db, 'profiles', profile)?.archived_at !== null) {
    throw conflict(vomeErrors.profileArchived, 'profile_id', 'This profile is archived.')
  }
  const known = approvalOf(db, profile, opportunity)
  if (known !== undefined && known.id !== row.id) {
    throw conflict(vomeErrors.taken, 'opportunity_id', 'This profile is already approved for it.')
  }
}

function approvalOf(db: VomeContext['db'], profileId: string, opportunityId: string): Row | undefined {
  return db
    .prepare('SELECT id FROM approvals WHERE profile_id = ? AND opportunity_id = ?')
    .get(profileId, opportunityId)
}

/** Approves a profile that is not approved yet. @throws 409 when it is archived */
export function ensureApproval(context: VomeContext, profileId: string, opportunityId: string): void {
  if (approvalOf(context.db, profileId, opportunityId) !== undefined) return
  addRow(context, approvals, { profile_id: profileId, opportunity_id: opportunityId })
}
