import { currentRules, type RunEnvironment, type Triggered } from '@flowstead/machine'
import type { Batch } from './batch.ts'
import type { NewRun, RunId, StartRequest } from './ports.ts'

/** The first entry of a run's journal. */
export function triggeredEvent(
  request: StartRequest,
  { id, at, seed }: { id: RunId; at: number; seed: string },
): Triggered {
  const { flowId, flowName, flowVersion, trigger, caller = 'none', parameters = {}, callbackBase } = request
  const { appsettings, maxActions, deadline, origin } = request
  // Set one by one, because this runs with every start.
  const env: Draft<RunEnvironment> = { runId: id, flowId, flowName, parameters, callbackBase }
  if (appsettings !== undefined) env.appsettings = appsettings
  if (maxActions !== undefined) env.maxActions = maxActions
  if (deadline !== undefined) env.deadline = deadline
  const triggered: Draft<Triggered> = {
    type: 'triggered',
    at,
    flow: flowVersion,
    rules: currentRules,
    seed,
    trigger,
    caller,
    env,
  }
  if (origin !== undefined) triggered.origin = origin
  return triggered
}

type Draft<T> = { -readonly [Member in keyof T]: T[Member] }

/** The run as it is stored: with its end when its first turn led there, or waiting for a place. */
export function newRun(request: StartRequest, triggered: Triggered, batch: Batch | 'waits'): NewRun {
  const run: Draft<NewRun> = {
    id: triggered.env.runId,
    flowId: request.flowId,
    flowVersion: request.flowVersion,
    triggerName: request.trigger.name,
    startedAt: triggered.at,
    status: 'Running',
    events: batch === 'waits' ? [triggered] : batch.entries,
  }
  if (request.dedupeKey !== undefined) run.dedupeKey = request.dedupeKey
  if (batch === 'waits') run.status = 'Waiting'
  else if (batch.end !== null) {
    const { status, endedAt, error } = batch.end
    run.status = status
    run.ended = error === undefined ? { endedAt } : { endedAt, error }
  }
  return run
}
