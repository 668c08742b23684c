import { defineService } from '@flowstead/service-kit'
import { due } from './due-work.ts'
import { handlers } from './handlers.ts'
import { openapi } from './openapi.ts'
import { pages } from './pages/pages.ts'
import { sampleEvent } from './samples/sample-event.ts'
import { seed } from './samples/seeds.ts'
import { steps } from './schema.ts'

/** Vome as a local service. */
export const vomeService = defineService({
  name: 'vome',
  title: 'Vome',
  port: 7281,
  openapi,
  auth: { in: 'header', name: 'X-API-Key' },
  steps,
  seed,
  due,
  problemBody: ({ code, fields, message }) => ({ code, message, fields }),
  sampleEvent,
  pages,
  handlers,
})
