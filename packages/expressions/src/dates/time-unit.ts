import { quoted } from '@flowstead/errors'
import { expressionError } from '../errors.ts'
import { civilFromDays, dayMs, daysFromCivil, daysInMonth, type Moment, momentAt } from './moment.ts'

const unitMs = new Map([
  ['second', 1000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', dayMs],
  ['week', 7 * dayMs],
])

/**
 * A moment some units later, or earlier when negative; months and years clamp to the end of the month.
 * @param unit Second, Minute, Hour, Day, Week, Month or Year, in any case
 * @throws `Expression.Value` for another unit or a result outside the years 1 to 9999
 */
export function addUnits(moment: Moment, count: number | bigint, unit: string): Moment {
  const name = unit.toLowerCase()
  const size = unitMs.get(name)
  if (size !== undefined) return momentAt(moment.ms + Number(count) * size, moment.fine, moment.isUtc)
  if (name === 'month') return addMonths(moment, Number(count))
  if (name === 'year') return addMonths(moment, Number(count) * 12)
  throw expressionError('Expression.Value', `${quoted(unit)} is not a unit of time.`, {
    hint: 'Units are Second, Minute, Hour, Day, Week, Month and Year.',
  })
}

function addMonths(moment: Moment, count: number): Moment {
  const days = Math.floor(moment.ms / dayMs)
  const { year, month, day } = civilFromDays(days)
  const months = year * 12 + month - 1 + count
  const toYear = Math.floor(months / 12)
  if (toYear < 1 || toYear > 9999) return momentAt(Number.POSITIVE_INFINITY, 0, moment.isUtc)
  const toMonth = months - toYear * 12 + 1
  const toDay = Math.min(day, daysInMonth(toYear, toMonth))
  return momentAt(
    daysFromCivil(toYear, toMonth, toDay) * dayMs + moment.ms - days * dayMs,
    moment.fine,
    moment.isUtc,
  )
}
