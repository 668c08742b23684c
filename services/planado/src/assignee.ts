/**
 * Who does a job. Invariants:
 * 1. A job or template has at most one assignee: a team or a worker, never both.
 * 2. Others may look on (`access` view); the one with access `edit` is the assignee.
 */
import type { Schema } from '@flowstead/service-kit'
import type { Database, SqlValue } from '@flowstead/sqlite'
import { invalidField } from './errors.ts'
import { list, object, reference, text, uuid } from './openapi-parts.ts'
import { findReferred, type Reference, referredId, rowById } from './references.ts'
import { referredWorker } from './workers.ts'

/** The columns of an assignee. */
export interface Assigned {
  readonly team_id: string | null
  readonly worker_id: string | null
}

const forms = ['team', 'worker', 'team_uuid', 'worker_uuid'] as const

/** An assignee as it is given: one of the forms. */
export const assigneeInput: Schema = {
  ...object(
    {
      team: reference('uuid', 'name', 'team'),
      worker: reference('uuid', 'email'),
      team_uuid: text(500, 1),
      worker_uuid: text(500, 1),
    },
    [],
  ),
  minProperties: 1,
  maxProperties: 1,
  description: `One of ${forms.join(', ')}.`,
}

const access: Schema = { type: 'string', enum: ['edit', 'view'] }

/** Assignees as they are given and shown. */
export const assigneesSchema = list(object({ uuid, access }), 50)

type GivenAssignee = Readonly<Partial<Record<(typeof forms)[number], unknown>>>

/** The columns an assignee sets. @throws 422 */
export function readAssignee(db: Database, given: GivenAssignee | null): Assigned {
  if (given === null) return { team_id: null, worker_id: null }
  const { team, team_uuid, worker, worker_uuid } = given
  if (worker !== undefined || worker_uuid !== undefined) {
    const named = (worker ?? { uuid: worker_uuid }) as Reference
    const field = worker === undefined ? 'assignee.worker_uuid' : 'assignee.worker'
    return { team_id: null, worker_id: String(referredWorker(db, named, field).id) }
  }
  const field = team === undefined ? 'assignee.team_uuid' : 'assignee.team'
  const named = (team ?? { uuid: team_uuid }) as Reference
  return { team_id: referredId(db, 'teams', named, field), worker_id: null }
}

interface Member {
  readonly uuid: string
  readonly access: 'edit' | 'view'
}

/** The columns that assignees set. @throws 422 unless exactly one has access `edit` */
export function readAssignees(
  db: Database,
  given: readonly Member[],
): Assigned & { readonly viewer_ids: string } {
  const editors = given.filter((member) => member.access === 'edit')
  if (editors.length !== 1) {
    throw invalidField('assignees', 'one_edit', '"assignees" must have exactly one member with access edit.')
  }
  const seen = new Set<string>()
  const read = given.map(({ access: granted, uuid: id }, i) => {
    const field = `assignees.${i}.uuid`
    if (seen.has(id)) throw invalidField(field, 'unique', `"${field}" stands in the list already.`)
    seen.add(id)
    const isTeam = findReferred(db, 'teams', { uuid: id }) !== undefined
    if (!isTeam) referredWorker(db, { uuid: id }, field)
    return { access: granted, id, isTeam }
  })
  const editor = read.find((member) => member.access === 'edit')
  const viewers = read.filter((member) => member.access === 'view').map(({ id }) => id)
  return {
    team_id: editor?.isTeam === true ? editor.id : null,
    worker_id: editor?.isTeam === false ? editor.id : null,
    viewer_ids: JSON.stringify(viewers),
  }
}

/** An assignee as jobs show it: `{team}` or `{worker}`, or null. */
export function showAssignee(db: Database, { team_id, worker_id }: Assigned) {
  if (team_id !== null) {
    const team = rowById(db, 'teams', team_id)
    return { team: { uuid: team_id, team: team?.name, name: team?.name } }
  }
  if (worker_id === null) return null
  return { worker: { uuid: worker_id, email: rowById(db, 'users', worker_id)?.email } }
}

/** An assignee as lists show it: `{team_uuid}` or `{worker_uuid}`, or null. */
export function showAssigneeId({ team_id, worker_id }: Assigned) {
  if (team_id !== null) return { team_uuid: team_id }
  return worker_id === null ? null : { worker_uuid: worker_id }
}

/** Everybody who has access, the assignee first. */
export function showAssignees({
  team_id,
  viewer_ids,
  worker_id,
}: Assigned & { readonly viewer_ids: string }) {
  const editor = team_id ?? worker_id
  const viewers = JSON.parse(viewer_ids) as string[]
  return [
    ...(editor === null ? [] : [{ uuid: editor, access: 'edit' }]),
    ...viewers.map((id) => ({ uuid: id, access: 'view' })),
  ]
}

/** The workers an assignee stands for. */
export function assignedWorkerIds(db: Database, { team_id, worker_id }: Assigned): readonly string[] {
  if (worker_id !== null) return [worker_id]
  const team = team_id === null ? undefined : rowById(db, 'teams', team_id as SqlValue)
  return team === undefined ? [] : (JSON.parse(String(team.worker_ids)) as string[])
}
