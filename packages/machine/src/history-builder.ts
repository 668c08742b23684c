import type { ObjectValue, Value } from '@flowstead/expressions'
import { trackingId } from './draws.ts'
import type { RunEvent } from './event.ts'
import type { ActionRecord, Attempt } from './history.ts'
import { isoInstant } from './instant.ts'
import { member } from './member.ts'
import type { Observer, Place } from './observer.ts'
import type { ActionRun, RunState } from './state.ts'
import type { RunError, Status } from './status.ts'
import { statusName, statusNumber } from './status-name.ts'

interface Draft {
  readonly place: Place
  status: Status
  code: string | null
  error: RunError | null
  startedAt: number
  endedAt: number
  inputs: Value | undefined
  outputs: Value | undefined
  tracked: Value | undefined
  attempts: AttemptDraft[]
  repetitions: number
}

type AttemptDraft = { -readonly [K in keyof Attempt]: Attempt[K] }

/** Collects what a replay shows, by path. */
export class HistoryBuilder implements Observer {
  readonly inside: string
  outputs: ObjectValue = {}
  private readonly drafts = new Map<string, Draft>()
  private readonly seen = new Set<string>()

  constructor(inside: string) {
    this.inside = inside
  }

  /** Whether the action was started or skipped at least once. */
  hasSeen(name: string): boolean {
    return this.seen.has(name)
  }

  started(place: Place, at: number): void {
    this.draft(place, at)
  }

  inputs(place: Place, value: Value): void {
    const draft = this.draft(place, 0)
    if (draft !== undefined && !place.action.secured.inputs) draft.inputs = value
  }

  opened(place: Place, tag: string, at: number): void {
    const draft = this.draft(place, at)
    if (draft !== undefined && isAttempt(tag)) draft.attempts.push({ tag, startTime: isoInstant(at) })
  }

  answered(place: Place, tag: string, event: RunEvent): void {
    const attempt = this.draft(place, event.at)?.attempts.findLast((each) => each.tag === tag)
    if (attempt === undefined || event.type !== 'completed') return
    const { outputs, error } = event.outcome
    const status = statusNumber(member(outputs, 'statusCode'))
    attempt.endTime = isoInstant(event.at)
    attempt.code = status === undefined ? (error?.code ?? 'OK') : statusName(status)
    if (error !== undefined) attempt.error = error
  }

  recovered(key: string, tag: string, at: number): void {
    const draft = this.drafts.get(key.slice(0, -tag.length - 1))
    const attempt = draft?.attempts.findLast((each) => each.tag === tag)
    if (attempt === undefined) return
    attempt.hasUnknownOutcome = true
    draft?.attempts.push({ tag, startTime: isoInstant(at) })
  }

  ended(place: Place, run: Readonly<ActionRun>, outputs: Value | undefined): void {
    const draft = this.draft(place, run.startedAt)
    if (draft === undefined) return
    draft.status = run.status
    draft.code = run.code
    draft.error = run.error
    draft.endedAt = run.endedAt
    if (outputs !== undefined && !place.action.secured.outputs) draft.outputs = outputs
  }

  tracked(place: Place, properties: Value): void {
    const draft = this.draft(place, 0)
    if (draft !== undefined) draft.tracked = properties
  }

  repetition(place: Place): void {
    const draft = this.draft(place, 0)
    if (draft !== undefined) draft.repetitions += 1
  }

  runEnded(outputs: ObjectValue | undefined): void {
    if (outputs !== undefined) this.outputs = outputs
  }

  /** The records so far, in order. */
  records(state: RunState): ActionRecord[] {
    return [...this.drafts.values()].map((draft) => recordOf(draft, state))
  }

  private draft(place: Place, at: number): Draft | undefined {
    this.seen.add(place.action.name)
    const known = this.drafts.get(place.path)
    if (known !== undefined || !place.path.startsWith(this.inside)) return known
    const draft: Draft = {
      place,
      status: 'Running',
      code: null,
      error: null,
      startedAt: at,
      endedAt: 0,
      inputs: undefined,
      outputs: undefined,
      tracked: undefined,
      attempts: [],
      repetitions: 0,
    }
    this.drafts.set(place.path, draft)
    return draft
  }
}

/** Tags of calls and polls; pauses, waits and callbacks are not attempts. */
function isAttempt(tag: string): boolean {
  return /^\d+(\.poll\d+)?$/.test(tag)
}

function recordOf(draft: Draft, state: RunState): ActionRecord {
  const { place, code, error, inputs, outputs, tracked, attempts } = draft
  const { action, path } = place
  const hidden = (['inputs', 'outputs'] as const).filter((part) => action.secured[part])
  return {
    name: action.name,
    type: action.type,
    path,
    repetitionIndexes: place.indexes,
    status: draft.status,
    ...(code === null ? {} : { code }),
    ...(error === null ? {} : { error }),
    startTime: isoInstant(draft.startedAt),
    ...(draft.endedAt === 0 ? {} : { endTime: isoInstant(draft.endedAt) }),
    correlation: {
      actionTrackingId: trackingId(state.seed, path),
      clientTrackingId: state.trigger.clientTrackingId ?? state.env.runId,
    },
    ...(inputs === undefined ? {} : { inputs }),
    ...(outputs === undefined ? {} : { outputs }),
    ...(hidden.length === 0 ? {} : { secureData: hidden }),
    ...(tracked === undefined ? {} : { trackedProperties: tracked }),
    ...(attempts.length === 0 ? {} : { attempts }),
    ...(action.body === null ? {} : { iterationCount: draft.repetitions }),
    ...(action.staticResult === null ? {} : { executionMode: 'StaticResults' as const }),
  }
}
