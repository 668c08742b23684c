/** The service without HTTP: requests are checked and performed as the kit does it, events are kept. */
import {
  createValidation,
  operationsOf,
  type Problem,
  problemOf,
  type ServiceContext,
  type ServiceEvent,
  unstorableTexts,
} from '@flowstead/service-kit'
import { type Database, migrate, openDatabase } from '@flowstead/sqlite'
import { due } from './due-work.ts'
import { handlers } from './handlers.ts'
import { openapi, seed } from './index.ts'
import { steps } from './schema.ts'

export interface Done<T = Record<string, unknown>> {
  readonly status: number
  readonly body: T
  readonly headers: Readonly<Record<string, string>>
}

export interface Parts {
  readonly id?: string
  readonly step_id?: string
  readonly body?: unknown
  readonly query?: Readonly<Record<string, unknown>>
}

export interface TestVome {
  readonly db: Database
  /** Everything published so far, oldest first. */
  readonly events: ServiceEvent[]
  now(): number
  /** Moves time on and does what became due. */
  advance(ms: number): void
  /** Performs one operation; a refusal is an answer too. */
  call<T = Record<string, unknown>>(operationId: string, parts?: Parts): Done<T>
  /** The same by method and path, with its query. */
  send<T = Record<string, unknown>>(method: string, url: string, body?: unknown): Done<T>
  /** The body of an answer that must be a success. */
  must<T = Record<string, unknown> & { id: string }>(operationId: string, parts?: Parts): T
  /** Adds what is missing of the sample data. */
  seed(): void
  /** Every row of every table. */
  dump(): string
  /** The events that the work publishes, by name. */
  eventsOf(work: () => unknown): string[]
}

const validatorOf = createValidation(openapi)
const operations = operationsOf(openapi)
const validators = new Map(operations.map(({ operation }) => [operation.operationId, validatorOf(operation)]))
const routes = operations.map(({ method, operation, path }) => ({
  method: method.toUpperCase(),
  operationId: operation.operationId,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}))

/** Monday 4 May 2026, 8:00 UTC. */
export const startOfTests = Date.UTC(2026, 4, 4, 8)

/** Opens one in memory; `sample` adds the sample data. */
export function openVome(data: 'none' | 'sample' = 'none'): TestVome {
  const db = openDatabase(':memory:')
  migrate(db, steps)
  const events: ServiceEvent[] = []
  let now = startOfTests
  const context: ServiceContext = {
    db,
    now: () => now,
    publish: (event) => {
      events.push(event)
      return { id: `msg_${events.length}`, deliveries: 0 }
    },
    subscriptions: {
      add: () => ({ id: 'none', secret: 'none' }),
      remove: () => false,
      list: () => [],
    },
  }
  if (data === 'sample') db.transaction(() => seed(context))
  else db.exec("UPDATE organization SET name = 'Testers', timezone = 'Europe/Prague'")

  const perform = (work: () => Done<unknown>): Done<unknown> => {
    const known = events.length
    try {
      return db.transaction(work)
    } catch (error) {
      events.length = known
      const problem = problemOf(error)
      if (problem === undefined) throw error
      return { status: problem.status, body: problem satisfies Problem, headers: {} }
    }
  }
  const workDue = () => {
    for (let at = due.nextAt(context); at !== null && at <= now; at = due.nextAt(context)) {
      db.transaction(() => due.perform(context))
    }
  }
  const vome: TestVome = {
    db,
    events,
    now: () => now,
    advance(ms) {
      const until = now + ms
      for (let at = due.nextAt(context); at !== null && at <= until; at = due.nextAt(context)) {
        now = Math.max(now, at)
        workDue()
      }
      now = until
    },
    call<T>(operationId: string, { body, query = {}, ...params }: Parts = {}) {
      const validator = validators.get(operationId)
      const handler = handlers[operationId]
      if (validator === undefined || handler === undefined) throw new Error(`No operation ${operationId}.`)
      const call = { params: { ...params }, query: { ...query }, body }
      const problems = [...unstorableTexts(params, query, body), ...validator.request(call)]
      if (problems.length > 0) {
        return {
          status: 400,
          body: { code: 'Service.Invalid', message: '', fields: problems } as T,
          headers: {},
        }
      }
      const answer = perform(() => {
        const { body: answered, headers = {}, status } = handler({ ...context, ...call })
        return { status, body: answered, headers }
      })
      workDue()
      const wrong = validator.answer(answer.status, bodyOf(answer))
      if (wrong.length > 0) throw new Error(`${operationId}: ${wrong.join(' ')}`)
      return answer as Done<T>
    },
    send<T>(method: string, url: string, body?: unknown) {
      const { pathname, searchParams } = new URL(url, 'http://localhost')
      const route = routes.find((one) => one.method === method && one.pattern.test(pathname))
      if (route === undefined) throw new Error(`No operation ${method} ${pathname}.`)
      const params = { ...route.pattern.exec(pathname)?.groups }
      const sent = body === undefined ? undefined : (JSON.parse(JSON.stringify(body)) as unknown)
      return vome.call<T>(route.operationId, {
        ...params,
        body: sent,
        query: Object.fromEntries(searchParams),
      })
    },
    must<T>(operationId: string, parts?: Parts) {
      const { body, status } = vome.call(operationId, parts)
      if (status >= 300) throw new Error(`${operationId}: ${status} ${JSON.stringify(body)}`)
      return body as T
    },
    seed: () => db.transaction(() => seed(context)),
    dump() {
      const tables = db.prepare<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").all()
      return JSON.stringify(tables.map(({ name }) => db.prepare(`SELECT * FROM ${name}`).all()))
    },
    eventsOf(work) {
      const known = events.length
      work()
      return events.slice(known).map(({ event }) => event)
    },
  }
  return vome
}

function bodyOf({ body, status }: Done<unknown>): unknown {
  if (status < 400) return body
  const { code, fields, message } = body as Problem
  return { code, message, fields }
}

export interface World {
  readonly category_id: string
  readonly opportunity_id: string
  /** Starts 72 h from now and lasts 3 h. */
  readonly shift_id: string
  readonly start: number
  readonly end: number
  readonly profileIds: readonly string[]
  readonly profile_id: string
}

export const hourMs = 3_600_000
export const iso = (ms: number): string => new Date(ms).toISOString()

/** One opportunity with one shift, and people approved for it. */
export function makeWorld(
  vome: TestVome,
  options: { spots?: number; people?: number; opportunity?: Record<string, unknown> } = {},
): World {
  const category_id = vome.must('createCategory', { body: { title: 'Food' } }).id
  const opportunity_id = vome.must('createOpportunity', {
    body: { category_id, title: 'Kitchen', ...options.opportunity },
  }).id
  const start = vome.now() + 72 * hourMs
  const end = start + 3 * hourMs
  const shift = {
    opportunity_id,
    shift_start_at: iso(start),
    shift_end_at: iso(end),
    spots: options.spots ?? 3,
  }
  const shift_id = vome.must('createShift', { body: shift }).id
  const profileIds = Array.from({ length: options.people ?? 1 }, (_, n) => {
    const body = { first_name: 'Jana', last_name: `Nová ${n}`, email: `jana${n}@example.org` }
    const profile_id = vome.must('createProfile', { body }).id
    vome.must('createApproval', { body: { profile_id, opportunity_id } })
    return profile_id
  })
  return { category_id, opportunity_id, shift_id, start, end, profileIds, profile_id: profileIds[0] ?? '' }
}
