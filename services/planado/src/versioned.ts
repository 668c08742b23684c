/** Clients and sites: made, changed and deleted alike, each change with its version and its event. */
import { randomUUID } from 'node:crypto'
import {
  type Handler,
  insertRow,
  noContent,
  ok,
  type ServiceContext,
  updateRow,
} from '@flowstead/service-kit'
import type { Row, SqlValue } from '@flowstead/sqlite'
import { type Actor, actorOf, apiActor, publishChange } from './changes.ts'
import { conflict } from './errors.ts'
import { listPage } from './list-page.ts'
import { checkExternalId, findByPath, looksLikeUuid, rowByPath } from './references.ts'

export type Members = Readonly<Record<string, unknown>>

export interface Kind {
  readonly entity: 'client' | 'site'
  readonly table: 'clients' | 'sites'
  readonly show: (context: Pick<ServiceContext, 'db'>, row: Row) => Record<string, unknown>
  /** The columns that the given members set. @throws 422 */
  readonly columnsOf: (context: ServiceContext, given: Members, actor: Actor) => Row
  /** What a row must keep to, made or changed. @throws 422 or 409 */
  readonly check: (row: Row, before: Row | undefined) => void
  /** Columns of a new row that nobody has given. */
  readonly initial: Row
  /** Where it may be referred to: it cannot be deleted while it is. */
  readonly usedBy: readonly (readonly [table: string, column: string])[]
}

/** Makes one; answers its row. @throws 422 */
export function createOf(kind: Kind, context: ServiceContext, given: Members, actor = apiActor): Row {
  checkExternalId(context.db, kind.table, given.external_id as string | null | undefined)
  const at = context.now()
  const row: Row = {
    ...kind.initial,
    ...kind.columnsOf(context, given, actor),
    id: randomUUID(),
    version: 1,
    created_at: at,
    updated_at: at,
  }
  kind.check(row, undefined)
  insertRow(context.db, kind.table, row)
  const { entity } = kind
  publishChange(context, { entity, type: `${entity}_created`, snapshot: kind.show(context, row), actor })
  return row
}

/** Changes one; nothing happens when everything stays as it is. @throws 409, 422 */
export function updateOf(kind: Kind, context: ServiceContext, before: Row, given: Members, actor = apiActor) {
  checkExternalId(context.db, kind.table, given.external_id as string | null | undefined, String(before.id))
  const columns = kind.columnsOf(context, given, actor)
  kind.check({ ...before, ...columns }, before)
  if (Object.entries(columns).every(([name, value]) => before[name] === value)) return
  const changes = { ...columns, version: Number(before.version) + 1, updated_at: context.now() }
  const previous = kind.show(context, before)
  updateRow(context.db, kind.table, before.id as SqlValue, changes)
  const { entity } = kind
  const snapshot = kind.show(context, { ...before, ...changes })
  publishChange(context, { entity, type: `${entity}_updated`, snapshot, previous, actor })
}

function deleteOf(kind: Kind, context: ServiceContext, row: Row, actor: Actor): void {
  for (const [table, column] of kind.usedBy) {
    const user = context.db.prepare(`SELECT 1 FROM ${table} WHERE ${column} = ? LIMIT 1`).get(row.id ?? null)
    if (user !== undefined)
      throw conflict('id', 'in_use', `One of the ${table} refers to this ${kind.entity}.`)
  }
  const { entity } = kind
  const snapshot = { ...kind.show(context, row), version: Number(row.version) + 1 }
  context.db.prepare(`DELETE FROM ${kind.table} WHERE id = ?`).run(row.id ?? null)
  publishChange(context, { entity, type: `${entity}_deleted`, snapshot, actor })
}

/** The five handlers of a kind. */
export function versionedHandlers(kind: Kind): Record<string, Handler> {
  const { entity, table } = kind
  const name = `${entity.charAt(0).toUpperCase()}${entity.slice(1)}`
  const idOf = (call: Parameters<Handler>[0]) => String(call.params.id)
  const rowOf = (call: Parameters<Handler>[0]) => rowByPath<Row>(call.db, table, idOf(call))
  const madeOrChanged = (id: unknown) => ({ [`${entity}_uuid`]: id })
  return {
    [`list${name}s`]: (call) =>
      ok({ [table]: listPage(call, { table, order: 'newest first' }).map((row) => kind.show(call, row)) }),
    [`get${name}`]: (call) => ok({ [entity]: kind.show(call, rowOf(call)) }),
    [`create${name}`]: (call) => {
      const { id } = createOf(kind, call, call.body as Members, actorOf(call))
      return { status: 201, headers: { location: `/v2/${table}/${id}` }, body: madeOrChanged(id) }
    },
    [`update${name}`]: (call) => {
      const known = findByPath<Row>(call.db, table, idOf(call))
      const given = call.body as Members
      if (known === undefined && !looksLikeUuid(idOf(call))) {
        return ok(
          madeOrChanged(createOf(kind, call, { external_id: idOf(call), ...given }, actorOf(call)).id),
        )
      }
      const row = rowOf(call)
      updateOf(kind, call, row, given, actorOf(call))
      return ok(madeOrChanged(row.id))
    },
    [`delete${name}`]: (call) => {
      deleteOf(kind, call, rowOf(call), actorOf(call))
      return noContent
    },
  }
}
