import type { TriggerDefinition } from '@flowstead/definition'
import { FlowsteadError } from '@flowstead/errors'
import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'
import type { RunEvent } from '@flowstead/machine'
import type { RunId, Runner } from '@flowstead/runner'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Webhook } from 'standardwebhooks'
import type { Arrival, EventLog } from '../events/event-log.ts'
import type { BookedFlow, FlowBook } from '../flows/flow-book.ts'
import type { Firing, FiringResult, Firings } from '../triggers/firing.ts'
import { triggerOutputs } from '../triggers/inbound-request.ts'
import { checkSameBody } from '../triggers/same-delivery.ts'
import type { SignedQuery, TriggerSigner } from '../triggers/trigger-url.ts'
import { sendAnswer } from './answer.ts'
import type { CallerEnd, WaitingCallers } from './callers.ts'

/** What the trigger addresses need. */
export interface TriggerRoutes {
  readonly book: FlowBook
  readonly firings: Firings
  /** Takes the notifications of webhook triggers. */
  readonly events: EventLog
  readonly runner: Runner
  readonly callers: WaitingCallers
  readonly signer: TriggerSigner
  /** Secret of the live subscription of a webhook trigger, when the service gave one. */
  readonly subscriptionSecret: (flowId: string, trigger: string) => string | undefined
  readonly journal: (run: RunId) => readonly RunEvent[]
  /** Bytes; a larger body is refused with 413. */
  readonly bodyLimit: number
  /** ms a caller is kept waiting for a Response action. */
  readonly answerWithinMs: number
}

type TriggerRequest = FastifyRequest<{ Params: { flow: string; trigger: string } }>

/**
 * `/t/<flow id>/<trigger>`: Request triggers and the notifications of webhook triggers. The order of checks is
 * flow known (404), address signed (401), flow on (410), method right (405), notification signed (401).
 */
export function registerTriggerRoutes(app: FastifyInstance, routes: TriggerRoutes): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.all(
      '/t/:flow/:trigger',
      { config: { access: 'signed' }, bodyLimit: routes.bodyLimit },
      (request, reply) => receive(routes, request as TriggerRequest, reply),
    )
  })
}

async function receive(
  routes: TriggerRoutes,
  request: TriggerRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { book, signer, subscriptionSecret } = routes
  const { flow: flowId, trigger: name } = request.params
  const booked = book.get(flowId)
  const trigger = booked.flow.triggers.find((candidate) => candidate.name === name)
  if (!trigger)
    throw new FlowsteadError('Server.NotFound', `Flow "${booked.flow.name}" has no trigger of this name.`)
  if (!signer.isSigned(flowId, name, request.query as SignedQuery)) throw wrongSignature()
  if (booked.state === 'off')
    throw new FlowsteadError('Server.FlowIsOff', `Flow "${booked.flow.name}" is turned off.`)
  const method = methodOf(trigger)
  if (request.method !== method) {
    return reply
      .code(405)
      .header('allow', method)
      .send({
        error: { code: 'TriggerRequestMethodNotValid', message: `This trigger takes ${method}.` },
      })
  }
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const secret = trigger.type === 'Request' ? undefined : subscriptionSecret(flowId, name)
  if (secret !== undefined) checkNotification(secret, request, body)
  const outputs = triggerOutputs({
    headers: request.headers,
    query: request.query as Record<string, unknown>,
    body,
  })
  return fire(routes, { booked, trigger, outputs, request, reply })
}

interface Reception {
  readonly booked: BookedFlow
  readonly trigger: TriggerDefinition
  readonly outputs: ObjectValue
  readonly request: TriggerRequest
  readonly reply: FastifyReply
}

async function fire(
  routes: TriggerRoutes,
  { booked, trigger, outputs, request, reply }: Reception,
): Promise<FastifyReply> {
  const { book, firings } = routes
  const runId = firings.newRunId()
  const plan = book.plan(booked.flow.version)
  const waits = plan?.hasResponse === true && !isSplit(trigger)
  const answer = waits ? waitForAnswer(routes, runId, request) : undefined
  try {
    const caller: 'waiting' | 'none' = waits ? 'waiting' : 'none'
    const result = await start(routes, { booked, trigger, outputs, runId, caller }, deliveryId(request))
    if (result.status === 'Skipped') {
      answer?.forget()
      return reply.code(202).header('x-ms-trigger-status', 'Skipped').send()
    }
    const [first] = result.runs
    if (first?.isDuplicate) {
      answer?.forget()
      checkSameBody(triggerOutputsOf(routes.journal(first.id)), outputs)
      return accepted(reply, booked, first.id).header('x-flowstead-duplicate', 'true').send()
    }
    if (answer === undefined) return accepted(reply, booked, first?.id ?? runId).send()
    return sendEnd(reply, booked, runId, trigger, await answer.end)
  } catch (error) {
    answer?.forget()
    throw error
  }
}

