import { defineService, type Handler } from '@flowstead/service-kit'
import { attachmentHandlers } from './attachments.ts'
import { checkedHandlers } from './checked-handlers.ts'
import { clientHandlers } from './clients.ts'
import { delivery } from './delivery.ts'
import { dictionaryValueHandlers } from './dictionary-values.ts'
import { directoryHandlers } from './directories.ts'
import { document } from './document.ts'
import { errorBody } from './errors.ts'
import { jobHandlers } from './jobs.ts'
import { board } from './pages/board.ts'
import { jobPage } from './pages/job-page.ts'
import { sampleEvent } from './sample-event.ts'
import { steps } from './schema.ts'
import { seed } from './seeds.ts'
import { settingsHandlers } from './settings.ts'
import { shiftHandlers } from './shifts.ts'
import { siteHandlers } from './sites.ts'
import { templateHandlers } from './templates.ts'
import { userOperationHandlers } from './user-operations.ts'
import { userOfToken } from './user-tokens.ts'
import { userHandlers } from './users.ts'
import { webhookHandlers } from './webhooks.ts'

const apiHandlers: Readonly<Record<string, Handler>> = {
  ...jobHandlers,
  ...clientHandlers,
  ...siteHandlers,
  ...templateHandlers,
  ...directoryHandlers,
  ...dictionaryValueHandlers,
  ...userHandlers,
  ...shiftHandlers,
  ...webhookHandlers,
  ...settingsHandlers,
  ...attachmentHandlers,
}

const handlers = { ...apiHandlers, ...userOperationHandlers(apiHandlers) }

/** Planado: jobs for people who work in the field. */
export const planadoService = defineService({
  name: 'planado',
  title: 'Planado',
  port: 7283,
  openapi: document,
  auth: { in: 'header', name: 'Authorization', scheme: 'Bearer' },
  userOfToken,
  unreadableStatus: 422,
  steps,
  // Broken rules are 422 here.
  validation: 'own',
  handlers: checkedHandlers(document, handlers),
  problemBody: errorBody,
  throttle: { calls: 90, seconds: 60 },
  delivery,
  sampleEvent,
  seed,
  pages: [board, jobPage],
})
