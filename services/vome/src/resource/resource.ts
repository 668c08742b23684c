/** Things with an id that can be listed, read, made, changed and deleted; each resource is one table of columns. */
import { randomUUID } from 'node:crypto'
import type { Answer, Call, FieldProblem, Handler, Schema, ServiceContext } from '@flowstead/service-kit'
import { created, insertRow, invalid, noContent, ok, updateRow } from '@flowstead/service-kit'
import type { Database, Row, SqlValue } from '@flowstead/sqlite'
import { notFound } from '../errors.ts'
import { type Column, show, store } from './column.ts'

export interface Filter {
  readonly schema: Schema
  readonly description: string
  /** A condition with one `?` for the value. */
  readonly sql: string
  /** What is bound; default the value itself. */
  readonly bind?: (value: string) => SqlValue
}

/** Rules that go beyond the columns; each refuses by throwing. */
export interface ResourceRules {
  readonly onCreate?: (context: ServiceContext, row: Row) => void
  /** @param row as it will be stored */
  readonly onUpdate?: (context: ServiceContext, row: Row, before: Row) => void
  readonly onDelete?: (context: ServiceContext, row: Row) => void
}

export interface Resource {
  /** `shift`: operations are `listShifts`, `getShift`, `createShift`, `updateShift`, `deleteShift`. */
  readonly name: string
  readonly plural: string
  readonly table: string
  readonly description: string
  readonly columns: Readonly<Record<string, Column>>
  readonly filters: Readonly<Record<string, Filter>>
  readonly rules?: ResourceRules
}

/** `shift` → `Shift`. */
export function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** A stored row as an answer shows it: `id` first, then the columns in order. */
export function showRow({ columns }: Resource, row: Row): Record<string, unknown> {
  const members = Object.entries(columns).map(([name, column]) => [name, show(column, row[name] ?? null)])
  return { id: row.id, ...Object.fromEntries(members) }
}

/** The row of this id; `undefined` when there is none. */
export function findRow(db: Database, table: string, id: string): Row | undefined {
  return db.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(id)
}

/** @throws 404 */
export function rowOf(db: Database, resource: Resource, id: string): Row {
  const row = findRow(db, resource.table, id)
  if (row === undefined) throw notFound(resource.name, id)
  return row
}

/** Adds a row: the given columns, the others as they start. */
export function addRow(context: ServiceContext, resource: Resource, values: Row): Row {
  const now = context.now()
  const initial = Object.entries(resource.columns).map(([name, { initial }]) => [name, initial])
  const row: Row = {
    ...Object.fromEntries(initial),
    created_at: now,
    updated_at: now,
    ...values,
    id: values.id ?? randomUUID(),
  }
  resource.rules?.onCreate?.(context, row)
  insertRow(context.db, resource.table, row)
  return row
}

/** Deletes a row after its rules. */
export function deleteRow(context: ServiceContext, resource: Resource, row: Row): void {
  resource.rules?.onDelete?.(context, row)
  context.db.prepare(`DELETE FROM ${resource.table} WHERE id = ?`).run(row.id ?? null)
}

/** The members of a body as they are stored. @throws 400 for a reference to nothing */
export function storedOf({ columns }: Resource, { body, db }: Call): Row {
  const members = Object.entries(body as Record<string, unknown>)
  const problems: FieldProblem[] = members.flatMap(([name, value]) => {
    const table = columns[name]?.references
    if (table === undefined || value === null || findRow(db, table, value as string) !== undefined) return []
    return [{ field: name, rule: 'exists', message: `"${name}" must be an id of ${table}.` }]
  })
  if (problems.length > 0) throw invalid(problems)
  return Object.fromEntries(members.map(([name, value]) => [name, store(columns[name] as Column, value)]))
}

/** The id in the path. */
export function idOf(call: Call): string {
  return (call.params as { id: string }).id
}

/** The five handlers of a resource. */
export function resourceHandlers(resource: Resource): Record<string, Handler> {
  const name = capitalised(resource.name)
  return {
    ...readHandlers(resource),
    [`create${name}`]: (call) => {
      const row = addRow(call, resource, storedOf(resource, call))
      return created(`/api/v1/${resource.plural}/${row.id}`, showRow(resource, row))
    },
    [`update${name}`]: (call) => {
      const before = rowOf(call.db, resource, idOf(call))
      const changes = { ...storedOf(resource, call), updated_at: call.now() }
      const row = { ...before, ...changes }
      resource.rules?.onUpdate?.(call, row, before)
      updateRow(call.db, resource.table, idOf(call), changes)
      return ok(showRow(resource, row))
    },
    [`delete${name}`]: (call) => {
      deleteRow(call, resource, rowOf(call.db, resource, idOf(call)))
      return noContent
    },
  }
}

/** Listing and reading, for resources whose changes have handlers of their own. */
export function readHandlers(resource: Resource): Record<string, Handler> {
  return {
    [`list${capitalised(resource.plural)}`]: (call) => list(resource, call),
    [`get${capitalised(resource.name)}`]: (call) =>
      ok(showRow(resource, rowOf(call.db, resource, idOf(call)))),
  }
}

function list(resource: Resource, { db, query }: Call): Answer {
  const { after, limit, ...given } = query as { after?: string; limit: number } & Record<string, string>
  const filters = Object.entries(given).flatMap(([name, value]) => {
    const filter = Object.hasOwn(resource.filters, name) ? resource.filters[name] : undefined
    return filter === undefined ? [] : [{ sql: filter.sql, value: filter.bind?.(value) ?? value }]
  })
  const start = after === undefined ? undefined : findRow(db, resource.table, after)
  if (after !== undefined && start === undefined) {
    throw invalid([
      { field: 'after', rule: 'exists', message: `"after" must be an id of ${resource.table}.` },
    ])
  }
  const conditions = ['seq > ?', ...filters.map(({ sql }) => `(${sql})`)].join(' AND ')
  const rows = db
    .prepare(`SELECT * FROM ${resource.table} WHERE ${conditions} ORDER BY seq LIMIT ?`)
    .all(start?.seq ?? 0, ...filters.map(({ value }) => value), limit + 1)
  const shown = rows.slice(0, limit)
  return ok({
    data: shown.map((row) => showRow(resource, row)),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  })
}
