/** What a service says about itself; `startService` makes a running application of it. */
import { FlowsteadError } from '@flowstead/errors'
import type { Database } from '@flowstead/sqlite'
import type { Answer } from './answer.ts'
import type { DeliveryPolicy } from './delivery-policy.ts'
import { serviceErrors } from './errors.ts'
import { type OpenApi, operationsOf } from './openapi.ts'
import type { Outbox, ServiceEvent } from './outbox.ts'
import type { Problem } from './problem.ts'
import type { Subscriptions } from './subscriptions.ts'
import type { Throttle } from './throttle.ts'

/** What the code of a service works with. */
export interface ServiceContext {
  readonly db: Database
  /** ms since the epoch. */
  now(): number
  readonly publish: Outbox['publish']
  readonly subscriptions: Subscriptions
}

/** One request, already authorised; with `validation: 'openapi'` also already checked. */
export interface Call extends ServiceContext {
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The user whose token came with the request; `undefined` for a key. */
  readonly userId?: string | undefined
}

/**
 * Answers one operation, synchronously and inside one transaction; throws `refused(…)` to refuse, which
 * undoes everything.
 */
export type Handler = (call: Call) => Answer

/** A request for a page, or the form of one; `body` is then a record of texts. */
export interface PageCall extends Call {
  /** Where the client reached the service: `http://127.0.0.1:7281`. */
  readonly origin: string
}

/** A page for people, at a path of the service. */
export interface Page {
  readonly path: string
  /**
   * HTML that may load nothing; an `Answer` for another status, other headers or a file, with the headers of a
   * page where it names none.
   * @param problem why the form just sent was refused
   */
  readonly render: (call: PageCall, problem?: Problem) => string | Answer
  /**
   * Performs the form of the page (POST to its path) in one transaction; answers the path to show next.
   * What it refuses with `refused(…)` is undone, and the page is shown again with the problem.
   */
  readonly submit?: (call: PageCall) => string
}

/** What a service does by the clock rather than on request. */
export interface DueWork {
  /** When something falls due next, ms since the epoch; null when nothing waits. */
  readonly nextAt: (context: ServiceContext) => number | null
  /** Does the earliest of what is due, in one transaction; called again while `nextAt` is not later than now. */
  readonly perform: (context: ServiceContext) => void
}

/** Something besides HTTP that a service listens with, such as SMTP. */
export interface Listener {
  readonly port: number
  close(): Promise<void>
}

export interface ListenOptions {
  readonly host: string
  readonly port: number
  /** Runs `work` in a transaction together with its attempt log, then delivers what it published. */
  readonly change: <T>(work: (context: ServiceContext) => T) => T
  /** Logs an attempt that did not come over HTTP. */
  readonly log: (attempt: {
    readonly method: string
    readonly path: string
    readonly key: string | null
    readonly status: number
    readonly replayed: boolean
  }) => void
}

export interface ServiceDefinition {
  /** Lower case; also the name of its folder and database file. */
  readonly name: string
  readonly title: string
  /** Default HTTP port. */
  readonly port: number
  readonly openapi: OpenApi
  /** Where a client puts its API key. */
  readonly auth: {
    readonly in: 'header' | 'query'
    readonly name: string
    /** The key follows this word in the header. */
    readonly scheme?: 'Bearer'
    /** Query parameter that older clients put their key in. */
    readonly orQuery?: string
  }
  /** Longest body of a request, bytes; default 1 MB. */
  readonly bodyLimitBytes?: number
  /** The id of the user who holds this token, for operations and pages that users may call. */
  readonly userOfToken?: (token: string, context: ServiceContext) => string | undefined
  /** SQL steps of the service's own tables; only ever added at the end. */
  readonly steps: readonly string[]
  /** By operationId; there is exactly one for each operation of `openapi`. */
  readonly handlers: Readonly<Record<string, Handler>>
  /** The service's error form. */
  readonly problemBody: (problem: Problem) => unknown
  /** `openapi` (default): requests are checked against the document; `own`: by the handlers. */
  readonly validation?: 'openapi' | 'own'
  /** Status for a body that is not JSON; default 400. */
  readonly unreadableStatus?: 400 | 422
  /** Default 100 calls in 60 s. */
  readonly throttle?: Throttle
  /** Default `standardDelivery`. */
  readonly delivery?: DeliveryPolicy
  /** Makes the sample that `POST /local/emit` sends; `undefined` for an event this service does not have. */
  readonly sampleEvent?: (event: string, context: ServiceContext) => ServiceEvent | undefined
  /** Adds the sample data that is missing; runs at the first start and with `POST /local/seed`. */
  readonly seed?: (context: ServiceContext) => void
  readonly pages?: readonly Page[]
  /** Asked at the start, after every commit, and at the instant it names. */
  readonly due?: DueWork
  /** Further listeners, by name, with their default ports. */
  readonly listeners?: Readonly<
    Record<string, { readonly port: number; readonly listen: (options: ListenOptions) => Promise<Listener> }>
  >
}

/**
 * Checks that document and handlers fit.
 * @throws `Service.BadDefinition`
 */
export function defineService(definition: ServiceDefinition): ServiceDefinition {
  const documented = new Set(operationsOf(definition.openapi).map(({ operation }) => operation.operationId))
  const handled = new Set(Object.keys(definition.handlers))
  const odd = [
    ...[...documented].filter((id) => !handled.has(id)),
    ...[...handled].filter((id) => !documented.has(id)),
  ]
  if (odd.length === 0) return definition
  throw new FlowsteadError(
    serviceErrors.definition,
    `Service "${definition.name}": ${odd.join(', ')} must stand both in the OpenAPI document and among the handlers.`,
  )
}
