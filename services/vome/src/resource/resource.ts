/** Things with an id that can be listed, read, made, changed and deleted; each resource is one table of columns. */
import { randomUUID } from 'node:crypto'
import type { Answer, FieldProblem, Schema } from '@flowstead/service-kit'
import { created, insertRow, invalid, noContent, ok, updateRow } from '@flowstead/service-kit'
import type { Database, Row, SqlValue } from '@flowstead/sqlite'
import type { VomeCall, VomeContext, VomeHandler } from '../change-set.ts'
import { conflict, notFound, vomeErrors } from '../errors.ts'
import { type Column, show, store } from './column.ts'

export interface Filter {
  readonly schema: Schema
  readonly description: string
  /** A condition with one `?` for the value. */
  readonly sql: string
  /** What is bound; default the value itself. */
  readonly bind?: (value: string) => SqlValue
}

/** Rules that go beyond the columns. */
export interface ResourceRules {
  /** Refuses by throwing; may change the row before it is stored. */
  readonly onCreate?: (context: VomeContext, row: Row) => void
  /** Refuses by throwing; may change the row, which is the one that will be stored. */
  readonly onUpdate?: (context: VomeContext, row: Row, before: Row) => void
  /** Refuses by throwing; deletes what belongs to the row. */
  readonly onDelete?: (context: VomeContext, row: Row) => void
  /** After the row was added, changed or deleted: notes whose events that is, and what follows from it. */
  readonly changed?: (context: VomeContext, row: Row, how: 'created' | 'updated' | 'deleted') => void
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

/** `shift` → `Shift`, `profile_tags` → `ProfileTags`. */
export function capitalised(name: string): string {
  return name.replaceAll(/(^|_)([a-z])/g, (_, _before, letter: string) => letter.toUpperCase())
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
export function addRow(context: VomeContext, resource: Resource, values: Row): Row {
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
  resource.rules?.changed?.(context, row, 'created')
  return row
}

/** Changes a row after its rules; one that stays the same is left alone. Answers the row as it is then. */
export function changeRow(context: VomeContext, resource: Resource, before: Row, values: Row): Row {
  const row: Row = { ...before, ...values }
  resource.rules?.onUpdate?.(context, row, before)
  const changes = Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== before[name]))
  if (Object.keys(changes).length === 0) return before
  const stored = { ...changes, updated_at: context.now() }
  updateRow(context.db, resource.table, before.id ?? null, stored)
  const after = { ...row, ...stored }
  resource.rules?.changed?.(context, after, 'updated')
  return after
}

/** Deletes a row after its rules. */
function deleteRow(context: VomeContext, resource: Resource, row: Row): void {
  resource.rules?.onDelete?.(context, row)
  context.db.prepare(`DELETE FROM ${resource.table} WHERE id = ?`).run(row.id ?? null)
  resource.rules?.changed?.(context, row, 'deleted')
}

/** The members of a body as they are stored. @throws 400 for a reference to nothing */
export function storedOf({ columns }: Resource, { db }: VomeContext, body: unknown): Row {
  const members = Object.entries(body as Record<string, unknown>)
  const problems: FieldProblem[] = members.flatMap(([name, value]) => {
    const table = columns[name]?.references
    if (table === undefined) return []
    const ids = Array.isArray(value) ? value : [value]
    if (ids.every((id) => id === null || findRow(db, table, id as string) !== undefined)) return []
    return [{ field: name, rule: 'exists', message: `"${name}" must be an id of ${table}.` }]
  })
  if (problems.length > 0) throw invalid(problems)
  return Object.fromEntries(members.map(([name, value]) => [name, store(columns[name] as Column, value)]))
}

/** The id in the path. */
export function idOf(call: VomeCall): string {
  return (call.params as { id: string }).id
}

/** The five handlers of a resource. */
export function resourceHandlers(resource: Resource): Record<string, VomeHandler> {
  const name = capitalised(resource.name)
  return {
    ...readHandlers(resource),
    [`create${name}`]: (call) => {
      const row = addRow(call, resource, storedOf(resource, call, call.body))
      return created(`/api/v1/${resource.plural}/${row.id}`, showRow(resource, row))
    },
    [`update${name}`]: (call) => {
      const before = rowOf(call.db, resource, idOf(call))
      return ok(showRow(resource, changeRow(call, resource, before, storedOf(resource, call, call.body))))
    },
    [`delete${name}`]: (call) => {
      deleteRow(call, resource, rowOf(call.db, resource, idOf(call)))
      return noContent
    },
  }
}

/** Listing and reading, for resources whose changes have handlers of their own. */
export function readHandlers(resource: Resource): Record<string, VomeHandler> {
  return {
    [`list${capitalised(resource.plural)}`]: (call) => list(resource, call),
    [`get${capitalised(resource.name)}`]: (call) =>
      ok(showRow(resource, rowOf(call.db, resource, idOf(call)))),
  }
}

function list(resource: Resource, { db, query }: VomeCall): Answer {
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

/** Rows whose `column` is the given id. */
export function filterById(column: string): Filter {
  return { schema: { type: 'string' }, description: 'Only of this one.', sql: `${column} = ?` }
}

/** @throws 409 when a row of `table` names this id in `column` */
export function refuseWhenUsed({ db }: VomeContext, id: unknown, table: string, column: string): void {
  const used = db.prepare(`SELECT 1 AS used FROM ${table} WHERE ${column} = ? LIMIT 1`).get(String(id))
  if (used !== undefined) throw conflict(vomeErrors.inUse, 'id', `It still has ${table}.`)
}
