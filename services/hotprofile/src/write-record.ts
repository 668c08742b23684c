import { type Call, type Handler, insertRow, ok, updateRow } from '@flowstead/service-kit'
import { type Arguments, readArguments } from './arguments.ts'
import { recordNotFound } from './errors.ts'
import { field, type RecordType } from './record-type.ts'
import { integer } from './rules.ts'
import { indexTexts } from './search/text-index.ts'

/** The argument that says which record is updated. */
export const idArgument = field('ID', integer())

/** Adds a record and answers its id. */
export function createRecord(type: RecordType): Handler {
  return ({ db, now, query }: Call) => {
    const given = readArguments(type.fields, { db, query, required: type.requiredAtCreate })
    const at = now()
    const row = { ...type.initial?.(at), ...given, created_at: at, updated_at: at }
    const id = insertRow(db, type.plural, row)
    indexTexts(db)
    return ok({ id })
  }
}

/** Changes the fields that are given: a field left out stays, a field given without text is cleared. */
export function updateRecord(type: RecordType): Handler {
  return change(type, { fields: type.fields, required: type.requiredAtUpdate })
}

/** Changes, in the same way, what the published operations do not write. */
export function updateDetails(type: RecordType): Handler {
  return change(type, { fields: type.details, required: [] })
}

function change(
  type: RecordType,
  { fields, required }: { readonly fields: Arguments; readonly required: readonly string[] },
): Handler {
  const known = { id: idArgument, ...fields }
  return ({ db, now, query }: Call) => {
    // A field that a record cannot be without cannot be cleared either.
    const kept = type.requiredAtCreate.filter(
      (name) => Object.hasOwn(fields, name) && query[name] !== undefined,
    )
    const demanded = ['id', ...required, ...kept]
    const given = readArguments(known, { db, query, required: demanded, emptyText: 'clears' })
    const { id = null, ...changes } = given
    const found = db.prepare(`SELECT 1 FROM ${type.plural} WHERE id = ?`).get(id)
    if (found === undefined) throw recordNotFound(type.title, id)
    updateRow(db, type.plural, id, { ...changes, updated_at: now() })
    indexTexts(db)
    return ok({ id })
  }
}
