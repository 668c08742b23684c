import type { ActionDefinition, Dialect } from '@flowstead/definition'
import { isObject, type ObjectValue, type Template } from '@flowstead/expressions'
import type { CallRequest } from '../command.ts'
import type { CallOutcome } from '../event.ts'
import type { ActionHandler, ActionRunContext, Compile, PreparedAction } from '../handler.ts'
import { member, textMember } from '../member.ts'
import { badRequest, type Outcome } from '../outcome.ts'
import { isRetryable, pauseBefore, retryPolicyOf } from '../retry-policy.ts'
import { statusName, statusNumber } from '../status-name.ts'

/*
 * Actions that make one call: attempts under the retry policy, then the polls a 202 asks for. The inputs
 * are evaluated once; every attempt sends the same. A poll that fails is polled again, never called again.
 */

export interface CallTemplates {
  readonly inputs: Template
  readonly dialect: Dialect
  readonly polls: boolean
}

export interface CallMemory {
  readonly inputs: ObjectValue
  /** From 1. */
  attempt: number
  /** Polls made; 0 while the call itself is under way. */
  poll: number
  /** Failures in a row of the call or of the polls. */
  failures: number
  /** Where the polls go. */
  uri: string
}

/** ms between polls when the answer does not say. */
const defaultPollMs = 20_000

/** How a kind of action turns its evaluated inputs into a request. */
export type RequestFor = (actionType: string, inputs: ObjectValue) => CallRequest

/** A handler that makes the call `requestFor` describes. */
export function calling(requestFor: RequestFor): ActionHandler<CallTemplates, CallMemory> {
  return {
    compile: compileCall,
    start({ type, templates }, run) {
      const inputs = run.recordInputs(run.resolve(templates.inputs))
      if (!isObject(inputs)) return badRequest('InvalidTemplate', 'The inputs are not an object.')
      run.memory = { inputs, attempt: 1, poll: 0, failures: 0, uri: '' }
      run.call('1', requestFor(type, inputs))
      return undefined
    },
    heard(action, run, answer) {
      if (answer.type === 'due') return callAgain(action, run, requestFor)
      return answer.type === 'completed' ? heardOutcome(action, run, answer.outcome) : undefined
    },
  }
}

/** The templates of an action that makes a call. */
export function compileCall(
  { type, inputs, operationOptions }: ActionDefinition,
  compile: Compile,
): CallTemplates {
  return {
    inputs: compile.template(inputs ?? {}),
    dialect: compile.dialect,
    // A child flow answers when it has done its work; a 202 of its own is its answer.
    polls: type !== 'Workflow' && !operationOptions.has('disableasyncpattern'),
  }
}

type Run = ActionRunContext<CallMemory>

function callAgain({ type }: PreparedAction<CallTemplates>, run: Run, requestFor: RequestFor): undefined {
  const { memory } = run
  run.call(
    tagOf(memory),
    memory.poll === 0
      ? requestFor(type, memory.inputs)
      : pollRequest(requestFor(type, memory.inputs), memory.uri),
  )
}

function tagOf({ attempt, poll }: CallMemory): string {
  return poll === 0 ? `${attempt}` : `${attempt}.poll${poll}`
}

/** A GET of the address, with the credentials of the first request. */
function pollRequest(request: CallRequest, uri: string): CallRequest {
  if (request.to === 'operation')
    return { to: 'poll', actionType: request.actionType, inputs: request.inputs, uri }
  const authentication = request.to === 'http' ? member(request.request, 'authentication') : undefined
  return {
    to: 'http',
    request: { method: 'GET', uri, ...(authentication === undefined ? {} : { authentication }) },
  }
}

function heardOutcome(
  { templates }: PreparedAction<CallTemplates>,
  run: Run,
  outcome: CallOutcome,
): Outcome | undefined {
  const pause = retryPause(templates, run, outcome) ?? pollPause(templates, run, outcome)
  if (pause === undefined) return outcomeOf(outcome)
  run.wait(`${tagOf(run.memory)}.wait`, run.now + pause)
  return undefined
}

/** The pause before the next attempt, which it makes the current one; `undefined` when there is none. */
function retryPause({ dialect }: CallTemplates, run: Run, outcome: CallOutcome): number | undefined {
  if (!isWorthRetrying(outcome)) return undefined
  const { memory } = run
  const policy = retryPolicyOf(member(memory.inputs, 'retryPolicy'), dialect)
  const pause = pauseBefore(policy, memory.failures + 1, () => run.draw())
  if (pause === undefined) return undefined
  memory.failures += 1
  if (memory.poll === 0) memory.attempt += 1
  else memory.poll += 1
  return Math.max(pause, outcome.retryAfterMs ?? 0)
}

/** The pause before the next poll; `undefined` when the answer asks for none. */
function pollPause({ polls }: CallTemplates, run: Run, outcome: CallOutcome): number | undefined {
  const { memory } = run
  const location = headerOf(outcome, 'location')
  if (!polls || statusOf(outcome) !== 202 || (location === undefined && memory.poll === 0)) return undefined
  memory.uri = location ?? memory.uri
  memory.poll += 1
  memory.failures = 0
  return outcome.retryAfterMs ?? defaultPollMs
}

/** Whether the retry policy may repeat what ended so. */
export function isWorthRetrying(outcome: CallOutcome): boolean {
  const status = statusOf(outcome)
  return outcome.transient === true || (status !== undefined && isRetryable(status))
}

function statusOf({ outputs }: CallOutcome): number | undefined {
  return statusNumber(member(outputs, 'statusCode'))
}

function headerOf({ outputs }: CallOutcome, name: string): string | undefined {
  return textMember(member(outputs, 'headers'), name)
}

/** The outcome of an action whose call ended so: outputs are kept on failure. */
export function outcomeOf(outcome: CallOutcome): Outcome {
  const status = statusOf(outcome)
  const error = outcome.error ?? null
  const isGoodStatus = status === undefined || (status >= 200 && status < 300)
  // A good status does not explain a failure; without one the error has the only name there is.
  const code =
    status === undefined || (isGoodStatus && error !== null) ? (error?.code ?? 'OK') : statusName(status)
  return {
    status: isGoodStatus && error === null ? 'Succeeded' : 'Failed',
    code,
    error,
    outputs: outcome.outputs,
  }
}

/** The operation of a connector, in any of its spellings. */
export const operation = calling((actionType, inputs) => ({ to: 'operation', actionType, inputs }))

/** One HTTP request. */
export const http = calling((_actionType, request) => ({ to: 'http', request }))

/** Another flow, which answers with its Response. */
export const childFlow = calling((_actionType, inputs) => ({ to: 'flow', inputs }))
