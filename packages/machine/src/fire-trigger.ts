import type { ObjectValue, Template, Value } from '@flowstead/expressions'
import { setOwn } from '@flowstead/expressions'
import { Engine } from './engine.ts'
import type { RunEnvironment, TriggerRecord } from './event.ts'
import { isFlowFault } from './fault.ts'
import { isoInstant } from './instant.ts'
import { asObject } from './member.ts'
import type { FlowPlan, TriggerPlan } from './plan.ts'
import { newFrame, newState } from './state.ts'
import type { RunError } from './status.ts'

/** What reached a trigger, before its conditions are looked at. */
export interface TriggerFiring {
  readonly trigger: string
  readonly outputs?: Value
  readonly inputs?: Value
  readonly env: RunEnvironment
  /** ms since the epoch. */
  readonly now: number
  readonly seed: string
  /** What `listCallbackUrl()` gives in the inputs of a webhook trigger. */
  readonly callbackUrl?: string
  readonly status?: string
  readonly code?: string
}

/** One run to start. */
export interface TriggerItem {
  readonly outputs: Value | undefined
  /** From the trigger's correlation, when it has one. */
  readonly clientTrackingId: string | undefined
}

export type Fired =
  | { readonly status: 'Succeeded'; readonly items: readonly TriggerItem[] }
  | { readonly status: 'Skipped'; readonly reason: 'ConditionNotMet' | 'NothingToSplit' }
  | { readonly status: 'Failed'; readonly error: RunError }

/**
 * Which runs a trigger starts: one, or with `splitOn` one per element; then the conditions decide on each.
 * A mistake in their expressions is a failed trigger, not an exception.
 */
export function fireTrigger(plan: FlowPlan, firing: TriggerFiring): Fired {
  const trigger = plan.triggers.get(firing.trigger.toLowerCase())
  if (trigger === undefined) return failure('TriggerNotFound', `There is no trigger "${firing.trigger}".`)
  try {
    return fired(plan, trigger, firing)
  } catch (error) {
    if (!isFlowFault(error)) throw error
    return failure('InvalidTemplate', `The trigger '${trigger.name}' cannot be evaluated: ${error.message}`)
  }
}

/**
 * The evaluated inputs of a trigger, for a subscription, a poll or a schedule.
 * @throws FlowsteadError of the expressions package when they cannot be evaluated
 */
export function triggerInputs(plan: FlowPlan, firing: TriggerFiring): Value {
  const trigger = plan.triggers.get(firing.trigger.toLowerCase())
  return trigger?.inputs?.resolve(engineFor(plan, firing, firing.outputs)) ?? null
}

function failure(code: string, message: string): Fired {
  return { status: 'Failed', error: { code, message } }
}

function fired(plan: FlowPlan, trigger: TriggerPlan, firing: TriggerFiring): Fired {
  if (isPlain(trigger))
    return { status: 'Succeeded', items: [{ outputs: firing.outputs, clientTrackingId: undefined }] }
  const parts = splitOutputs(plan, trigger, firing)
  if (parts === undefined)
    return failure('InvalidTemplate', `'splitOn' of '${trigger.name}' did not give an array.`)
  if (parts.length === 0) return { status: 'Skipped', reason: 'NothingToSplit' }
  const items: TriggerItem[] = []
  for (const outputs of parts) {
    const engine = engineFor(plan, firing, outputs)
    if (trigger.conditions.every((condition) => condition.resolve(engine) === true)) {
      const tracking =
        trackingText(trigger.splitTrackingId, engine) ?? trackingText(trigger.trackingId, engine)
      items.push({ outputs, clientTrackingId: tracking })
    }
  }
  return items.length === 0
    ? { status: 'Skipped', reason: 'ConditionNotMet' }
    : { status: 'Succeeded', items }
}

/** Nothing to evaluate: most triggers. */
function isPlain({ splitOn, conditions, trackingId, splitTrackingId }: TriggerPlan): boolean {
  return splitOn === null && conditions.length === 0 && trackingId === null && splitTrackingId === null
}

/** The outputs of each run; with `splitOn` the element takes the place of the body. */
function splitOutputs(
  plan: FlowPlan,
  trigger: TriggerPlan,
  firing: TriggerFiring,
): (Value | undefined)[] | undefined {
  if (trigger.splitOn === null) return [firing.outputs]
  const elements = trigger.splitOn.resolve(engineFor(plan, firing, firing.outputs))
  if (elements === null) return []
  if (!Array.isArray(elements)) return undefined
  return elements.map((body) => {
    const outputs: ObjectValue = {}
    for (const [key, value] of Object.entries(asObject(firing.outputs))) setOwn(outputs, key, value)
    setOwn(outputs, 'body', body)
    return outputs
  })
}

function engineFor(plan: FlowPlan, firing: TriggerFiring, outputs: Value | undefined): Engine {
  const state = newState()
  const root = newFrame(plan, { id: 1, layout: 0, parent: 0, index: 0 })
  const time = isoInstant(firing.now)
  const trigger: TriggerRecord = {
    name: firing.trigger,
    startTime: time,
    endTime: time,
    status: firing.status ?? 'Succeeded',
    ...(firing.code === undefined ? {} : { code: firing.code }),
    ...(firing.inputs === undefined ? {} : { inputs: firing.inputs }),
    ...(outputs === undefined ? {} : { outputs }),
  }
  Object.assign(state, { now: firing.now, seed: firing.seed, env: firing.env, trigger, frames: { 1: root } })
  const engine = new Engine(plan, state, null)
  engine.enterOutside(root)
  engine.outsideCallbackUrl = firing.callbackUrl
  return engine
}

function trackingText(template: Template | null, engine: Engine): string | undefined {
  const value = template?.resolve(engine)
  return typeof value === 'string' && value !== '' ? value : undefined
}
