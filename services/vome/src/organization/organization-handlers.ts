import { ok, updateRow } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import type { VomeHandler } from '../change-set.ts'
import { planExpiries } from '../sequences/step-expiry.ts'
import { organizationOf } from './organization.ts'
import { checkedTimeZone } from './time-zone.ts'

/** Handlers by operationId. */
export const organizationHandlers: Record<string, VomeHandler> = {
  getOrganization: ({ db }) => ok(organizationOf(db)),
  updateOrganization: ({ body, db }) => {
    const { timezone, ...others } = body as Row
    const changes: Row = { ...others }
    if (typeof timezone === 'string') changes.timezone = checkedTimeZone(timezone)
    const before = organizationOf(db)
    updateRow(db, 'organization', before.id ?? null, changes)
    if (changes.timezone !== undefined) planExpiries(db)
    return ok({ ...before, ...changes })
  },
}
