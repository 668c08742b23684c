import type { ObjectValue } from '@flowstead/expressions'
import type { CallCommand, CallOutcome } from '@flowstead/machine'
import type { CallContext, ChildFlows, ConnectorHost } from '@flowstead/runner'
import type { SimulatedClock } from '@flowstead/runner/testing'
import { expandPath, type FlowCase, type ScriptedAnswer } from './flow-case.testing.ts'

/** Answers the calls of one run from a case; a call without an answer and an answer without a call are noted. */
export interface ScriptedOutside {
  readonly host: ConnectorHost
  readonly children: ChildFlows
  /** Attempts nothing was scripted for. */
  readonly unanswered: readonly string[]
  /** Answers nobody asked for. */
  unused(): string[]
}

const noAnswer: CallOutcome = { error: { code: 'NoScriptedAnswer', message: 'The case has no answer.' } }

export function scriptedOutside(flowCase: FlowCase, clock: SimulatedClock): ScriptedOutside {
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

  return {
    host: {
      perform: ({ path }: CallCommand) =>
        new Promise((resolve) => {
          const answer = answerFor(path)
          if (answer === undefined) return resolve(noAnswer)
          clock.schedule(clock.now() + (answer.afterSeconds ?? 0) * 1_000, () => resolve(outcomeOf(answer)))
        }),
    },
    children: {
      startOf: (_inputs: ObjectValue, { runId, idempotencyKey }: CallContext) => {
        const answer = answerFor(decodeURIComponent(idempotencyKey.slice(runId.length + 1)))
        return answer === undefined ? noAnswer : outcomeOf(answer)
      },
    },
    unanswered,
    unused: () =>
      [...scripts].flatMap(([path, { answers, used }]) =>
        answers.flatMap((_, attempt) => (used.has(attempt) ? [] : [`${path} attempt ${attempt + 1}`])),
      ),
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
