import { FlowsteadError } from '@flowstead/errors'
import type { ObjectValue, Value } from '@flowstead/expressions'
import {
  type FlowPlan,
  fireTrigger,
  type RunEnvironment,
  type TriggerItem,
  type TriggerRecord,
  triggerInputs,
} from '@flowstead/machine'
import type { Clock, RunId, Runner, StartedRun, StartRequest } from '@flowstead/runner'
import type { BookedFlow, FlowBook } from '../flows/flow-book.ts'
import { isoTime } from '../runs/run-record.ts'

/** Something reached a trigger. */
export interface Firing {
  readonly trigger: string
  readonly outputs?: Value
  readonly caller?: 'none' | 'waiting'
  /** Known beforehand by whoever waits for the answer; only for triggers without `splitOn`. */
  readonly runId?: RunId
  readonly dedupeKey?: string
  readonly scheduledAt?: number
  readonly origin?: RunId
  /** Stored in the same commit as the runs. */
  readonly cursor?: { readonly key: string; readonly value: string }
}

export type FiringResult =
  | { readonly status: 'Started'; readonly runs: readonly StartedRun[] }
  /** The trigger's conditions did not hold, or there was nothing to split. */
  | { readonly status: 'Skipped'; readonly reason: string }

export interface Firings {
  /** Evaluates conditions and `splitOn`, and stores the runs. @throws `Trigger.Failed` and what the runner throws */
  fire(booked: BookedFlow, firing: Firing): Promise<FiringResult>
  /** The evaluated inputs of a trigger, for a subscription. */
  inputs(booked: BookedFlow, trigger: string): Value
  newRunId(): RunId
}

interface FiringParts {
  readonly book: FlowBook
  readonly runner: Runner
  readonly clock: Clock
  /** Start of callback addresses, known once the server listens. */
  readonly callbackBase: () => string
}

export function createFirings({ book, runner, clock, callbackBase }: FiringParts): Firings {
  const planOf = ({ flow }: BookedFlow): FlowPlan => {
    const plan = book.plan(flow.version)
    if (plan) return plan
    throw new FlowsteadError(
      'Server.NotFound',
      `The version ${flow.version} of "${flow.name}" is not stored.`,
    )
  }
  const environment = ({ flow }: BookedFlow, runId: string): RunEnvironment => ({
    runId,
    flowId: flow.id,
    flowName: flow.name,
    parameters: noParameters,
    callbackBase: callbackBase(),
  })

  return {
    newRunId: () => runner.newRunId(),
    inputs: (booked, trigger) =>
      triggerInputs(planOf(booked), { trigger, env: environment(booked, ''), now: clock.now(), seed: '' }),
    async fire(booked, firing) {
      const now = clock.now()
      const runId = firing.runId ?? runner.newRunId()
      const { trigger, outputs } = firing
      const fired = fireTrigger(planOf(booked), {
        trigger,
        ...(outputs === undefined ? {} : { outputs }),
        env: environment(booked, runId),
        now,
        seed: conditionSeed,
      })
      if (fired.status === 'Failed')
        throw new FlowsteadError('Trigger.Failed', fired.error.message, { details: { ...fired.error } })
      if (fired.status === 'Skipped') return fired
      const requests = fired.items.map((item, index) =>
        request(booked, firing, item, { index, now, runId, callbackBase }),
      )
      const [first] = requests
      if (requests.length === 1 && first && firing.cursor === undefined) {
        return { status: 'Started', runs: [await runner.start(first)] }
      }
      return { status: 'Started', runs: await runner.startMany(requests, firing.cursor) }
    },
  }
}

const noParameters: ObjectValue = {}
/** Conditions and splitOn belong to no run yet: what they draw is the same every time. */
const conditionSeed = 'trigger'

/** What a start request may lack; set one by one, because this runs with every request. */
type Draft = { -readonly [Member in keyof StartRequest]: StartRequest[Member] }
type TriggerDraft = { -readonly [Member in keyof TriggerRecord]: TriggerRecord[Member] }

function request(
  { flow }: BookedFlow,
  firing: Firing,
  { outputs, clientTrackingId }: TriggerItem,
  {
    index,
    now,
    runId,
    callbackBase,
  }: { index: number; now: number; runId: RunId; callbackBase: () => string },
): StartRequest {
  const time = isoTime(now)
  const { caller, dedupeKey, origin, scheduledAt } = firing
  const trigger: TriggerDraft = { name: firing.trigger, startTime: time, endTime: time, status: 'Succeeded' }
  if (outputs !== undefined) trigger.outputs = outputs
  if (scheduledAt !== undefined) trigger.scheduledTime = isoTime(scheduledAt)
  if (clientTrackingId !== undefined) trigger.clientTrackingId = clientTrackingId
  const draft: Draft = {
    flowId: flow.id,
    flowName: flow.name,
    flowVersion: flow.version,
    trigger,
    callbackBase: callbackBase(),
  }
  if (index === 0) draft.runId = runId
  if (caller !== undefined) draft.caller = caller
  // With splitOn every element is a run of its own; the key tells them apart.
  if (dedupeKey !== undefined) draft.dedupeKey = index === 0 ? dedupeKey : `${dedupeKey}#${index}`
  if (origin !== undefined) draft.origin = origin
  return draft
}
