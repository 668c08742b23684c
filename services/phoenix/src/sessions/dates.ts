import { invalid } from '@flowstead/service-kit'

/**
 * The instant of a text that has the form of one, ms since the epoch.
 * @throws 400 when it is beyond what can be told, such as a leap second
 */
export function instantOf(field: string, text: string): number {
  const at = Date.parse(text)
  if (!Number.isNaN(at)) return at
  throw invalid([{ field, rule: 'format', message: `"${field}" is not an instant of the calendar.` }])
}

/** @throws 400 naming `endDate` unless the end is later than the start */
export function checkOrder(start: number, end: number): void {
  if (start < end) return
  const message = '"endDate" must be later than "startDate".'
  throw invalid([{ field: 'endDate', rule: 'order', message }])
}
