/**
 * Flows that call flows. The child's run id follows from its parent's run id and the key of the call, so a
 * call that is made again after a crash finds the child it has started. The child's answer, or its end without
 * one, is the outcome of the call; an answer given while the parent was away is read from the child's journal.
 */
import { createHash } from 'node:crypto'
import {
  advance,
  type CallCommand,
  type CallOutcome,
  type FlowPlan,
  newState,
  type RespondCommand,
  type RunEvent,
} from '@flowstead/machine'
import { runErrorOf, runnerErrors } from './errors.ts'
import type { CallContext, ChildFlows, RunId, RunStore, StartedRun, StartRequest } from './ports.ts'

export interface Children {
  /** Starts the child, or finds it, and waits for its answer. */
  call(command: CallCommand, parent: CallContext): Promise<CallOutcome>
  responded(run: RunId, answer: RespondCommand['answer']): void
  ended(run: RunId): void
}

export interface ChildrenOptions {
  readonly flows: ChildFlows | undefined
  readonly store: RunStore
  plan(version: string): FlowPlan
  start(request: StartRequest): Promise<StartedRun>
  cancel(run: RunId): Promise<unknown>
  isStopping(): boolean
}

const notSupported: CallOutcome = {
  error: { code: runnerErrors.childNotSupported, message: 'Child flows cannot be called here.' },
}

const noResponse: CallOutcome = {
  outputs: { statusCode: 502, headers: {} },
  error: { code: 'NoResponse', message: 'The child flow ended without a response.' },
}

/** Calls of child flows, over one runner. */
export function children(options: ChildrenOptions): Children {
  const { store } = options
  const waiting = new Map<RunId, (outcome: CallOutcome) => void>()

  async function begin(
    id: RunId,
    command: CallCommand,
    parent: CallContext,
  ): Promise<CallOutcome | undefined> {
    const known = store.summary(id)
    if (known !== undefined) {
      if (known.status === 'Waiting') return undefined
      const answer = answerIn(options.plan(known.flowVersion), store.read(id))
      if (answer !== undefined) return outcomeOf(answer)
      return known.endedAt === null ? undefined : noResponse
    }
    if (options.flows === undefined || command.request.to !== 'flow') return notSupported
    const request = options.flows.startOf(command.request.inputs, parent)
    if (!('flowId' in request)) return request
    // A caller that polls does not leave when the process ends.
    await options.start({ ...request, runId: id, caller: 'polling' })
    return undefined
  }

  return {
    async call(command, parent) {
      const id = childRunId(parent.runId, command.key)
      const answered = new Promise<CallOutcome>((resolve) => waiting.set(id, resolve))
      parent.signal.addEventListener('abort', () => {
        if (!options.isStopping()) void options.cancel(id)
      })
      try {
        return (await begin(id, command, parent)) ?? (await answered)
      } catch (error) {
        return { error: runErrorOf(error), transient: true }
      } finally {
        waiting.delete(id)
      }
    },
    responded: (run, answer) => waiting.get(run)?.(outcomeOf(answer)),
    ended: (run) => waiting.get(run)?.(noResponse),
  }
}

/** Sorts beside its parent; the same for the same call. */
export function childRunId(parent: RunId, key: string): RunId {
  const hash = createHash('sha256').update(`${parent}\n${key}`).digest()
  const digits = String(hash.readBigUInt64BE() % 10n ** 17n).padStart(17, '0')
  return `${parent.slice(0, 14)}${digits.slice(0, 15)}CU${digits.slice(15)}`
}

function outcomeOf({ statusCode, headers, body }: RespondCommand['answer']): CallOutcome {
  return { outputs: { statusCode, headers, ...(body === undefined ? {} : { body }) } }
}

/** The answer a run has given, found by working its journal off once more. */
function answerIn(plan: FlowPlan, journal: readonly RunEvent[]): RespondCommand['answer'] | undefined {
  const state = newState()
  for (const [place, event] of journal.entries()) {
    if (event.type === 'finished') break
    const next = journal[place + 1]
    const stopAt = next?.type === 'cancelled' ? next.steps : Number.POSITIVE_INFINITY
    const { commands } = advance(plan, state, event, { budget: Number.POSITIVE_INFINITY, stopAt })
    for (const command of commands) if (command.type === 'respond') return command.answer
  }
  return undefined
}
