import { defineService } from '@flowstead/service-kit'
import { steps } from './kept-reviews.ts'
import { olderOperations } from './older/operations.ts'
import { openapi } from './openapi.ts'
import { operations } from './operations.ts'
import { pages } from './pages.ts'

/** AutoReview as a local service: of what it reviews it keeps only what was pasted on its page. */
export const autoreviewService = defineService({
  name: 'autoreview',
  title: 'AutoReview',
  port: 7285,
  openapi,
  auth: { in: 'header', name: 'X-API-Key', orQuery: 'apiKey' },
  bodyLimitBytes: 10 * 1024 * 1024,
  steps,
  pages,
  problemBody: ({ code, fields, message }) => ({ code, message, fields }),
  handlers: { ...operations, ...olderOperations },
})
