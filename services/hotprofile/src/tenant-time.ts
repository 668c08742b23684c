/**
 * Days and times as the tenant writes them. Tenants are in Japan: one zone, nine hours ahead of UTC, without
 * summer time. Instants are ms since the epoch, days are kept as `yyyy/mm/dd`.
 */

/** `plain`: `2016/03/23 12:05:11`; `iso`: `2016-03-23T12:05:11+09:00`. */
export type DateFormat = 'plain' | 'iso'

const zone = '+09:00'
const offsetMs = 9 * 3_600_000
const dayMs = 24 * 3_600_000

/** An instant as an answer shows it. */
export function showInstant(instant: number, format: DateFormat): string {
  const iso = new Date(instant + offsetMs).toISOString().slice(0, 19)
  return format === 'iso' ? `${iso}${zone}` : iso.replaceAll('-', '/').replace('T', ' ')
}

/** A kept day as an answer shows it. */
export function showDay(day: string, format: DateFormat): string {
  return format === 'iso' ? day.replaceAll('/', '-') : day
}

/** The day that it is for the tenant at this instant. */
export function dayOf(instant: number): string {
  return showInstant(instant, 'plain').slice(0, 10)
}

/** When the day begins. */
export function startOfDay(day: string): number {
  return instantOf(`${day} 00:00:00`)
}

/** When the day is over: the first instant of the next one. */
export function endOfDay(day: string): number {
  return startOfDay(day) + dayMs
}

/** The instant of a `yyyy/mm/dd HH:mm:ss`. */
export function instantOf(time: string): number {
  return Date.parse(`${time.replaceAll('/', '-').replace(' ', 'T')}${zone}`)
}

/** Whether it is a `yyyy/mm/dd` of the calendar. */
export function isDay(text: string): boolean {
  return /^\d{4}\/\d{2}\/\d{2}$/.test(text) && isTime(`${text} 00:00:00`)
}

/** Whether it is a `yyyy/mm/dd HH:mm:ss` of calendar and clock. */
export function isTime(text: string): boolean {
  if (!/^\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return false
  const instant = instantOf(text)
  return !Number.isNaN(instant) && showInstant(instant, 'plain') === text
}
