import { readFileSync } from 'node:fs'
import { startTestService, type TestService } from '@flowstead/service-kit/testing'
import { autoreviewService } from './service.ts'

/** The definition of the connector, as flows see it. */
export const definition = JSON.parse(
  readFileSync(new URL('../../../connectors/AutoReview/apiDefinition.swagger.json', import.meta.url), 'utf8'),
) as Record<string, unknown>

export function startAutoReview(): Promise<TestService> {
  return startTestService(autoreviewService)
}

/** A bare definition of two actions. */
export const bare = {
  $schema:
    'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  triggers: { manual: { type: 'Request', kind: 'Button', inputs: { schema: {} } } },
  actions: {
    Main: { type: 'Scope', actions: { Compose: { type: 'Compose', inputs: 'x' } } },
  },
}

export const clientData = {
  properties: { connectionReferences: {}, definition: bare },
  schemaVersion: '1.0.0.0',
}

/** The body of a request of version 2. */
export const requestOf = (flow: unknown, configs?: object, properties: object = {}) => ({
  properties: {
    displayName: 'Reminder',
    name: '1b2c',
    owner: 'maker@example.com',
    environment: 'Test',
    definition: flow,
    ...properties,
  },
  ...(configs === undefined ? {} : { configs }),
})

export interface Data {
  readonly name: string
  readonly id: string
  readonly steps: number
  readonly complexity: number
  readonly score: number
  readonly error: string
  readonly findings: readonly { readonly rule: string }[]
  readonly [member: string]: unknown
}
