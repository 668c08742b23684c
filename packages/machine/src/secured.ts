import type { ActionPlan } from './plan.ts'

/** Types whose outputs show what their inputs held. */
const passesOn: ReadonlySet<string> = new Set([
  'Compose',
  'ParseJson',
  'Response',
  'Select',
  'Query',
  'Join',
  'Table',
])

/**
 * Hides what secured outputs flow into: the inputs of every action that reads them, and the outputs of
 * those that pass their inputs on.
 */
export function hideDependants(
  reads: ReadonlyMap<ActionPlan, ReadonlySet<ActionPlan | null>>,
  isTriggerSecured: boolean,
): void {
  const isSecret = (read: ActionPlan | null) => (read === null ? isTriggerSecured : read.secured.outputs)
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false
    for (const [action, sources] of reads) {
      if (action.secured.inputs || ![...sources].some(isSecret)) continue
      action.secured.inputs = true
      hasChanged = true
    }
    for (const action of reads.keys()) {
      if (!action.secured.inputs || action.secured.outputs || !passesOn.has(action.type)) continue
      action.secured.outputs = true
      hasChanged = true
    }
  }
}
