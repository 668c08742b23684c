/** Categories hold opportunities; people are approved for opportunities; shifts belong to them. */
import type { ServiceContext } from '@flowstead/service-kit'
import { conflict, vomeErrors } from '../errors.ts'
import { flag, instant, integer, oneOf, reference, text } from '../resource/column.ts'
import type { Filter, Resource } from '../resource/resource.ts'

const times = { created_at: instant({ input: 'none' }), updated_at: instant({ input: 'none' }) }

/** Rows whose `column` is the given id. */
export function filterById(column: string): Filter {
  return { schema: { type: 'string' }, description: 'Only of this one.', sql: `${column} = ?` }
}

function refuseWhenUsed({ db }: ServiceContext, id: unknown, table: string, column: string): void {
  const used = db.prepare(`SELECT 1 AS used FROM ${table} WHERE ${column} = ? LIMIT 1`).get(String(id))
  if (used !== undefined) throw conflict(vomeErrors.inUse, 'id', `It still has ${table}.`)
}

/** The resource behind `/categories`. */
export const categories: Resource = {
  name: 'category',
  plural: 'categories',
  table: 'categories',
  description: 'A folder of opportunities.',
  columns: { title: text(200, { input: 'required' }), description: text(5000), ...times },
  filters: {},
  rules: { onDelete: (context, { id }) => refuseWhenUsed(context, id, 'opportunities', 'category_id') },
}

/** The resource behind `/opportunities`. */
export const opportunities: Resource = {
  name: 'opportunity',
  plural: 'opportunities',
  table: 'opportunities',
  description: 'What people are approved for.',
  columns: {
    category_id: reference('categories'),
    title: text(200, { input: 'required' }),
    description: text(5000),
    status: oneOf(['draft', 'active', 'paused', 'archived'], {
      initial: 'active',
      description: 'Only an active one can be reserved.',
    }),
    instant_book: flag(1, { description: 'A reservation is confirmed at once, else it is a request.' }),
    checkin_open_minutes: integer(0, 1440, {
      initial: 60,
      description: 'Check-in opens so long before the start.',
    }),
    checkout_close_minutes: integer(0, 10_080, {
      initial: 60,
      description: 'Check-out closes so long after the end.',
    }),
    ...times,
  },
  filters: { category_id: filterById('category_id') },
  rules: {
    onDelete: (context, { id }) => {
      refuseWhenUsed(context, id, 'shifts', 'opportunity_id')
      context.db.prepare('DELETE FROM approvals WHERE opportunity_id = ?').run(id ?? null)
    },
  },
}

/** The resource behind `/approvals`: who may reserve shifts of what. */
export const approvals: Resource = {
  name: 'approval',
  plural: 'approvals',
  table: 'approvals',
  description: 'A profile approved for an opportunity.',
  columns: { profile_id: reference('profiles'), opportunity_id: reference('opportunities'), ...times },
  filters: { profile_id: filterById('profile_id'), opportunity_id: filterById('opportunity_id') },
  rules: { onCreate: checkApproval, onUpdate: checkApproval },
}

function checkApproval({ db }: ServiceContext, row: Readonly<Record<string, unknown>>): void {
  const [profile, opportunity] = [String(row.profile_id), String(row.opportunity_id)]
  const archived = db.prepare('SELECT archived_at FROM profiles WHERE id = ?').get(profile)
  if (archived?.archived_at != null) {
    throw conflict(vomeErrors.profileArchived, 'profile_id', 'This profile is archived.')
  }
  const known = db
    .prepare('SELECT id FROM approvals WHERE profile_id = ? AND opportunity_id = ?')
    .get(profile, opportunity)
  if (known !== undefined && known.id !== row.id) {
    throw conflict(vomeErrors.taken, 'opportunity_id', 'This profile is already approved for it.')
  }
}
