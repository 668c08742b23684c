import { type ActionDefinition, memberAt, textMember } from '@flowstead/definition'
import { isoSeconds } from './duration.ts'

const waitingTypes: ReadonlySet<string> = new Set([
  'OpenApiConnectionWebhook',
  'ApiConnectionWebhook',
  'HttpWebhook',
])

/** Whether an action asks somebody and waits until they call back: approvals, cards with an answer, webhooks. */
export function waitsForAnswer(action: ActionDefinition): boolean {
  return waitingTypes.has(action.type) && !isPlayed(action)
}

/** Whether the static result of an action is enabled, so that it is not performed. */
export function isPlayed({ raw }: ActionDefinition): boolean {
  const result = memberAt(raw, 'runtimeConfiguration', 'staticResult')
  return textMember(result, 'staticResultOptions')?.toLowerCase() === 'enabled'
}

/** `limit.timeout` in seconds; `undefined` when there is none. An expression counts as a limit of 0. */
export function timeoutSeconds({ raw }: ActionDefinition): number | undefined {
  const timeout = memberAt(raw, 'limit', 'timeout')
  return timeout === undefined ? undefined : (isoSeconds(timeout) ?? 0)
}
