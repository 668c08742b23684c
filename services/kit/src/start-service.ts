/** Makes a running application of a service's definition. */
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { FlowsteadError } from '@flowstead/errors'
import { createOutbound } from '@flowstead/outbound'
import { type Database, migrate, openDatabase } from '@flowstead/sqlite'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { createAccess } from './access.ts'
import { buildApp } from './app.ts'
import { type Attempts, createAttempts } from './attempts.ts'
import { createChanges } from './changes.ts'
import { type Clock, systemClock } from './clock.ts'
import { createDeliverer, type Deliverer } from './deliverer.ts'
import { type DeliveryPolicy, standardDelivery } from './delivery-policy.ts'
import { createDueWorker } from './due-worker.ts'
import { serviceErrors } from './errors.ts'
import { createKeys, type Keys } from './keys.ts'
import { createLocalOperations } from './local-operations.ts'
import { createOutbox } from './outbox.ts'
import { type OwnerFile, readOwnerFile, writeOwnerFile } from './owner-file.ts'
import { createSendEvent } from './send-event.ts'
import type { Listener, ListenOptions, ServiceContext, ServiceDefinition } from './service.ts'
import { refuseSecond } from './single-instance.ts'
import { createSubscriptions } from './subscriptions.ts'
import { migrateKit } from './tables.ts'
import { createThrottle, defaultThrottle, type Throttle } from './throttle.ts'

export interface StartOptions {
  /** The service's own folder, made when absent, or `:memory:` to keep nothing. */
  readonly folder: string
  /** Default: the definition's; 0 takes a free one. */
  readonly port?: number
  /** Ports of further listeners, by name. */
  readonly ports?: Readonly<Record<string, number>>
  /** Default `127.0.0.1`. */
  readonly host?: string
  /** Default: the definition's. */
  readonly throttle?: Throttle
  /** Holds every answer of the API back, ms; default 0. */
  readonly latencyMs?: number
  /** Waits between the tries of a delivery, ms; default: the definition's. */
  readonly scheduleMs?: readonly number[]
  /** `none` starts a new service without sample data; default `sample`. */
  readonly data?: 'sample' | 'none'
  readonly clock?: Clock
  /** 0 to 1, for the jitter of retries; default `Math.random`. */
  readonly random?: () => number
  /** Told of failures that are not a client's; default: logged on stderr. */
  readonly onError?: (error: unknown) => void
}

export interface RunningService {
  readonly name: string
  readonly url: string
  readonly port: number
  /** Ports of further listeners, by name. */
  readonly ports: Readonly<Record<string, number>>
  /** The owner's API key. */
  readonly key: string
  readonly app: FastifyInstance
  /** Answers what is under way, then closes everything. What was due is delivered after the next start. */
  close(): Promise<void>
}

/**
 * Opens the data, starts delivering and listens.
 * @throws `Service.PortTaken`, `Service.AlreadyRuns`, `Service.FolderNotWritable`, and what opening the database throws
 */
export async function startService(
  definition: ServiceDefinition,
  options: StartOptions,
): Promise<RunningService> {
  const closers: (() => unknown)[] = []
  const close = once(() => closeAll(closers))
  try {
    return await open(definition, options, closers, close)
  } catch (error) {
    await close()
    throw error
  }
}

async function open(
  definition: ServiceDefinition,
  options: StartOptions,
  closers: (() => unknown)[],
  close: () => Promise<void>,
): Promise<RunningService> {
  const { name } = definition
  const clock = options.clock ?? systemClock
  const host = options.host ?? '127.0.0.1'
  const onError = options.onError ?? logTo(name)
  const ownerPath = options.folder === ':memory:' ? undefined : join(options.folder, 'service.json')
  if (ownerPath !== undefined) await refuseSecond(definition.title, ownerPath)

  const db = openData(definition, options.folder)
  closers.push(() => db.close())
  const keys = createKeys(db, clock.now)
  const attempts = createAttempts(db, clock)
  closers.push(() => attempts.close())
  const outbox = createOutbox(db, clock.now)
  const subscriptions = createSubscriptions(db, clock.now)
  const context: ServiceContext = { db, now: clock.now, publish: outbox.publish, subscriptions }
  const isNew = keys.list().length === 0
  const key = ownerKey(keys, ownerPath)
  if (isNew && options.data !== 'none') db.transaction(() => definition.seed?.(context))

  const deliverer = startDelivering(definition, options, { db, clock, onError }, closers)
  const changes = changesOf({ db, attempts, context, afterCommit: deliverer.poke })
  const worker = createDueWorker({ work: definition.due, context, clock, onError, change: changes.change })
  closers.push(() => worker.close())
  const afterCommit = () => {
    deliverer.poke()
    worker.look()
  }
  const app = buildApp({
    definition,
    context,
    access: createAccess(definition, keys, context),
    attempts,
    changes: createChanges(db, clock.now, attempts),
    local: createLocalOperations({ definition, attempts, outbox, keys }),
    clock,
    throttle: createThrottle(options.throttle ?? definition.throttle ?? defaultThrottle),
    latencyMs: options.latencyMs ?? 0,
    host,
    afterCommit,
    onError,
  })
  closers.push(() => app.close())
  worker.look()

  const port = await listen(app, definition, host, options.port ?? definition.port)
  const listening = { host, ...changesOf({ db, attempts, context, afterCommit }) }
  const ports = await openListeners(definition, options.ports ?? {}, listening, closers)
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  if (ownerPath !== undefined) keepOwnerFile(ownerPath, { name, url, pid: process.pid, key, ports }, closers)
  deliverer.poke()
  return { name, url, port, ports, key, app, close }
}

