import { type Handler, invalid, ok, updateRow } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { isTimeZone } from './time-zone.ts'

/** The one organisation of this service. */
export const organizationHandlers: Record<string, Handler> = {
  getOrganization: ({ db }) => ok(db.prepare('SELECT * FROM organization').get()),
  updateOrganization: ({ body, db }) => {
    const changes = body as Row
    const { timezone } = changes
    if (typeof timezone === 'string' && !isTimeZone(timezone)) {
      throw invalid([
        { field: 'timezone', rule: 'timezone', message: '"timezone" must be an IANA time zone.' },
      ])
    }
    const before = db.prepare('SELECT * FROM organization').get() as Row
    updateRow(db, 'organization', before.id ?? null, changes)
    return ok({ ...before, ...changes })
  },
}
