/** What an organization has chosen for this service. */
import { type Handler, ok } from '@flowstead/service-kit'
import { publishesAtOnce } from './write-job.ts'

/** Handlers by operationId. */
export const settingsHandlers: Record<string, Handler> = {
  getSettings: ({ db }) => ok({ publishes_at_once: publishesAtOnce(db) }),
  updateSettings: ({ body, db }) => {
    const { publishes_at_once } = body as { publishes_at_once: boolean }
    db.prepare('UPDATE settings SET publishes_at_once = ?').run(publishes_at_once ? 1 : 0)
    return ok({ publishes_at_once: publishesAtOnce(db) })
  },
}
