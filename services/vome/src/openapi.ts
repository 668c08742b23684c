/** The whole API of the service; resources, subscriptions and payloads say their own part. */
import type { OpenApi, Schema } from '@flowstead/service-kit'
import { formPaths, formSchemas } from './forms/forms-openapi.ts'
import { organizationPaths, organizationSchema } from './organization/organization-openapi.ts'
import { profilePaths } from './profiles/profiles-openapi.ts'
import { reservationPaths } from './reservations/reservations-openapi.ts'
import { capitalised, type Resource } from './resource/resource.ts'
import { readPaths, resourcePaths, shownSchema } from './resource/resource-openapi.ts'
import { editableResources, readableResources } from './resources.ts'
import { sequencePaths, sequenceSchemas } from './sequences/sequences-openapi.ts'
import { detailPaths } from './webhooks/details.ts'
import { payloadSchemas } from './webhooks/payload-schemas.ts'
import { subscriptionPaths, webhooks } from './webhooks/subscriptions.ts'

const text: Schema = { type: 'string' }
const problemField: Schema = {
  type: 'object',
  properties: { field: text, rule: text, message: text },
  required: ['field', 'rule', 'message'],
  additionalProperties: false,
}
const problem: Schema = {
  type: 'object',
  properties: { code: text, message: text, fields: { type: 'array', items: problemField } },
  required: ['code', 'message', 'fields'],
  additionalProperties: false,
}

const everyResource = [...editableResources, ...readableResources]

/** Paths of several parts; methods on the same path stand together. */
function together(...parts: readonly OpenApi['paths'][]): OpenApi['paths'] {
  const paths = new Map<string, OpenApi['paths'][string]>()
  for (const part of parts) {
    for (const [path, item] of Object.entries(part)) paths.set(path, { ...paths.get(path), ...item })
  }
  return Object.fromEntries(paths)
}

const named = (make: (resource: Resource) => Schema) =>
  Object.fromEntries(everyResource.map((resource) => [capitalised(resource.name), make(resource)]))

export const openapi: OpenApi = {
  openapi: '3.1.0',
  info: {
    title: 'Vome',
    version: '1.0.0',
    description:
      'Volunteer management: people, opportunities, shifts and reservations, sequences and forms, with events by webhook. A local service; send the API key in the header X-API-Key.',
  },
  security: [{ apiKey: [] }],
  paths: together(
    organizationPaths,
    ...editableResources.map(resourcePaths),
    ...readableResources.map(readPaths),
    profilePaths,
    reservationPaths,
    sequencePaths,
    formPaths,
    detailPaths,
    subscriptionPaths,
  ),
  webhooks,
  components: {
    securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    schemas: {
      Problem: problem,
      Organization: organizationSchema,
      ...named(shownSchema),
      ...sequenceSchemas,
      ...formSchemas,
      ...Object.fromEntries(Object.values(payloadSchemas).map(({ name, schema }) => [name, schema])),
    },
  },
}
