import type { ObjectValue } from '@flowstead/expressions'
import type { CallCommand, CalledBack, CallOutcome } from '@flowstead/machine'
import type { CallContext, ChildFlows, ConnectorHost } from '@flowstead/runner'
import type { SimulatedClock } from '@flowstead/runner/testing'
import { expandPath, type FlowCase, type ScriptedAnswer } from './flow-case.testing.ts'

/** Answers the calls of one run from a case; a call without an answer and an answer without a call are noted. */
export interface ScriptedOutside {
  readonly host: ConnectorHost
  readonly children: ChildFlows
  /** Attempts nothing was scripted for. */
  readonly unanswered: readonly string[]
  /** Answers and callbacks nobody asked for. */
  unused(): string[]
  /** Subscriptions taken back. */
  unsubscribed(): number
}

/** Posts to a callback address of the run. */
export type CallBack = (key: string, request: CalledBack['request']) => void

const noAnswer: CallOutcome = { error: { code: 'NoScriptedAnswer', message: 'The case has no answer.' } }

export function scriptedOutside(
  flowCase: FlowCase,
  clock: SimulatedClock,
  callBack: CallBack,
): ScriptedOutside {
  const after = (seconds: number, then: () => void) => clock.schedule(clock.now() + seconds * 1_000, then)
  const callbacks = new Map(Object.entries(flowCase.callbacks ?? {}))
  let unsubscribed = 0
  const scripts = new Map(
    Object.entries(flowCase.answers ?? {}).flatMap(([key, answers]) =>
      expandPath(key).map((path) => [path, { answers, used: new Set<number>() }] as const),
    ),
  )
  const seen = new Map<string, number>()
  const unanswered: string[] = []

  const answerFor = (path: string): ScriptedAnswer | undefined => {
    const attempt = seen.get(path) ?? 0
    seen.set(path, attempt + 1)
    const script = scripts.get(path) ?? scripts.get(path.slice(path.lastIndexOf('/') + 1))
    const answer = script?.answers[attempt]
    if (answer === undefined) unanswered.push(`${path} attempt ${attempt + 1}`)
    script?.used.add(attempt)
    return answer
  }

  const subscribe = (path: string) => {
    const callback = callbacks.get(path)
    if (callback === undefined) return
    callbacks.delete(path)
    const { afterSeconds, body } = callback
    after(afterSeconds, () =>
      callBack(`${path}#callback`, { headers: {}, ...(body === undefined ? {} : { body }) }),
    )
  }

  return {
    host: {
      perform: ({ path, request }: CallCommand) =>
        new Promise((resolve) => {
          const answer = answerFor(path)
          if (request.to === 'subscribe') subscribe(path)
          if (answer === undefined) resolve(noAnswer)
          else after(answer.afterSeconds ?? 0, () => resolve(outcomeOf(answer)))
        }),
      async unsubscribe() {
        unsubscribed += 1
      },
    },
    children: {
      startOf: (_inputs: ObjectValue, { runId, idempotencyKey }: CallContext) => {
        const answer = answerFor(decodeURIComponent(idempotencyKey.slice(runId.length + 1)))
        return answer === undefined ? noAnswer : outcomeOf(answer)
      },
    },
    unanswered,
    unused: () => [
      ...[...scripts].flatMap(([path, { answers, used }]) =>
        answers.flatMap((_, attempt) => (used.has(attempt) ? [] : [`${path} attempt ${attempt + 1}`])),
      ),
      ...callbacks.keys(),
    ],
    unsubscribed: () => unsubscribed,
  }
}

function outcomeOf(answer: ScriptedAnswer): CallOutcome {
  const { statusCode, headers = {}, body, error, transient, retryAfterSeconds } = answer
  if (error !== undefined) return { error, ...(transient === undefined ? {} : { transient }) }
  return {
    outputs: { statusCode: statusCode ?? 200, headers, ...(body === undefined ? {} : { body }) },
    ...(retryAfterSeconds === undefined ? {} : { retryAfterMs: retryAfterSeconds * 1_000 }),
  }
}
