/** The entries of pick lists; a list has at most 200. */
import { randomUUID } from 'node:crypto'
import { type Call, type Handler, insertRow, ok, type ServiceContext } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { conflict, invalidField, notFound } from './errors.ts'
import { listPage } from './list-page.ts'
import { rowById } from './references.ts'

/** Entries a pick list holds at most. */
const maxValues = 200

/** Adds an entry; answers its id. @throws 409 when the list is full, 422 when the name is taken */
export function addValue({ db }: Pick<ServiceContext, 'db'>, dictionaryId: string, name: string): string {
  const values = db
    .prepare<Row>('SELECT name FROM dictionary_values WHERE dictionary_id = ?')
    .all(dictionaryId)
  if (values.some((value) => value.name === name)) {
    throw invalidField('name', 'unique', 'Another value of this dictionary has this "name".')
  }
  if (values.length >= maxValues) {
    throw conflict('id', 'maxItems', `A dictionary has at most ${maxValues} values.`)
  }
  const id = randomUUID()
  insertRow(db, 'dictionary_values', { id, dictionary_id: dictionaryId, name })
  return id
}

function dictionaryIdOf({ db, params }: Call): string {
  const id = String(params.id)
  if (rowById(db, 'dictionaries', id) === undefined) throw notFound('dictionary', id)
  return id
}

/** Handlers by operationId. */
export const dictionaryValueHandlers: Record<string, Handler> = {
  listDictionaryValues: (call) => {
    const where = { sql: 'dictionary_id = ?', values: [dictionaryIdOf(call)] }
    const rows = listPage(call, { table: 'dictionary_values', order: 'oldest first', where })
    return ok({ values: rows.map(({ id, name }) => ({ uuid: id, name })) })
  },
  createDictionaryValue: (call) => ({
    status: 201,
    body: { value_uuid: addValue(call, dictionaryIdOf(call), (call.body as { name: string }).name) },
  }),
}
