/** What records refer to: entries of choice lists, departments, users. HotProfile itself has no operations for it. */
import { type Call, insertRow, invalid, ok } from '@flowstead/service-kit'
import type { Database } from '@flowstead/sqlite'
import { type Arguments, readArguments } from './arguments.ts'
import { field } from './record-type.ts'
import { choice, idOf, text, word } from './rules.ts'

/** Lists that a tenant may extend; prefectures and statuses are given. */
const openLists = [
  ...['tag', 'interest_product', 'role', 'lead_source_kbn'],
  ...['business_category_kbn', 'worker_number_kbn', 'capital_kbn', 'ipo_kbn'],
]

interface Entry {
  readonly fields: Arguments
  readonly required: readonly string[]
}

export const directoryArguments = {
  choices: {
    fields: { list: field('Choice list', word(...openLists)), name: field('Name', text(255)) },
    required: ['list', 'name'],
  },
  departments: {
    fields: { name: field('Name', text(255)), parent_id: field('Department above it', idOf('departments')) },
    required: ['name'],
  },
  users: {
    fields: {
      user_code: field('Code, such as U0005', text(100)),
      user_name: field('Name', text(255)),
      role_id: field('Authority group', choice('role')),
    },
    required: ['user_code', 'user_name', 'role_id'],
  },
} satisfies Readonly<Record<string, Entry>>

function readEntry({ db, query }: Call, { fields, required }: Entry) {
  return readArguments(fields, { db, query, required })
}

/** Adds an entry to a choice list. */
export function createChoice(call: Call) {
  const { list = '', name = '' } = readEntry(call, directoryArguments.choices)
  const last = call.db.prepare<{ id: number | null }>('SELECT max(id) AS id FROM choices WHERE list = ?')
  const id = (last.get(list)?.id ?? 0) + 1
  call.db.prepare('INSERT INTO choices (list, id, name) VALUES (?, ?, ?)').run(list, id, name)
  return ok({ id })
}

/** Adds a department below another one, or at the top. */
export function createDepartment(call: Call) {
  const { name = '', parent_id: parent = null } = readEntry(call, directoryArguments.departments)
  const above = call.db.prepare<{ ancestry: string }>('SELECT ancestry FROM departments WHERE id = ?')
  const ancestry = [...(JSON.parse(above.get(parent)?.ancestry ?? '[]') as string[]), String(name)]
  const row = { name, ancestry: JSON.stringify(ancestry), ancestry_all_name: ancestry.join(' ') }
  return ok({ id: insertRow(call.db, 'departments', row) })
}

/** Adds a user; a code belongs to one user only. */
export function createUser(call: Call) {
  const user = readEntry(call, directoryArguments.users)
  if (isTaken(call.db, String(user.user_code))) {
    const message = '"user_code" is the code of another user.'
    throw invalid([{ field: 'user_code', rule: 'unique', message }])
  }
  return ok({ id: insertRow(call.db, 'users', user) })
}

function isTaken(db: Database, code: string): boolean {
  return db.prepare('SELECT 1 FROM users WHERE user_code = ?').get(code) !== undefined
}
