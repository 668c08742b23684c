import type { OpenApi } from '@flowstead/service-kit'
import { appointmentPaths, appointmentSchemas } from './appointments.ts'
import { eventPaths, eventSchemas, webhooks } from './events.ts'
import { problem } from './parts.ts'

/** The whole API of the service. */
export const openapi: OpenApi = {
  openapi: '3.1.0',
  info: {
    title: 'Phoenix',
    version: '1.0.0',
    description:
      'Coaching sessions and their events, delivered by webhook or fetched by consumers. A local service; send the API key in the header X-API-Key.',
  },
  security: [{ apiKey: [] }],
  paths: { ...appointmentPaths, ...eventPaths },
  webhooks,
  components: {
    securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    schemas: { Problem: problem, ...appointmentSchemas, ...eventSchemas },
  },
}
