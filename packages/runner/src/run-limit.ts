import type { TriggerDefinition } from '@flowstead/definition'
import type { ObjectValue, Value } from '@flowstead/expressions'

/** How many runs of a trigger go on at once, and how many more may wait for a place. */
export interface RunLimit {
  readonly runs: number
  readonly waiting: number
}

const mostRuns = 100

/**
 * The limit a trigger sets with `runtimeConfiguration.concurrency.runs` (1 to 100) or `SingleInstance`;
 * `undefined` when it sets none. Waiting runs: `maximumWaitingRuns`, default runs + 10, at most 200.
 */
export function runLimit({ raw }: TriggerDefinition): RunLimit | undefined {
  const concurrency = objectAt(objectAt(raw, 'runtimeConfiguration'), 'concurrency')
  const runs = isSingleInstance(raw) ? 1 : countAt(concurrency, 'runs')
  if (runs === undefined) return undefined
  const limited = Math.min(Math.max(runs, 1), mostRuns)
  const waiting = countAt(concurrency, 'maximumWaitingRuns') ?? Math.min(limited + 10, mostRuns)
  return { runs: limited, waiting: Math.min(Math.max(waiting, 1), 2 * mostRuns) }
}

function isSingleInstance(trigger: ObjectValue): boolean {
  const options = valueAt(trigger, 'operationOptions')
  return typeof options === 'string' && /(^|,)\s*singleinstance\s*(,|$)/i.test(options)
}

function objectAt(owner: ObjectValue | undefined, key: string): ObjectValue | undefined {
  const value = owner === undefined ? undefined : valueAt(owner, key)
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as ObjectValue)
    : undefined
}

function countAt(owner: ObjectValue | undefined, key: string): number | undefined {
  const value = owner === undefined ? undefined : valueAt(owner, key)
  return Number.isSafeInteger(value) ? (value as number) : undefined
}

function valueAt(owner: ObjectValue, key: string): Value | undefined {
  return Object.hasOwn(owner, key) ? owner[key] : undefined
}
