/** Folders of forms, forms, and their questions. */
import { invalid } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import type { VomeContext } from '../change-set.ts'
import { conflict, vomeErrors } from '../errors.ts'
import { flag, json, oneOf, optionalReference, reference, text, times } from '../resource/column.ts'
import { filterById, type Resource, refuseWhenUsed } from '../resource/resource.ts'
import { questionKinds } from './question-kinds.ts'

/** The resource behind `/folders`. */
export const folders: Resource = {
  name: 'folder',
  plural: 'folders',
  table: 'folders',
  description: 'Holds forms and submissions.',
  columns: { name: text(200, { input: 'required', description: 'Unique.' }), ...times },
  filters: {},
  rules: {
    onCreate: checkName,
    onUpdate: checkName,
    onDelete: (context, { id }) => {
      refuseWhenUsed(context, id, 'forms', 'folder_id')
      refuseWhenUsed(context, id, 'form_submissions', 'folder_id')
    },
  },
}

function checkName({ db }: VomeContext, row: Row): void {
  const owner = db.prepare('SELECT id FROM folders WHERE name = ?').get(row.name ?? null)
  if (owner !== undefined && owner.id !== row.id) {
    throw conflict(vomeErrors.taken, 'name', 'Another folder has this name.')
  }
}

/** The resource behind `/forms`. */
export const forms: Resource = {
  name: 'form',
  plural: 'forms',
  table: 'forms',
  description: 'Questions that people answer.',
  columns: {
    title: text(200, { input: 'required' }),
    description: text(5000),
    folder_id: optionalReference('folders', { description: 'Where submissions go at first.' }),
    is_open: flag(1, { description: 'Only an open one can be submitted.' }),
    ...times,
  },
  filters: { folder_id: filterById('folder_id') },
  rules: {
    onDelete: (context, { id = null }) => {
      refuseWhenUsed(context, id, 'form_submissions', 'form_id')
      refuseWhenUsed(context, id, 'automations', 'source_id')
      for (const question of context.db.prepare('SELECT id FROM questions WHERE form_id = ?').all(id)) {
        refuseWhenUsed(context, question.id, 'automations', 'source_id')
      }
      context.db.prepare('DELETE FROM questions WHERE form_id = ?').run(id)
    },
  },
}

const label = { type: 'string', minLength: 1, maxLength: 500 }

/** The resource behind `/questions`. */
export const questions: Resource = {
  name: 'question',
  plural: 'questions',
  table: 'questions',
  description: 'A question of a form; questions stand in the order in which they were made.',
  columns: {
    form_id: reference('forms'),
    title: text(500, { input: 'required' }),
    question_type: oneOf(Object.keys(questionKinds), { input: 'required' }),
    options: json({ type: 'array', items: label, maxItems: 200, uniqueItems: true }, [], {
      description: 'What can be chosen; only for questions with a choice, and then at least one.',
    }),
    is_required: flag(0),
    ...times,
  },
  filters: { form_id: filterById('form_id') },
  rules: {
    onCreate: (_, row) => checkOptions(row),
    onUpdate: (context, row, before) => {
      checkOptions(row)
      const isOther = row.form_id !== before.form_id || row.question_type !== before.question_type
      if (isOther) refuseAnswered(context, row)
    },
    onDelete: (context, row) => {
      refuseAnswered(context, row)
      refuseWhenUsed(context, row.id, 'automations', 'source_id')
    },
  },
}

function checkOptions({ options, question_type }: Row): void {
  const { isChoice } = questionKinds[question_type as keyof typeof questionKinds]
  const count = (JSON.parse(options as string) as unknown[]).length
  if (isChoice === count > 0) return
  const message = isChoice ? '"options" needs at least one.' : `A ${question_type} question has no "options".`
  throw invalid([{ field: 'options', rule: 'onlyWith', message }])
}

function refuseAnswered({ db }: VomeContext, { id }: Row): void {
  const answered = db
    .prepare(
      `SELECT 1 AS answered FROM form_submissions f WHERE EXISTS
         (SELECT 1 FROM json_each(f.answers) j WHERE j.value ->> 'question_id' = ?) LIMIT 1`,
    )
    .get(id ?? null)
  if (answered !== undefined) throw conflict(vomeErrors.inUse, 'id', 'A submission answers this question.')
}
