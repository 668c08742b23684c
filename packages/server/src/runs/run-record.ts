import type { ActionRecord, Attempt, RunHistory } from '@flowstead/machine'
import type { RunSummary } from '@flowstead/runner'

/**
 * Run history in the shape that Logic Apps clients know, with inputs and outputs inline. Everything here is
 * derived from the journal by replay.
 */
export interface RunResource {
  readonly id: string
  readonly name: string
  readonly type: 'workflows/runs'
  readonly properties: Readonly<Record<string, unknown>>
}

/** A run in a list: what the store's summary says, without a replay. */
export function listedRun(summary: RunSummary, flowName: string): RunResource {
  return resource(summary.flowId, summary.id, {
    startTime: isoTime(summary.startedAt),
    ...(summary.endedAt === null ? {} : { endTime: isoTime(summary.endedAt) }),
    status: summary.status,
    ...(summary.error === null ? {} : { code: summary.error.code, error: summary.error }),
    correlation: { clientTrackingId: summary.id },
    workflow: workflow(summary.flowId, flowName, summary.flowVersion),
    trigger: { name: summary.triggerName },
  })
}

/** The event of the log that started a run. */
export interface StartingEvent {
  readonly id: number
  readonly name: string
  readonly key: string
}

/** A run with all its actions. A run that waits for its place has none yet. */
export function runResource(
  { run, actions }: RunHistory,
  summary: RunSummary,
  event?: StartingEvent,
): RunResource {
  const isWaiting = summary.status === 'Waiting'
  const response = actions.find(({ type, status }) => type === 'Response' && status === 'Succeeded')
  return resource(summary.flowId, run.name, {
    startTime: run.startTime,
    ...(run.endTime === undefined ? {} : { endTime: run.endTime }),
    status: isWaiting ? 'Waiting' : run.status,
    ...(run.code === undefined ? {} : { code: run.code }),
    ...(run.error === undefined ? {} : { error: run.error }),
    correlation: run.correlation,
    workflow: workflow(summary.flowId, run.workflow.name, run.workflow.version),
    trigger: run.trigger,
    ...(event === undefined ? {} : { event: { id: event.id, eventName: event.name, keyId: event.key } }),
    ...(response === undefined ? {} : { response: actionProperties(response) }),
    ...(run.originRunName === undefined ? {} : { originRunName: run.originRunName }),
    actions: isWaiting ? {} : actionsByName(actions),
    outputs: run.outputs,
  })
}

/** One record per action; an action in a loop shows its worst repetition and how many there were. */
export function actionsByName(actions: readonly ActionRecord[]): Record<string, unknown> {
  const groups = new Map<string, ActionRecord[]>()
  for (const action of actions) {
    const group = groups.get(action.name)
    if (group) group.push(action)
    else groups.set(action.name, [action])
  }
  const records = [...groups].map(([name, group]) => [name, groupProperties(group)] as const)
  return Object.fromEntries(records)
}

function groupProperties(group: readonly ActionRecord[]): Record<string, unknown> {
  const [first] = group as readonly [ActionRecord]
  if (first.repetitionIndexes.length === 0) return actionProperties(first)
  const worst = group.reduce((one, other) => (rank(other) > rank(one) ? other : one))
  const { status, code, error, type } = worst
  return {
    type,
    status,
    ...(code === undefined ? {} : { code }),
    ...(error === undefined ? {} : { error }),
    startTime: first.startTime,
    ...(worst.endTime === undefined ? {} : { endTime: group.at(-1)?.endTime }),
    canResubmit: false,
    repetitionCount: group.length,
  }
}

const rank = ({ status }: ActionRecord): number =>
  ['Skipped', 'Succeeded', 'Cancelled', 'TimedOut', 'Failed', 'Running'].indexOf(status)

/** An action run as the history shows it. */
export function actionProperties(action: ActionRecord): Record<string, unknown> {
  const { name: _name, path: _path, attempts, repetitionIndexes, ...rest } = action
  return {
    ...rest,
    canResubmit: false,
    ...(repetitionIndexes.length === 0 ? {} : { repetitionIndexes }),
    ...(attempts === undefined ? {} : retryHistory(attempts)),
  }
}

/** Only an action that was tried more than once, or whose try was cut off, has a retry history. */
function retryHistory(attempts: readonly Attempt[]): { retryHistory?: unknown } {
  const isPlain = attempts.length < 2 && attempts.every(({ hasUnknownOutcome }) => !hasUnknownOutcome)
  return isPlain ? {} : { retryHistory: attempts }
}

const workflow = (flowId: string, name: string, version: string) => ({
  id: `/workflows/${flowId}`,
  name,
  version,
  type: 'workflows',
})

function resource(flowId: string, name: string, properties: Record<string, unknown>): RunResource {
  return { id: `/workflows/${flowId}/runs/${name}`, name, type: 'workflows/runs', properties }
}

/** ISO 8601, UTC, seven fraction digits. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '0000Z')
}
