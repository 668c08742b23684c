/** What the tenant has chosen, and the ids that fields refer to. */
import { type Call, ok } from '@flowstead/service-kit'
import type { Database } from '@flowstead/sqlite'
import { readArguments } from './arguments.ts'
import { field } from './record-type.ts'
import { flag } from './rules.ts'

export const settingsArguments = {
  second_language: field('Whether searches in second-language fields count; ignored when off', flag),
}

/** Settings, choice lists, departments and users. */
export function getSettings({ db }: Call) {
  return ok(readSettings(db))
}

/** Changes the settings that are given. */
export function updateSettings({ db, query }: Call) {
  const { second_language: secondLanguage } = readArguments(settingsArguments, { db, query })
  if (secondLanguage !== undefined) {
    db.prepare('UPDATE tenant SET second_language = ?').run(secondLanguage)
  }
  return ok(readSettings(db))
}

interface Choice {
  readonly list: string
  readonly id: number
  readonly name: string
}

function readSettings(db: Database) {
  const tenant = db.prepare<{ second_language: number }>('SELECT second_language FROM tenant').get()
  const choices = db.prepare<Choice>('SELECT list, id, name FROM choices ORDER BY list, id').all()
  const lists = [...new Set(choices.map(({ list }) => list))]
  const entries = (wanted: string) =>
    choices.filter(({ list }) => list === wanted).map(({ id, name }) => ({ id, name }))
  return {
    second_language: tenant?.second_language === 1,
    choice_lists: Object.fromEntries(lists.map((list) => [list, entries(list)])),
    departments: db.prepare('SELECT id, ancestry_all_name AS name FROM departments ORDER BY id').all(),
    users: db.prepare('SELECT id, user_code, user_name, role_id FROM users ORDER BY id').all(),
  }
}
