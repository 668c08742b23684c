/** Fields that the organisation adds to profiles, their options, and what each profile says there. */
import { invalid } from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import type { VomeContext } from '../change-set.ts'
import { conflict, vomeErrors } from '../errors.ts'
import { isDay } from '../organization/local-date.ts'
import { flag, integer, json, reference, text, times } from '../resource/column.ts'
import { filterById, findRow, type Resource, refuseWhenUsed } from '../resource/resource.ts'

const choiceTypes: readonly unknown[] = [3, 4]

/** The resource behind `/custom_fields`. */
export const customFields: Resource = {
  name: 'customField',
  plural: 'custom_fields',
  table: 'custom_fields',
  description: 'A field that the organisation adds to profiles.',
  columns: {
    title: text(200, { input: 'required' }),
    field_type: integer(0, 5, {
      input: 'required',
      description: '0 text, 1 number, 2 date, 3 single choice, 4 multiple choice, 5 yes/no.',
    }),
    is_active: flag(1, { description: 'Only an active one can be filled in.' }),
    ...times,
  },
  filters: {},
  rules: {
    onUpdate: (context, row, before) => {
      if (row.field_type === before.field_type) return
      refuseWhenUsed(context, row.id, 'custom_field_values', 'custom_field_id')
    },
    onDelete: (context, { id }) => {
      refuseWhenUsed(context, id, 'custom_field_values', 'custom_field_id')
      context.db.prepare('DELETE FROM custom_field_options WHERE custom_field_id = ?').run(id ?? null)
    },
  },
}

/** The resource behind `/custom_field_options`. */
export const customFieldOptions: Resource = {
  name: 'customFieldOption',
  plural: 'custom_field_options',
  table: 'custom_field_options',
  description: 'One of the values to choose from.',
  columns: {
    custom_field_id: reference('custom_fields'),
    value: text(200, { input: 'required' }),
    order: integer(0, 10_000, { description: 'Position in the list.' }),
    ...times,
  },
  filters: { custom_field_id: filterById('custom_field_id') },
  rules: { onCreate: checkOption, onUpdate: checkOption, onDelete: refuseChosen },
}

function checkOption({ db }: VomeContext, row: Row): void {
  const field = findRow(db, 'custom_fields', row.custom_field_id as string)
  if (!choiceTypes.includes(field?.field_type)) {
    const message = 'Only fields of type 3 and 4 have options.'
    throw invalid([{ field: 'custom_field_id', rule: 'choice', message }])
  }
  const owner = db
    .prepare('SELECT id FROM custom_field_options WHERE custom_field_id = ? AND value = ?')
    .get(row.custom_field_id ?? null, row.value ?? null)
  if (owner !== undefined && owner.id !== row.id) {
    throw conflict(vomeErrors.taken, 'value', 'The field has an option with this "value".')
  }
}

function refuseChosen({ db }: VomeContext, { id }: Row): void {
  const chosen = db
    .prepare(
      `SELECT 1 AS chosen FROM custom_field_values v WHERE EXISTS
         (SELECT 1 FROM json_each(v."values") j WHERE j.value = ?) LIMIT 1`,
    )
    .get(id ?? null)
  if (chosen !== undefined) throw conflict(vomeErrors.inUse, 'id', 'A profile has chosen this option.')
}

/** The resource behind `/custom_field_values`. */
export const customFieldValues: Resource = {
  name: 'customFieldValue',
  plural: 'custom_field_values',
  table: 'custom_field_values',
  description: 'What a profile says in a custom field.',
  columns: {
    profile_id: reference('profiles'),
    custom_field_id: reference('custom_fields'),
    values: json(
      {
        type: 'array',
        items: { type: 'string', minLength: 1, maxLength: 2000 },
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
      },
      [],
      {
        input: 'required',
        description: 'Ids of options for choices, yes or no, a number, a day (YYYY-MM-DD), else a text.',
      },
    ),
    ...times,
  },
  filters: { profile_id: filterById('profile_id'), custom_field_id: filterById('custom_field_id') },
  rules: {
    onCreate: checkValues,
    onUpdate: (context, row, before) => {
      checkValues(context, row)
      if (row.profile_id !== before.profile_id)
        context.changes.updated('profile', before.profile_id as string)
    },
    changed: ({ changes }, row) => changes.updated('profile', row.profile_id as string),
  },
}

function checkValues({ db }: VomeContext, row: Row): void {
  const owner = db
    .prepare('SELECT id FROM custom_field_values WHERE profile_id = ? AND custom_field_id = ?')
    .get(row.profile_id ?? null, row.custom_field_id ?? null)
  if (owner !== undefined && owner.id !== row.id) {
    throw conflict(vomeErrors.taken, 'custom_field_id', 'This profile has a value there already.')
  }
  const field = findRow(db, 'custom_fields', row.custom_field_id as string) as Row
  if (field.is_active !== 1) {
    throw conflict(vomeErrors.wrongState, 'custom_field_id', 'This field is not active.')
  }
  const values = JSON.parse(row.values as string) as string[]
  const rule = ruleOf(db, field)
  if (values.length <= rule.max && values.every(rule.fits)) return
  throw invalid([{ field: 'values', rule: 'fieldType', message: `"values" must be ${rule.what}.` }])
}

interface ValueRule {
  readonly what: string
  readonly max: number
  readonly fits: (value: string) => boolean
}

function ruleOf(db: Database, { field_type, id }: Row): ValueRule {
  const isOption = (value: string) => findRow(db, 'custom_field_options', value)?.custom_field_id === id
  const rules: readonly ValueRule[] = [
    { what: 'one text', max: 1, fits: () => true },
    { what: 'one number', max: 1, fits: (value) => /^-?\d+(\.\d+)?$/.test(value) },
    { what: 'one day, YYYY-MM-DD', max: 1, fits: isDay },
    { what: 'the id of one option of the field', max: 1, fits: isOption },
    { what: 'ids of options of the field', max: 100, fits: isOption },
    { what: '"yes" or "no"', max: 1, fits: (value) => value === 'yes' || value === 'no' },
  ]
  return rules[field_type as number] as ValueRule
}
