import type { ConnectorLibrary, ConnectorsHost, SubscribeCall, Subscription } from '@flowstead/connectors'
import { FlowsteadError, isFlowsteadError, quoted } from '@flowstead/errors'
import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'
import type { Clock } from '@flowstead/runner'
import type { StoredSubscription, SubscriptionTable, Vault } from '@flowstead/store-sqlite'
import type { ConnectionBook } from '../connections/connection-book.ts'
import type { BookedFlow } from '../flows/flow-book.ts'

/**
 * Keeps the subscriptions of webhook triggers as the flows want them.
 *   1. What is wanted is stored before the service is asked; a crash in between asks again with the same
 *      idempotency key, so that one subscription remains.
 *   2. What failed for a passing reason is tried again after 1, 2, 4 … 30 s.
 *   3. A secret goes to the vault before the subscription counts as active.
 */
export interface WebhookSubscriptions {
  /** Subscribes unless an equal subscription stands; resolves after the first try. */
  turnOn(booked: BookedFlow, trigger: string, callbackUrl: string): Promise<void>
  /** Unsubscribes; resolves after the first try. */
  turnOff(booked: BookedFlow, trigger: string): Promise<void>
  /** What the deliveries of the live subscription are signed with. */
  secret(flowId: string, trigger: string): string | undefined
  /** Why a wanted subscription does not stand yet. */
  problem(flowId: string, trigger: string): string | undefined
  close(): void
}

export interface WebhookParts {
  readonly table: SubscriptionTable
  readonly vault: Vault
  readonly clock: Clock
  readonly connections: ConnectionBook
  readonly library: ConnectorLibrary
  readonly host: ConnectorsHost
  /** Evaluated inputs of the trigger. */
  readonly inputs: (booked: BookedFlow, trigger: string) => Value
}

const longestPauseMs = 30_000

export function createWebhookSubscriptions(parts: WebhookParts): WebhookSubscriptions {
  const { table, vault, clock } = parts
  const retries = new Map<string, () => void>()
  const problems = new Map<string, string>()

  const again = (key: string, attempt: number, work: (attempt: number) => Promise<void>): void => {
    retries.get(key)?.()
    const at = clock.now() + Math.min(1000 * 2 ** attempt, longestPauseMs)
    retries.set(
      key,
      clock.schedule(at, () => void work(attempt + 1)),
    )
  }
  const settle = (key: string): void => {
    retries.get(key)?.()
    retries.delete(key)
    problems.delete(key)
  }

  async function subscribe(booked: BookedFlow, wanted: StoredSubscription, attempt: number): Promise<void> {
    const key = keyOf(wanted.flowId, wanted.triggerName)
    const result = await trySubscribe(parts, booked, wanted)
    if (table.get(wanted.flowId, wanted.triggerName)?.state !== 'wanted') return
    if (result.kind === 'done') {
      keep(parts, wanted, result.subscription)
      return settle(key)
    }
    problems.set(key, result.message)
    if (result.transient) again(key, attempt, (next) => subscribe(booked, wanted, next))
  }

  async function unsubscribe(booked: BookedFlow, stored: StoredSubscription, attempt: number): Promise<void> {
    const key = keyOf(stored.flowId, stored.triggerName)
    const result = await tryUnsubscribe(parts, booked, stored)
    if (table.get(stored.flowId, stored.triggerName)?.state !== 'unwanted') return
    if (result.kind === 'failed' && result.transient) {
      problems.set(key, result.message)
      return again(key, attempt, (next) => unsubscribe(booked, stored, next))
    }
    table.remove(stored.flowId, stored.triggerName)
    if (stored.secretVaultId !== null) vault.remove(stored.secretVaultId)
    settle(key)
  }

  return {
    async turnOn(booked, trigger, callbackUrl) {
      const stored = table.get(booked.flow.id, trigger)
      if (stored?.state === 'active' && stored.callbackUrl === callbackUrl) return
      if (stored?.state === 'active') await tryUnsubscribe(parts, booked, stored)
      const isSame = stored?.state === 'wanted' && stored.callbackUrl === callbackUrl
      const wanted = isSame ? stored : wantedSubscription(booked.flow.id, trigger, callbackUrl, clock.now())
      table.save(wanted)
      await subscribe(booked, wanted, 0)
    },
    async turnOff(booked, trigger) {
      const stored = table.get(booked.flow.id, trigger)
      if (!stored) return
      settle(keyOf(booked.flow.id, trigger))
      const unwanted: StoredSubscription = { ...stored, state: 'unwanted', changedAt: clock.now() }
      table.save(unwanted)
      await unsubscribe(booked, unwanted, 0)
    },
    secret(flowId, trigger) {
      const id = table.get(flowId, trigger)?.secretVaultId
      return id ? vault.open(id) : undefined
    },
    problem: (flowId, trigger) => problems.get(keyOf(flowId, trigger)),
    close() {
      for (const cancel of retries.values()) cancel()
      retries.clear()
    },
  }
}

