import { type ActionDefinition, memberAt } from '@flowstead/definition'
import { isoSeconds } from './duration.ts'

const waitingTypes: ReadonlySet<string> = new Set([
  'OpenApiConnectionWebhook',
  'ApiConnectionWebhook',
  'HttpWebhook',
])

/** Whether an action asks somebody and waits until they call back: approvals, cards with an answer, webhooks. */
export function waitsForAnswer({ type }: ActionDefinition): boolean {
  return waitingTypes.has(type)
}

/** `limit.timeout` in seconds; `undefined` when there is none. An expression counts as a limit of 0. */
export function timeoutSeconds({ raw }: ActionDefinition): number | undefined {
  const timeout = memberAt(raw, 'limit', 'timeout')
  return timeout === undefined ? undefined : (isoSeconds(timeout) ?? 0)
}