function openData(definition: ServiceDefinition, folder: string): Database {
  if (folder === ':memory:') return prepareData(definition, openDatabase(folder))
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new FlowsteadError(
      serviceErrors.folder,
      `The folder "${folder}" of the service "${definition.name}" cannot be made.`,
      { hint: 'Choose a data folder that belongs to you.', cause },
    )
  }
  return prepareData(definition, openDatabase(join(folder, `${definition.name}.db`)))
}

function prepareData(definition: ServiceDefinition, db: Database): Database {
  try {
    migrateKit(db)
    migrate(db, definition.steps)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** The key of earlier starts, or a new one; keys of owners whose text is lost are revoked. */
function ownerKey(keys: Keys, ownerPath: string | undefined): string {
  const kept = ownerPath === undefined ? undefined : readOwnerFile(ownerPath)?.key
  if (kept !== undefined && keys.callerOf(kept)?.role === 'owner') return kept
  for (const { id, name, revoked_at } of keys.list()) {
    if (name === 'owner' && revoked_at === null) keys.revoke(id)
  }
  return keys.create('owner', 'owner').key
}

function startDelivering(
  definition: ServiceDefinition,
  options: StartOptions,
  parts: { readonly db: Database; readonly clock: Clock; readonly onError: (error: unknown) => void },
  closers: (() => unknown)[],
): Deliverer {
  const outbound = createOutbound()
  closers.push(() => outbound.close())
  const base: DeliveryPolicy = definition.delivery ?? standardDelivery
  const deliverer = createDeliverer({
    ...parts,
    policy: { ...base, scheduleMs: options.scheduleMs ?? base.scheduleMs },
    send: createSendEvent(outbound, parts.clock),
    random: options.random ?? Math.random,
  })
  closers.push(() => deliverer.close())
  return deliverer
}

/** What a listener besides HTTP may do to the data. */
function changesOf(parts: {
  readonly db: Database
  readonly attempts: Attempts
  readonly context: ServiceContext
  readonly afterCommit: () => void
}): Pick<ListenOptions, 'change' | 'log'> {
  const { afterCommit, attempts, context, db } = parts
  return {
    log({ replayed, status, ...request }) {
      const attempt = attempts.begin(request)
      attempts.note(attempt, status, replayed ? 'replayed' : 'performed')
      attempts.end(attempt, 'finished')
    },
    change(work) {
      const { result, forget } = db.transaction(() => ({ result: work(context), forget: attempts.write() }))
      forget()
      afterCommit()
      return result
    },
  }
}

async function openListeners(
  definition: ServiceDefinition,
  wanted: Readonly<Record<string, number>>,
  options: Omit<ListenOptions, 'port'>,
  closers: (() => unknown)[],
): Promise<Record<string, number>> {
  const ports: [string, number][] = []
  for (const [listenerName, { port, listen: open }] of Object.entries(definition.listeners ?? {})) {
    const asked = wanted[listenerName] ?? port
    const listener: Listener = await open({ ...options, port: asked }).catch((error: unknown) => {
      throw portError(error, `${definition.name} (${listenerName})`, asked)
    })
    closers.push(() => listener.close())
    ports.push([listenerName, listener.port])
  }
  return Object.fromEntries(ports)
}

async function listen(
  app: FastifyInstance,
  { name }: ServiceDefinition,
  host: string,
  port: number,
): Promise<number> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    throw portError(error, name, port)
  }
  return (app.server.address() as AddressInfo).port
}

function portError(error: unknown, name: string, port: number): unknown {
  const { code } = (error ?? {}) as { code?: string }
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error
  const why = code === 'EACCES' ? 'may not be used by you' : 'is already in use'
  return new FlowsteadError(serviceErrors.portTaken, `Port ${port} of the service "${name}" ${why}.`, {
    hint: `Stop what uses it, or give the service another port; 0 takes a free one.`,
    details: { port, service: name },
    cause: error,
  })
}

function keepOwnerFile(path: string, content: OwnerFile, closers: (() => unknown)[]): void {
  writeOwnerFile(path, content)
  closers.push(() => writeOwnerFile(path, { ...content, url: null, pid: null }))
}

function logTo(name: string): (error: unknown) => void {
  const log = pino({ name: `service-${name}` }, pino.destination(2))
  return (error) => log.error(error)
}

/** Closes in reverse order; one that fails does not keep the others open. */
async function closeAll(closers: (() => unknown)[]): Promise<void> {
  const failures: unknown[] = []
  for (const closeOne of closers.splice(0).reverse()) {
    try {
      await closeOne()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= work()
    return running
  }
}
