/** Categories hold opportunities; people are approved for opportunities; shifts belong to them. */
import type { Row } from '@flowstead/sqlite'
import type { VomeContext } from '../change-set.ts'
import { planDueTimes } from '../reservations/due-reservations.ts'
import { flag, instant, integer, oneOf, reference, text, times } from '../resource/column.ts'
import { filterById, type Resource, refuseWhenUsed } from '../resource/resource.ts'

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
    cancel_hours: integer(0, 8760, {
      initial: 12,
      description: 'Volunteers can cancel until so many hours before the start.',
    }),
    reservations_open_at: instant({ description: 'Volunteers can reserve from then on; null: at once.' }),
    reservation_limit: {
      ...integer(1, 1000, { initial: null }),
      schema: {
        type: ['integer', 'null'],
        minimum: 1,
        maximum: 1000,
        description: 'Most reservations of a volunteer within reservation_limit_days; null: no limit.',
      },
    },
    reservation_limit_days: integer(1, 366, { initial: 7 }),
    group_max: integer(0, 100, { initial: 0, description: 'Most guests that a volunteer may bring.' }),
    auto_check_in_out: flag(0, { description: 'Everybody is checked in at the start and out at the end.' }),
    auto_approve_hours: flag(0, { description: 'Claims of hours need no administrator.' }),
    notify_free_spot: flag(0, { description: 'Approved people get a notice when a full shift has a spot.' }),
    ...times,
  },
  filters: { category_id: filterById('category_id') },
  rules: {
    onDelete: (context, row) => {
      refuseWhenUsed(context, row.id, 'shifts', 'opportunity_id')
      endApprovals(context, row.id as string)
    },
    changed: ({ db }, { id }, how) => {
      if (how === 'updated') planDueTimes(db, 'opportunity', id as string)
    },
  },
}

/** People lose their approval with the opportunity, which is a change of their profiles. */
function endApprovals({ changes, db }: VomeContext, opportunityId: string): void {
  const people = db
    .prepare<Row & { profile_id: string }>('SELECT profile_id FROM approvals WHERE opportunity_id = ?')
    .all(opportunityId)
  for (const { profile_id } of people) changes.updated('profile', profile_id)
  db.prepare('DELETE FROM approvals WHERE opportunity_id = ?').run(opportunityId)
}
