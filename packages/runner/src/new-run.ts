import { currentRules, type Triggered } from '@flowstead/machine'
import type { Batch } from './batch.ts'
import type { NewRun, RunId, StartRequest } from './ports.ts'

/** The first entry of a run's journal. */
export function triggeredEvent(
  request: StartRequest,
  { id, at, seed }: { id: RunId; at: number; seed: string },
): Triggered {
  const { flowId, flowName, flowVersion, trigger, caller = 'none', parameters = {}, callbackBase } = request
  const { appsettings, maxActions, deadline, origin } = request
  return {
    type: 'triggered',
    at,
    flow: flowVersion,
    rules: currentRules,
    seed,
    trigger,
    caller,
    env: {
      runId: id,
      flowId,
      flowName,
      parameters,
      callbackBase,
      ...(appsettings === undefined ? {} : { appsettings }),
      ...(maxActions === undefined ? {} : { maxActions }),
      ...(deadline === undefined ? {} : { deadline }),
    },
    ...(origin === undefined ? {} : { origin }),
  }
}

/** The run as it is stored: with its end when its first turn led there, or waiting for a place. */
export function newRun(request: StartRequest, triggered: Triggered, batch: Batch | 'waits'): NewRun {
  const common = {
    id: triggered.env.runId,
    flowId: request.flowId,
    flowVersion: request.flowVersion,
    triggerName: request.trigger.name,
    startedAt: triggered.at,
    ...(request.dedupeKey === undefined ? {} : { dedupeKey: request.dedupeKey }),
  }
  if (batch === 'waits') return { ...common, status: 'Waiting', events: [triggered] }
  if (batch.end === null) return { ...common, status: 'Running', events: batch.entries }
  const { status, endedAt, error } = batch.end
  const ended = error === undefined ? { endedAt } : { endedAt, error }
  return { ...common, status, ended, events: batch.entries }
}