/** Notifications go through the event log; a request is a start like any other. */
function start(
  { events, firings }: TriggerRoutes,
  arrival: Arrival & Pick<Required<Firing>, 'runId' | 'caller'>,
  dedupeKey: string | undefined,
): Promise<FiringResult> {
  const { booked, trigger, outputs, runId, caller } = arrival
  if (trigger.type !== 'Request') return events.receive(arrival)
  const firing = { trigger: trigger.name, outputs, runId, caller }
  return firings.fire(booked, dedupeKey === undefined ? firing : { ...firing, dedupeKey })
}

function triggerOutputsOf([first]: readonly RunEvent[]): Value | undefined {
  return first?.type === 'triggered' ? first.trigger.outputs : undefined
}

interface WaitingAnswer {
  readonly end: Promise<CallerEnd | { readonly kind: 'timeout' } | { readonly kind: 'gone' }>
  forget(): void
}

/** Keeps the connection open until the run answers, ends, takes too long, or the caller goes away. */
function waitForAnswer(
  { callers, runner, answerWithinMs }: TriggerRoutes,
  run: RunId,
  request: FastifyRequest,
): WaitingAnswer {
  let forget = () => {}
  const end: WaitingAnswer['end'] = new Promise((resolve) => {
    const { socket } = request.raw
    const leave = (reason: 'timeout' | 'closed') => {
      forget()
      resolve({ kind: reason === 'timeout' ? 'timeout' : 'gone' })
      void runner.callerLeft(run, reason)
    }
    const onClose = () => leave('closed')
    const timer = setTimeout(() => leave('timeout'), answerWithinMs)
    forget = () => {
      clearTimeout(timer)
      socket.off('close', onClose)
      callers.forget(run)
    }
    socket.on('close', onClose)
    callers.wait(run, (ended) => {
      forget()
      resolve(ended)
    })
  })
  return { end, forget: () => forget() }
}

function sendEnd(
  reply: FastifyReply,
  booked: BookedFlow,
  run: RunId,
  trigger: TriggerDefinition,
  end: Awaited<WaitingAnswer['end']>,
): FastifyReply {
  if (!hasOption(trigger, 'suppressworkflowheadersonresponse')) runHeaders(reply, booked, run)
  if (end.kind === 'answer') return sendAnswer(reply, end.answer)
  if (end.kind === 'noResponse') {
    return reply.code(502).send({
      error: { code: 'NoResponse', message: 'The flow ended without reaching a Response action.' },
    })
  }
  return reply.code(504).send({
    error: { code: 'GatewayTimeout', message: 'The flow did not answer in time; it goes on running.' },
  })
}

const accepted = (reply: FastifyReply, booked: BookedFlow, run: RunId): FastifyReply =>
  runHeaders(reply.code(202), booked, run)

function runHeaders(reply: FastifyReply, { flow }: BookedFlow, run: RunId): FastifyReply {
  return reply
    .header('x-ms-workflow-run-id', run)
    .header('x-ms-client-tracking-id', run)
    .header('x-ms-workflow-id', flow.id)
    .header('x-ms-workflow-version', flow.version)
}

/** The second factor of a notification: the service's own signature over the raw body. */
function checkNotification(secret: string, { headers }: FastifyRequest, body: Buffer): void {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>)
  } catch (cause) {
    throw new FlowsteadError(
      'Server.WrongSignature',
      'The notification is not signed by the service it should come from.',
      {
        cause,
      },
    )
  }
}

/** Standard Webhooks name each delivery; a second one with the same name starts nothing. */
function deliveryId({ headers }: FastifyRequest): string | undefined {
  const id = headers['webhook-id']
  return typeof id === 'string' && id !== '' ? id : undefined
}

function methodOf({ raw }: TriggerDefinition): string {
  const inputs = raw.inputs
  const method = inputs !== undefined && isObject(inputs) ? inputs.method : undefined
  return typeof method === 'string' && method !== '' ? method.toUpperCase() : 'POST'
}

const isSplit = ({ raw }: TriggerDefinition): boolean => raw.splitOn !== undefined && raw.splitOn !== null

function hasOption({ raw }: TriggerDefinition, option: string): boolean {
  return typeof raw.operationOptions === 'string' && raw.operationOptions.toLowerCase().includes(option)
}

const wrongSignature = (): FlowsteadError =>
  new FlowsteadError('Server.WrongSignature', 'The address is not signed for this trigger.', {
    hint: 'flowstead trigger url prints the right one.',
  })
