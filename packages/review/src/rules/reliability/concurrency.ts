import { type ActionDefinition, type Flow, memberAt, type PlacedAction } from '@flowstead/definition'
import { numberOf } from './duration.ts'

/** Whether repetitions of a Foreach run at the same time; `unsure` when the platforms differ or an expression decides. */
export type Concurrency = 'sequential' | 'concurrent' | 'unsure'

/**
 * How a Foreach runs. Without a word Power Automate takes one item after the other and Logic Apps 20 at a time, but
 * a Foreach inside another one item after the other.
 */
export function concurrencyOf(flow: Flow, { action, owners }: PlacedAction): Concurrency {
  if (action.operationOptions.has('sequential')) return 'sequential'
  const isInner = owners.some(({ type }) => type === 'Foreach')
  const repetitions = memberAt(action.raw, 'runtimeConfiguration', 'concurrency', 'repetitions')
  if (repetitions === undefined) return flow.dialect === 'LogicApps' && !isInner ? 'concurrent' : 'sequential'
  const degree = numberOf(repetitions)
  if (degree === 1) return 'sequential'
  return degree === undefined || isInner ? 'unsure' : 'concurrent'
}

/** The outermost loop around an action whose repetitions run, or may run, at the same time. */
export function concurrentLoopAround(
  flow: Flow,
  { owners }: PlacedAction,
): { readonly loop: ActionDefinition; readonly isSure: boolean } | undefined {
  let unsure: ActionDefinition | undefined
  for (const [depth, loop] of owners.entries()) {
    if (loop.type !== 'Foreach') continue
    const concurrency = concurrencyOf(flow, {
      action: loop,
      block: { key: '', pointer: '', actions: [] },
      owners: owners.slice(0, depth),
    })
    if (concurrency === 'concurrent') return { loop, isSure: true }
    if (concurrency === 'unsure') unsure ??= loop
  }
  return unsure === undefined ? undefined : { loop: unsure, isSure: false }
}
