/** Users, with their rights. */
import { randomUUID } from 'node:crypto'
import {
  type Call,
  type Handler,
  insertRow,
  isoTime,
  ok,
  type ServiceContext,
  updateRow,
} from '@flowstead/service-kit'
import type { Row, SqlValue } from '@flowstead/sqlite'
import { territoryId } from './directories.ts'
import { conflict, invalidField, notFound, unprocessable } from './errors.ts'
import { listPage } from './list-page.ts'
import { list, object, orNull, ref, reference, text, time, uuid } from './openapi-parts.ts'
import { hashPassword } from './passwords.ts'
import { type Reference, referredIds, rowById } from './references.ts'
import { grantedRights, type Permissions, permissionsOf, rightsProblems } from './rights.ts'
import { rightsOf } from './workers.ts'

/** Members a user can be given. */
export const userMembers = {
  first_name: text(200, 1),
  last_name: text(200, 1),
  email: { type: 'string', format: 'email', maxLength: 200 },
  password: text(128, 8),
  mobile_phone: orNull(text(50)),
  territory: orNull(reference('uuid', 'name')),
  skills: list(reference('uuid', 'name'), 200),
  permissions: ref('Permissions'),
}

/** A user as it is shown; every right is there. */
export const userSchema = object({
  uuid,
  first_name: text(200),
  last_name: text(200),
  email: text(200),
  mobile_phone: orNull(text(50)),
  territory: orNull(ref('Territory')),
  skills: list(ref('Skill')),
  permissions: ref('Permissions'),
  created_at: time,
  updated_at: time,
})

type Members = Readonly<Record<string, unknown>>

function columnsOf({ db }: ServiceContext, given: Members): Row {
  const { password, permissions, skills, territory, ...plain } = given
  const columns: Row = { ...(plain as Row) }
  if (territory !== undefined) columns.territory_id = territoryId(db, territory as Reference | null)
  if (skills !== undefined) {
    columns.skill_ids = JSON.stringify(referredIds(db, 'skills', skills as Reference[], 'skills'))
  }
  if (permissions !== undefined) columns.permissions = readPermissions(permissions as Permissions)
  if (password !== undefined) columns.password = hashPassword(password as string)
  return columns
}

function readPermissions(given: Permissions): string {
  const problems = rightsProblems(given, 'permissions')
  if (problems.length > 0) throw unprocessable(problems)
  return JSON.stringify(permissionsOf(grantedRights(given)))
}

/** Adds a user; answers the id. @param columns set besides what is given @throws 422 */
export function addUser(context: ServiceContext, given: Members, columns: Row = {}): string {
  const at = context.now()
  const row: Row = {
    mobile_phone: null,
    territory_id: null,
    skill_ids: '[]',
    permissions: JSON.stringify(permissionsOf(new Set())),
    ...columnsOf(context, given),
    ...columns,
    id: randomUUID(),
    created_at: at,
    updated_at: at,
  }
  checkEmail(context, row)
  insertRow(context.db, 'users', row)
  return String(row.id)
}

function checkEmail({ db }: ServiceContext, row: Row): void {
  const other = db.prepare('SELECT id FROM users WHERE email = ?').get(row.email ?? null)
  if (other === undefined || other.id === row.id) return
  throw invalidField('email', 'unique', 'Another user has this "email".')
}

function updateUser(context: ServiceContext, before: Row, given: Members): void {
  const changes = { ...columnsOf(context, given), updated_at: context.now() }
  const row: Row = { ...before, ...changes }
  checkEmail(context, row)
  if (!rightsOf(row).has('mobile.jobs.complete') && hasOpenJobs(context, String(before.id))) {
    const message = 'This user is the assignee of unfinished jobs and must stay a worker.'
    throw conflict('permissions.mobile.jobs.complete', 'in_use', message)
  }
  updateRow(context.db, 'users', before.id as SqlValue, changes)
}

function hasOpenJobs({ db }: ServiceContext, id: string): boolean {
  const open = `SELECT 1 FROM jobs WHERE worker_id = ? AND status NOT IN ('finished', 'canceled') LIMIT 1`
  return db.prepare(open).get(id) !== undefined
}

/** A user's row as it is shown. */
export function showUser({ db }: Pick<ServiceContext, 'db'>, row: Row): Record<string, unknown> {
  const territory =
    row.territory_id === null ? undefined : rowById(db, 'territories', row.territory_id ?? null)
  const skills = (JSON.parse(String(row.skill_ids)) as string[]).map((id) => rowById(db, 'skills', id))
  return {
    uuid: row.id,
    first_name: row.first_name,
    last_name: row.last_name,
    email: row.email,
    mobile_phone: row.mobile_phone,
    territory: territory === undefined ? null : { uuid: territory.id, name: territory.name },
    skills: skills.map((skill) => ({ uuid: skill?.id, name: skill?.name })),
    permissions: JSON.parse(String(row.permissions)) as unknown,
    created_at: isoTime(Number(row.created_at)),
    updated_at: isoTime(Number(row.updated_at)),
  }
}

/** The user in the path. @throws 404 */
export function userOf({ db, params }: Call): Row {
  const id = String(params.id)
  const row = rowById(db, 'users', id)
  if (row === undefined) throw notFound('user', id)
  return row
}

/** Handlers by operationId. */
export const userHandlers: Record<string, Handler> = {
  listUsers: (call) =>
    ok({
      users: listPage(call, { table: 'users', order: 'oldest first' }).map((row) => showUser(call, row)),
    }),
  getUser: (call) => ok({ user: showUser(call, userOf(call)) }),
  createUser: (call) => ({ status: 201, body: { user_uuid: addUser(call, call.body as Members) } }),
  updateUser: (call) => {
    const before = userOf(call)
    updateUser(call, before, call.body as Members)
    return ok({ user_uuid: before.id })
  },
}
