import type { ObjectValue, Value } from '@flowstead/expressions'
import { trackingId } from './draws.ts'
import type { RunEvent, TriggerRecord } from './event.ts'
import { HistoryBuilder } from './history-builder.ts'
import { isoInstant } from './instant.ts'
import type { RepetitionIndex } from './path.ts'
import type { ActionPlan, FlowPlan, Layout } from './plan.ts'
import { replay } from './replay.ts'
import { unmetError } from './settle.ts'
import { hasEnded, type RunState } from './state.ts'
import type { RunError, RunStatus, Status } from './status.ts'

/*
 * History is a replay with an observer; nothing of it is stored (M17: the
 * history of a part is that part of the whole).
 */

export interface RunHistory {
  readonly run: RunRecord
  /** In the order in which they were started or skipped. */
  readonly actions: readonly ActionRecord[]
}

export interface RunRecord {
  readonly name: string
  readonly status: RunStatus
  readonly code?: string
  readonly error?: RunError
  readonly startTime: string
  readonly endTime?: string
  readonly correlation: { readonly clientTrackingId: string }
  readonly workflow: { readonly id: string; readonly name: string; readonly version: string }
  /** Without `inputs` and `outputs` when those are secured. */
  readonly trigger: TriggerRecord
  /** The Response action that answered the caller. */
  readonly response?: Pick<ActionRecord, 'name' | 'startTime' | 'endTime' | 'status' | 'code'>
  readonly outputs: ObjectValue
  readonly originRunName?: string
}

export interface ActionRecord {
  readonly name: string
  readonly type: string
  /** `For_each[3]/Call_API`. */
  readonly path: string
  readonly repetitionIndexes: readonly RepetitionIndex[]
  readonly status: Status
  readonly code?: string
  readonly error?: RunError
  /** ISO 8601, UTC, seven fraction digits. */
  readonly startTime: string
  readonly endTime?: string
  readonly correlation: { readonly actionTrackingId: string; readonly clientTrackingId: string }
  /** Absent when there are none or they are secured. */
  readonly inputs?: Value
  readonly outputs?: Value
  /** What is hidden, when something is. */
  readonly secureData?: readonly ('inputs' | 'outputs')[]
  readonly trackedProperties?: Value
  /** Calls and polls in order, when there were any. */
  readonly attempts?: readonly Attempt[]
  /** Of a loop: repetitions that ended. */
  readonly iterationCount?: number
  readonly executionMode?: 'StaticResults'
}

/** One try of an action's call, or one poll of its answer. */
export interface Attempt {
  /** `1`, `2` … for calls, `1.poll1` … for polls. */
  readonly tag: string
  readonly startTime: string
  /** Absent while it is under way. */
  readonly endTime?: string
  readonly code?: string
  readonly error?: RunError
  /** The process ended while it was under way; it was made again with the same key. */
  readonly hasUnknownOutcome?: true
}

export interface HistoryOptions {
  /** Only action runs whose path starts with it, such as `For_each[3]/`; default all. */
  readonly inside?: string
}

/**
 * What happened in a run, from its journal.
 * @throws `Machine.JournalMismatch` when the journal does not fit the plan
 */
export function history(
  plan: FlowPlan,
  events: readonly RunEvent[],
  options: HistoryOptions = {},
): RunHistory {
  const builder = new HistoryBuilder(options.inside ?? '')
  const state = replay(plan, events, builder)
  const actions = [...builder.records(state), ...neverRun(plan, state, builder)]
  const run = runRecord(plan, state, { builder, events, actions })
  return { run, actions }
}

interface Told {
  readonly builder: HistoryBuilder
  readonly events: readonly RunEvent[]
  readonly actions: readonly ActionRecord[]
}

function runRecord(plan: FlowPlan, state: RunState, { builder, events, actions }: Told): RunRecord {
  const origin = events.find((event) => event.type === 'triggered')?.origin
  const response = actions.find((record) => record.type === 'Response' && record.status === 'Succeeded')
  const { env, trigger } = state
  return {
    name: env.runId,
    status: state.status,
    ...(state.code === null ? {} : { code: state.code }),
    ...(state.error === null ? {} : { error: state.error }),
    startTime: isoInstant(state.startedAt),
    ...(hasEnded(state) ? { endTime: isoInstant(state.endedAt) } : {}),
    correlation: { clientTrackingId: trigger.clientTrackingId ?? env.runId },
    workflow: { id: env.flowId, name: env.flowName, version: plan.flow.version },
    trigger: shownTrigger(plan, trigger),
    ...(response === undefined ? {} : { response: responseOf(response) }),
    outputs: builder.outputs,
    ...(origin === undefined ? {} : { originRunName: origin }),
  }
}

function responseOf({
  name,
  startTime,
  endTime,
  status,
  code,
}: ActionRecord): NonNullable<RunRecord['response']> {
  return {
    name,
    startTime,
    ...(endTime === undefined ? {} : { endTime }),
    status,
    ...(code === undefined ? {} : { code }),
  }
}

function shownTrigger(plan: FlowPlan, trigger: TriggerRecord): TriggerRecord {
  const secured = plan.triggers.get(trigger.name.toLowerCase())?.secured
  const { inputs, outputs, ...rest } = trigger
  return {
    ...rest,
    ...(inputs === undefined || secured?.inputs ? {} : { inputs }),
    ...(outputs === undefined || secured?.outputs ? {} : { outputs }),
  }
}

/** Actions in loops that made no repetition have no run; an ended run shows them as skipped once. */
function neverRun(plan: FlowPlan, state: RunState, builder: HistoryBuilder): ActionRecord[] {
  if (!hasEnded(state) || builder.inside !== '') return []
  const inLoops = plan.layouts
    .filter((layout) => layout.loop !== null)
    .flatMap((layout: Layout) => layout.slots)
  return inLoops
    .filter((action) => !builder.hasSeen(action.name))
    .map((action) => skippedRecord(action, state))
}

function skippedRecord(action: ActionPlan, state: RunState): ActionRecord {
  const [edge] = action.after
  return {
    name: action.name,
    type: action.type,
    path: action.encodedName,
    repetitionIndexes: [],
    status: 'Skipped',
    code: 'ActionSkipped',
    error: edge === undefined ? action.skipped.dependency : unmetError(action, edge, 'Skipped'),
    startTime: isoInstant(state.endedAt),
    endTime: isoInstant(state.endedAt),
    correlation: {
      actionTrackingId: trackingId(state.seed, action.encodedName),
      clientTrackingId: state.trigger.clientTrackingId ?? state.env.runId,
    },
  }
}
