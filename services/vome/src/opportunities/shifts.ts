/** Shifts: a time, a place, and how many people fit. */
import { invalid } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import type { VomeContext } from '../change-set.ts'
import { conflict, vomeErrors } from '../errors.ts'
import { planDueTimes } from '../reservations/due-reservations.ts'
import { deleteReservations, takenSpots, takenSpotsSql } from '../reservations/reservation-store.ts'
import {
  instant,
  instantSchema,
  integer,
  oneOf,
  reference,
  references,
  text,
  times,
} from '../resource/column.ts'
import { filterById, type Resource } from '../resource/resource.ts'

/** The resource behind `/shifts`. Title and description start as the opportunity's. */
export const shifts: Resource = {
  name: 'shift',
  plural: 'shifts',
  table: 'shifts',
  description: 'A time slot of an opportunity.',
  columns: {
    opportunity_id: reference('opportunities'),
    shift_title: text(200, { description: 'Default: the opportunity’s title.' }),
    shift_description: text(5000, { description: 'Default: the opportunity’s description.' }),
    location: text(500),
    shift_start_at: instant({ input: 'required' }),
    shift_end_at: instant({ input: 'required' }),
    spots: integer(1, 100_000, { input: 'required', description: 'How many people fit, taken or not.' }),
    tag_rule: oneOf(['', 'any', 'all', 'none'], {
      description: 'Volunteers need any, all or none of tag_ids; empty: no rule.',
    }),
    tag_ids: references('tags'),
    ...times,
  },
  filters: {
    opportunity_id: filterById('opportunity_id'),
    from: {
      schema: instantSchema,
      description: 'Starting at this instant or later.',
      sql: 'shift_start_at >= ?',
      bind: (value) => Date.parse(value),
    },
    free: {
      schema: { enum: ['true'] },
      description: 'Only shifts with a free spot.',
      sql: `? = 'true' AND spots > (${takenSpotsSql('shifts.id')})`,
    },
  },
  rules: {
    onCreate: (context, row) => {
      const opportunity = context.db
        .prepare('SELECT title, description FROM opportunities WHERE id = ?')
        .get(row.opportunity_id ?? null)
      if (row.shift_title === '') row.shift_title = opportunity?.title ?? ''
      if (row.shift_description === '') row.shift_description = opportunity?.description ?? ''
      checkShift(context, row)
    },
    onUpdate: checkShift,
    onDelete: (context, row) => {
      deleteReservations(context, 'shift_id', row.id as string)
      context.db.prepare('DELETE FROM notices WHERE shift_id = ?').run(row.id ?? null)
    },
    changed: ({ db }, { id }, how) => {
      if (how === 'updated') planDueTimes(db, 'shift', id as string)
    },
  },
}

function checkShift({ db }: VomeContext, row: Row): void {
  const [start, end, spots] = [row.shift_start_at, row.shift_end_at, row.spots] as number[]
  if ((end ?? 0) <= (start ?? 0)) {
    const message = '"shift_end_at" must be after "shift_start_at".'
    throw invalid([{ field: 'shift_end_at', rule: 'after', message }])
  }
  const taken = takenSpots(db, row.id as string)
  if ((spots ?? 0) < taken) {
    throw conflict(vomeErrors.shiftFull, 'spots', `"spots" cannot be less than the ${taken} taken ones.`)
  }
}
