/** A small field-service company in four languages: what is missing of it is added, nothing is changed. */
import type { ServiceContext } from '@flowstead/service-kit'
import type { Database } from '@flowstead/sqlite'
import { type Actor, apiActor } from './changes.ts'
import { clientKind } from './clients.ts'
import { addValue } from './dictionary-values.ts'
import { addEntry, type Directory, directories } from './directories.ts'
import type { Job } from './job.ts'
import { hashPassword } from './passwords.ts'
import type { Permissions } from './rights.ts'
import {
  sampleClients,
  sampleDirectories,
  sampleJobs,
  sampleSites,
  sampleTemplates,
  sampleUsers,
  sampleValues,
} from './samples.ts'
import { siteKind } from './sites.ts'
import { addTemplate } from './templates.ts'
import { moveJob } from './transitions.ts'
import { addUser } from './users.ts'
import { createOf, type Kind, type Members } from './versioned.ts'
import { createJob } from './write-job.ts'

const dayMs = 86_400_000
const actor: Actor = { ...apiActor, notifies: false }

/** Adds the sample data that is missing; jobs are planned around the present day. */
export function seed(context: ServiceContext): void {
  for (const [table, rows] of sampleDirectories) {
    if (table !== 'teams') addMissing(context, table, rows)
  }
  for (const [dictionary, names] of sampleValues) addMissingValues(context, dictionary, names)
  addMissingUsers(context)
  for (const [table, rows] of sampleDirectories) {
    if (table === 'teams') addMissing(context, table, rows)
  }
  for (const template of sampleTemplates) {
    if (!has(context.db, 'templates', 'name', template.name)) {
      addTemplate(context, template as unknown as Parameters<typeof addTemplate>[1])
    }
  }
  addMissingVersioned(context, clientKind, sampleClients)
  addMissingVersioned(context, siteKind, sampleSites)
  addMissingJobs(context)
}

function has(db: Database, table: string, column: string, value: unknown): boolean {
  return db.prepare(`SELECT 1 FROM ${table} WHERE ${column} = ?`).get(value as string) !== undefined
}

function addMissing(context: ServiceContext, table: string, rows: readonly Members[]): void {
  const directory = directories.find((one) => one.table === table) as Directory
  for (const row of rows) {
    if (!has(context.db, table, 'name', row.name)) addEntry(context, directory, row)
  }
}

function addMissingValues(context: ServiceContext, dictionary: string, names: readonly string[]): void {
  const row = context.db.prepare('SELECT id FROM dictionaries WHERE name = ?').get(dictionary)
  const id = String(row?.id)
  const known = context.db.prepare('SELECT name FROM dictionary_values WHERE dictionary_id = ?').all(id)
  for (const name of names) {
    if (!known.some((value) => value.name === name)) addValue(context, id, name)
  }
}

/** The password of every sample user. */
export const samplePassword = 'flowstead'

function addMissingUsers(context: ServiceContext): void {
  const missing = sampleUsers.filter(({ email }) => !has(context.db, 'users', 'email', email))
  if (missing.length === 0) return
  // Hashing is slow on purpose; what everybody may know needs it once.
  const password = hashPassword(samplePassword)
  for (const { granted, ...user } of missing) {
    addUser(context, { ...user, permissions: granted as Permissions }, { password })
  }
}

function addMissingVersioned(context: ServiceContext, kind: Kind, rows: readonly Members[]): void {
  for (const row of rows) {
    if (!has(context.db, kind.table, 'external_id', row.external_id)) createOf(kind, context, row, actor)
  }
}

function addMissingJobs(context: ServiceContext): void {
  const today = Math.floor(context.now() / dayMs) * dayMs
  for (const { day, hour, moves, ...given } of sampleJobs) {
    if (has(context.db, 'jobs', 'external_id', given.external_id)) continue
    const at =
      day === undefined
        ? {}
        : { scheduled_at: new Date(today + day * dayMs + hour * 3_600_000).toISOString() }
    let job: Job = createJob(context, { ...given, ...at }, actor)
    for (const move of moves) job = moveJob(context, job, move, actor)
  }
}
