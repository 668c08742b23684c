import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'
import type { CalledBack, CallOutcome } from '../event.ts'
import type { ActionHandler, ActionRunContext, PreparedAction } from '../handler.ts'
import { member, memberAt } from '../member.ts'
import { badRequest, type Outcome, succeeded } from '../outcome.ts'
import { pauseBefore, retryPolicyOf } from '../retry-policy.ts'
import { type CallTemplates, compileCall, isWorthRetrying, outcomeOf } from './call.ts'

interface WebhookMemory {
  readonly inputs: ObjectValue
  readonly callbackUrl: string
  attempt: number
  /** What undoes the subscription, once it stands. */
  unsubscribe: Value
  /** The callback, when it came before the answer to the subscription. */
  called: Value
}

/**
 * Subscribes with a fresh callback address and ends when that was called and the subscription answered, in
 * either order. The address is open before the subscription leaves.
 */
export const webhook: ActionHandler<CallTemplates, WebhookMemory> = {
  compile: compileCall,
  start(action, run) {
    const inputs = run.recordInputs(run.resolve(action.templates.inputs))
    if (!isObject(inputs)) return badRequest('InvalidTemplate', 'The inputs are not an object.')
    run.memory = { inputs, callbackUrl: run.callbackUrl(), attempt: 1, unsubscribe: null, called: null }
    run.awaitCallback('callback')
    subscribe(action, run)
    return undefined
  },
  heard(action, run, answer) {
    if (answer.type === 'due') return subscribe(action, run)
    return answer.type === 'calledBack'
      ? heardCallback(run, answer)
      : heardSubscription(action, run, answer.outcome)
  },
}

type Run = ActionRunContext<WebhookMemory>

function subscribe({ type }: PreparedAction<CallTemplates>, run: Run): undefined {
  const { attempt, inputs, callbackUrl } = run.memory
  run.call(`${attempt}`, { to: 'subscribe', actionType: type, inputs, callbackUrl })
}

function heardCallback(run: Run, { request }: CalledBack): Outcome | undefined {
  const { headers, queries, body } = request
  run.memory.called = {
    statusCode: 200,
    headers,
    ...(queries === undefined ? {} : { queries }),
    ...(body === undefined ? {} : { body }),
  }
  return endWhenBoth(run)
}

function heardSubscription(
  action: PreparedAction<CallTemplates>,
  run: Run,
  outcome: CallOutcome,
): Outcome | undefined {
  const answered = outcomeOf(outcome)
  const { memory } = run
  if (answered.status !== 'Succeeded') return subscribeLater(action, run, outcome) ? undefined : answered
  memory.unsubscribe = { actionType: action.type, inputs: memory.inputs, answer: outcome.outputs ?? null }
  run.subscribed('callback', memory.unsubscribe)
  return endWhenBoth(run)
}

/** Starts the pause before the next attempt; false when there is none. */
function subscribeLater(
  { templates }: PreparedAction<CallTemplates>,
  run: Run,
  outcome: CallOutcome,
): boolean {
  const { memory } = run
  const policy = retryPolicyOf(retryPolicyIn(memory.inputs), templates.dialect)
  const pause = isWorthRetrying(outcome) ? pauseBefore(policy, memory.attempt, () => run.draw()) : undefined
  if (pause === undefined) return false
  memory.attempt += 1
  run.wait(`${memory.attempt}.wait`, run.now + Math.max(pause, outcome.retryAfterMs ?? 0))
  return true
}

/** HttpWebhook keeps the policy with its subscription request. */
function retryPolicyIn(inputs: ObjectValue): Value | undefined {
  return member(inputs, 'retryPolicy') ?? memberAt(inputs, 'subscribe', 'retryPolicy')
}

function endWhenBoth(run: Run): Outcome | undefined {
  const { called, unsubscribe } = run.memory
  if (called === null || unsubscribe === null) return undefined
  run.unsubscribe('callback', unsubscribe)
  return succeeded(called, 'OK')
}
