import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'
import type { Callees } from '../host/callees.ts'
import type { Surroundings } from '../host/exchange.ts'
import type { CallContext, CallRequest } from '../host/host.ts'
import { performHttp } from '../host/http-action.ts'
import type { Outcome } from '../host/outcome.ts'
import { member, objectAt, textAt } from '../library/json.ts'
import type { SubscribeCall } from './subscribe-request.ts'
import { type SubscribeResult, subscribe, unsubscribe } from './webhooks.ts'

/** Subscribes a webhook action with its callback address. */
export async function subscribeAction(
  surroundings: Surroundings,
  callees: Callees,
  { inputs, callbackUrl, actionType }: Extract<CallRequest, { to: 'subscribe' }>,
  context: CallContext,
): Promise<Outcome> {
  if (actionType.toLowerCase() === 'httpwebhook') {
    return performHttp(surroundings, objectAt(inputs, 'subscribe'), context)
  }
  const call = await subscribeCall(callees, inputs, { callbackUrl, context })
  const result = await subscribe(surroundings, call, context.signal)
  return result.isSubscribed ? { outputs: result.subscription.answer } : outcomeOfFailure(result)
}

function outcomeOfFailure({
  error,
  transient,
  retryAfterMs,
}: Extract<SubscribeResult, { isSubscribed: false }>): Outcome {
  return {
    error,
    ...(transient ? { transient } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }
}

async function subscribeCall(
  callees: Callees,
  inputs: ObjectValue,
  { callbackUrl, context }: { readonly callbackUrl: string; readonly context: CallContext },
): Promise<SubscribeCall> {
  const { connector, connection, operationId } = await callees.find(inputs, context)
  return {
    connector,
    connection,
    operationId,
    inputs: operationId === undefined ? inputs : objectAt(inputs, 'parameters'),
    callbackUrl,
    idempotencyKey: context.idempotencyKey,
  }
}

/** Undoes what `subscribeAction` did; the subscription is `{actionType, inputs, answer}`. */
export async function endSubscription(
  surroundings: Surroundings,
  callees: Callees,
  subscription: unknown,
  context: CallContext,
): Promise<Outcome> {
  if (!isObject(subscription)) return {}
  const inputs = objectAt(subscription, 'inputs')
  if (textAt(subscription, 'actionType')?.toLowerCase() === 'httpwebhook') {
    const request = objectAt(inputs, 'unsubscribe')
    return textAt(request, 'uri') === undefined ? {} : performHttp(surroundings, request, context)
  }
  const call = await subscribeCall(callees, inputs, { callbackUrl: '', context })
  const answer: Value = member(subscription, 'answer') ?? null
  await unsubscribe(surroundings, call, { answer }, context.signal)
  return {}
}
