/** The lists an organization keeps: territories, skills, types of jobs, dictionaries, resolutions, teams. */
import { randomUUID } from 'node:crypto'
import {
  type Call,
  type Handler,
  insertRow,
  ok,
  type Schema,
  type ServiceContext,
  updateRow,
} from '@flowstead/service-kit'
import type { Row, SqlValue } from '@flowstead/sqlite'
import { invalidField, notFound } from './errors.ts'
import { listPage } from './list-page.ts'
import { boolean, list, object, orNull, ref, reference, text, uuid } from './openapi-parts.ts'
import { type Reference, referredId, rowById } from './references.ts'
import { workerIds } from './workers.ts'

type Members = Readonly<Record<string, unknown>>

export interface Directory {
  /** `skill`: operations are `listSkills`, `createSkill`, `updateSkill`. */
  readonly name: string
  readonly plural: string
  readonly table: string
  /** Members that can be given. */
  readonly members: Readonly<Record<string, Schema>>
  readonly required: readonly string[]
  /** One as it is shown. */
  readonly shown: Schema
  readonly show: (context: Pick<ServiceContext, 'db'>, row: Row) => unknown
  readonly columnsOf: (context: ServiceContext, given: Members) => Row
  readonly check?: (row: Row) => void
  readonly initial: Row
  /** Columns in which no two rows may agree. */
  readonly unique: readonly string[]
}

const named = {
  members: { name: text(200, 1) },
  required: ['name'],
  columnsOf: (_context: unknown, given: Members): Row => ({ ...(given as Row) }),
  show: (_context: unknown, row: Row) => ({ uuid: row.id, name: row.name }),
  initial: {},
  unique: ['name'],
} as const

const flags = ['successful', 'has_comment', 'comment_required'] as const

/** The directories that stand by themselves. */
export const directories: readonly Directory[] = [
  { ...named, name: 'territory', plural: 'territories', table: 'territories', shown: ref('Territory') },
  { ...named, name: 'skill', plural: 'skills', table: 'skills', shown: ref('Skill') },
  {
    ...named,
    name: 'dictionary',
    plural: 'dictionaries',
    table: 'dictionaries',
    shown: object({ uuid, name: text(200) }),
  },
  {
    ...named,
    name: 'job_type',
    plural: 'job_types',
    table: 'job_types',
    members: { code: text(200, 1), name: text(200, 1) },
    required: ['code', 'name'],
    shown: object({ uuid, code: text(200), name: text(200) }),
    show: (_context, row) => ({ uuid: row.id, code: row.code, name: row.name }),
    unique: ['code', 'name'],
  },
  {
    name: 'resolution',
    plural: 'resolutions',
    table: 'resolutions',
    members: { name: text(100, 1), successful: boolean, has_comment: boolean, comment_required: boolean },
    required: ['name', 'successful'],
    shown: object({
      uuid,
      name: text(100),
      successful: boolean,
      has_comment: boolean,
      comment_required: boolean,
    }),
    show: (_context, row) => ({
      uuid: row.id,
      name: row.name,
      ...Object.fromEntries(flags.map((flag) => [flag, row[flag] === 1])),
    }),
    columnsOf: (_context, given) =>
      Object.fromEntries(
        Object.entries(given).map(([member, value]) => [
          member,
          typeof value === 'boolean' ? Number(value) : (value as SqlValue),
        ]),
      ),
    check: ({ comment_required, has_comment }) => {
      if (comment_required !== 1 || has_comment === 1) return
      throw invalidField('comment_required', 'implies', '"comment_required" needs "has_comment".')
    },
    initial: { has_comment: 0, comment_required: 0 },
    unique: ['name'],
  },
  {
    name: 'team',
    plural: 'teams',
    table: 'teams',
    members: {
      name: text(200, 1),
      territory: orNull(reference('uuid', 'name')),
      workers: list(reference('uuid', 'email'), 200),
    },
    required: ['name'],
    shown: object({ uuid, name: text(200), territory: ref('Territory'), workers: list(ref('Worker')) }, [
      'uuid',
      'name',
      'workers',
    ]),
    show: ({ db }, row) => {
      const territory =
        row.territory_id === null ? undefined : rowById(db, 'territories', row.territory_id ?? null)
      const workers = (JSON.parse(String(row.worker_ids)) as string[]).map((id) => rowById(db, 'users', id))
      return {
        uuid: row.id,
        name: row.name,
        ...(territory === undefined ? {} : { territory: { uuid: territory.id, name: territory.name } }),
        workers: workers.map((worker) => ({ uuid: worker?.id, email: worker?.email })),
      }
    },
    columnsOf: ({ db }, { name, territory, workers }) => ({
      ...(name === undefined ? {} : { name: name as string }),
      ...(territory === undefined ? {} : { territory_id: territoryId(db, territory as Reference | null) }),
      ...(workers === undefined
        ? {}
        : { worker_ids: JSON.stringify(workerIds(db, workers as Reference[], 'workers')) }),
    }),
    initial: { territory_id: null, worker_ids: '[]' },
    unique: ['name'],
  },
]

/** The id of a territory that is named, or null. */
export function territoryId(db: Call['db'], given: Reference | null): string | null {
  return given === null ? null : referredId(db, 'territories', given, 'territory')
}

/** Adds a row to a directory; answers its id. @throws 422 */
export function addEntry(context: ServiceContext, directory: Directory, given: Members): string {
  const row: Row = { ...directory.initial, ...directory.columnsOf(context, given), id: randomUUID() }
  checkEntry(context, directory, row)
  insertRow(context.db, directory.table, row)
  return String(row.id)
}

function checkEntry({ db }: ServiceContext, { check, name, table, unique }: Directory, row: Row): void {
  check?.(row)
  for (const column of unique) {
    const other = db.prepare(`SELECT id FROM ${table} WHERE ${column} = ?`).get(row[column] ?? null)
    if (other === undefined || other.id === row.id) continue
    throw invalidField(column, 'unique', `Another ${name.replace('_', ' ')} has this "${column}".`)
  }
}

function handlersOf(directory: Directory): Record<string, Handler> {
  const { name, plural, show, table } = directory
  return {
    [`list${pascal(plural)}`]: (call) =>
      ok({ [plural]: listPage(call, { table, order: 'oldest first' }).map((row) => show(call, row)) }),
    [`create${pascal(name)}`]: (call) => ({
      status: 201,
      body: { [`${name}_uuid`]: addEntry(call, directory, call.body as Members) },
    }),
    [`update${pascal(name)}`]: (call) => {
      const before = rowById(call.db, table, String(call.params.id))
      if (before === undefined) throw notFound(name.replace('_', ' '), String(call.params.id))
      const changes = directory.columnsOf(call, call.body as Members)
      checkEntry(call, directory, { ...before, ...changes })
      updateRow(call.db, table, before.id ?? null, changes)
      return ok({ [`${name}_uuid`]: before.id })
    },
  }
}

/** `job_type` → `JobType`. */
export function pascal(name: string): string {
  return name
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')
}

/** Handlers by operationId. */
export const directoryHandlers: Record<string, Handler> = Object.assign({}, ...directories.map(handlersOf))
