import { defineService } from '@flowstead/service-kit'
import { olderOperations } from './older/operations.ts'
import { openapi } from './openapi.ts'
import { operations } from './operations.ts'

/** AutoReview as a local service: it keeps nothing of what it reviews. */
export const autoreviewService = defineService({
  name: 'autoreview',
  title: 'AutoReview',
  port: 7285,
  openapi,
  auth: { in: 'header', name: 'X-API-Key', orQuery: 'apiKey' },
  bodyLimitBytes: 10 * 1024 * 1024,
  steps: [],
  problemBody: ({ code, fields, message }) => ({ code, message, fields }),
  handlers: { ...operations, ...olderOperations },
})
