import { type FlowsteadError, isFlowsteadError } from '@flowstead/errors'
import type { ObjectValue } from '@flowstead/expressions'
import type { Outbound } from '@flowstead/outbound'
import { connectorError } from '../codes.ts'
import type { Connections } from '../connection.ts'
import type { ConnectorLibrary } from '../library/library.ts'
import type { FlowDirectory } from '../native/flow-directory.ts'
import type { SubscribeCall } from '../webhook/subscribe-request.ts'
import { endSubscription, subscribeAction } from '../webhook/webhook-action.ts'
import {
  type SubscribeResult,
  type Subscription,
  subscribe,
  type UnsubscribeResult,
  unsubscribe,
} from '../webhook/webhooks.ts'
import { type Callees, createCallees } from './callees.ts'
import type { Clock } from './clock.ts'
import type { Exchange, Surroundings } from './exchange.ts'
import { performHttp } from './http-action.ts'
import { performOperation, performPoll } from './operation-call.ts'
import { type Outcome, refusedOutcome } from './outcome.ts'
import { createThrottles } from './throttle.ts'

/**
 * Performs what leaves a run: connector operations, HTTP actions and subscriptions. It matches the runner's
 * `ConnectorHost`.
 *
 * 1. It never rejects for what the outside did or for what a flow or a definition says wrong: both are outcomes.
 * 2. A call that changes something carries the idempotency key.
 * 3. Credentials leave only in requests; outcomes and exchanges hold none.
 */
export interface ConnectorsHost {
  perform(call: { readonly request: CallRequest }, context: CallContext): Promise<Outcome>
  /** Undoes the subscription of a webhook action: `{actionType, inputs, answer}`. Once, best effort. */
  unsubscribe(subscription: unknown, context: CallContext): Promise<void>
  /** Subscribes a webhook trigger. */
  subscribeTrigger(call: SubscribeCall, signal?: AbortSignal): Promise<SubscribeResult>
  unsubscribeTrigger(
    call: SubscribeCall,
    subscription: Subscription,
    signal?: AbortSignal,
  ): Promise<UnsubscribeResult>
}

/** The part of a call command this host reads. */
export type CallRequest =
  | { readonly to: 'http'; readonly request: ObjectValue }
  | { readonly to: 'operation'; readonly actionType: string; readonly inputs: ObjectValue }
  | { readonly to: 'poll'; readonly actionType: string; readonly inputs: ObjectValue; readonly uri: string }
  | {
      readonly to: 'subscribe'
      readonly actionType: string
      readonly inputs: ObjectValue
      readonly callbackUrl: string
    }
  | { readonly to: 'flow'; readonly inputs: ObjectValue }
  | { readonly to: 'code'; readonly language: string; readonly inputs: ObjectValue }

/** Who calls. */
export interface CallContext {
  readonly runId: string
  readonly flowId: string
  readonly flowVersion: string
  /** Same on every attempt and after a crash. */
  readonly idempotencyKey: string
  readonly signal: AbortSignal
}

export interface HostOptions {
  readonly library: ConnectorLibrary
  readonly connections: Connections
  readonly outbound: Outbound
  readonly clock: Clock
  /** What native operations for flows read. */
  readonly flows: FlowDirectory
  /** Told of every request after it ended; nothing in it is secret. */
  readonly onExchange?: (exchange: Exchange) => void
}

/** Opens a host; throttles live as long as it does. */
export function createConnectorHost(options: HostOptions): ConnectorsHost {
  const { outbound, clock, flows, onExchange } = options
  const surroundings: Surroundings = { outbound, clock, flows, throttles: createThrottles(clock), onExchange }
  const callees = createCallees(options.library, options.connections)
  return {
    perform: ({ request }, context) => orRefusal(() => perform(surroundings, callees, request, context)),
    async unsubscribe(subscription, context) {
      await orRefusal(() => endSubscription(surroundings, callees, subscription, context))
    },
    subscribeTrigger: (call, signal) => subscribe(surroundings, call, signal),
    unsubscribeTrigger: (call, subscription, signal) => unsubscribe(surroundings, call, subscription, signal),
  }
}

async function orRefusal(act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act()
  } catch (error) {
    if (isFlowsteadError(error)) return refusedOutcome(error)
    throw error
  }
}

async function perform(
  surroundings: Surroundings,
  callees: Callees,
  request: CallRequest,
  context: CallContext,
): Promise<Outcome> {
  switch (request.to) {
    case 'http':
      return performHttp(surroundings, request.request, context)
    case 'operation':
      return performOperation(
        surroundings,
        await callees.find(request.inputs, context),
        request.inputs,
        context,
      )
    case 'poll':
      return performPoll(surroundings, await callees.find(request.inputs, context), request, context)
    case 'subscribe':
      return subscribeAction(surroundings, callees, request, context)
    case 'flow':
      throw notSupported('child flow')
    case 'code':
      throw notSupported(`${request.language} code`)
  }
}

function notSupported(what: string): FlowsteadError {
  return connectorError(
    'Connector.CallNotSupported',
    `An action that calls ${what} cannot be performed here.`,
  )
}