type Try =
  | { readonly kind: 'done'; readonly subscription: Subscription }
  | { readonly kind: 'failed'; readonly message: string; readonly transient: boolean }

async function trySubscribe(
  parts: WebhookParts,
  booked: BookedFlow,
  wanted: StoredSubscription,
): Promise<Try> {
  try {
    const result = await parts.host.subscribeTrigger(callFor(parts, booked, wanted))
    if (result.isSubscribed) return { kind: 'done', subscription: result.subscription }
    return { kind: 'failed', message: result.error.message, transient: result.transient }
  } catch (error) {
    return failedTry(error)
  }
}

async function tryUnsubscribe(
  parts: WebhookParts,
  booked: BookedFlow,
  stored: StoredSubscription,
): Promise<Try> {
  const subscription: Subscription = {
    ...(stored.location === null ? {} : { location: stored.location }),
    answer: null,
  }
  try {
    const result = await parts.host.unsubscribeTrigger(callFor(parts, booked, stored), subscription)
    if (result.isEnded) return { kind: 'done', subscription }
    return { kind: 'failed', message: result.error.message, transient: result.transient }
  } catch (error) {
    return failedTry(error)
  }
}

function failedTry(error: unknown): Try {
  if (!isFlowsteadError(error)) throw error
  return { kind: 'failed', message: error.message, transient: error.code === connectionNotReady }
}

const connectionNotReady = 'Trigger.ConnectionNotReady'

/** @throws `Trigger.ConnectionNotReady`, `Trigger.InvalidInputs` */
function callFor(parts: WebhookParts, booked: BookedFlow, wanted: StoredSubscription): SubscribeCall {
  const inputs = parts.inputs(booked, wanted.triggerName)
  const host = isObject(inputs) && isObject(inputs.host) ? inputs.host : undefined
  const operationId = host?.operationId
  if (!isObject(inputs) || host === undefined || typeof operationId !== 'string') {
    throw new FlowsteadError(
      'Trigger.InvalidInputs',
      `The trigger ${quoted(wanted.triggerName)} names no operation.`,
    )
  }
  const { connection, failure } = parts.connections.resolve({
    key: textOf(host.connectionName),
    api: textOf(host.apiId),
  })
  if (!connection) throw new FlowsteadError(connectionNotReady, failure.message, { hint: failure.hint })
  const found = parts.library.find(connection.connector)
  if (found.status !== 'found') {
    throw new FlowsteadError(
      'Trigger.InvalidInputs',
      `The connector ${quoted(connection.connector)} cannot be used.`,
    )
  }
  return {
    connector: found.connector,
    connection,
    operationId,
    inputs: isObject(inputs.parameters) ? (inputs.parameters as ObjectValue) : {},
    callbackUrl: wanted.callbackUrl,
    idempotencyKey: `subscription/${wanted.flowId}/${wanted.triggerName}/${wanted.changedAt}`,
  }
}

const textOf = (value: Value | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

function keep(
  { table, vault, clock }: WebhookParts,
  wanted: StoredSubscription,
  { location, secret }: Subscription,
): void {
  const secretVaultId = secret === undefined ? null : `subscription/${wanted.flowId}/${wanted.triggerName}`
  if (secretVaultId !== null && secret !== undefined) vault.seal(secretVaultId, secret)
  table.save({
    ...wanted,
    location: location ?? null,
    secretVaultId,
    state: 'active',
    changedAt: clock.now(),
  })
}

function wantedSubscription(
  flowId: string,
  triggerName: string,
  callbackUrl: string,
  now: number,
): StoredSubscription {
  return {
    flowId,
    triggerName,
    connectionId: '',
    callbackUrl,
    location: null,
    secretVaultId: null,
    state: 'wanted',
    changedAt: now,
  }
}

const keyOf = (flowId: string, trigger: string): string => `${flowId}/${trigger}`
