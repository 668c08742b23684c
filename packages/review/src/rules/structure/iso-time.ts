import { evaluate, scopeFromData } from '@flowstead/expressions'

const durationPattern =
  /^-?P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/
const parts =
  /^-?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/
const secondsOf = [31_536_000, 2_592_000, 604_800, 86_400, 3_600, 60, 1]
const datePattern = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?$/i

/** Whether a text is an ISO 8601 duration such as `PT1H`. */
export function isDuration(text: string): boolean {
  return durationPattern.test(text)
}

/** Seconds of an ISO 8601 duration, a year of 365 and a month of 30 days; `undefined` for other texts. */
export function secondsOfDuration(text: string): number | undefined {
  if (!isDuration(text)) return undefined
  const found = parts.exec(text)?.slice(1) ?? []
  return secondsOf.reduce((sum, seconds, index) => sum + Number(found[index] ?? 0) * seconds, 0)
}

/** Whether a text is an ISO 8601 date, with or without time and offset, of a day that exists. */
export function isDate(text: string): boolean {
  if (!datePattern.test(text)) return false
  const day = text.slice(0, 10)
  const parsed = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day)
}

/** Whether there is a time zone of this Windows or IANA name. */
export function isTimeZone(name: string): boolean {
  const text = `convertFromUtc('2000-01-01T00:00:00Z', '${name.replaceAll("'", "''")}')`
  try {
    evaluate(text, scopeFromData({}))
    return true
  } catch {
    // The expression is fixed but for the zone, so only an unknown zone makes it fail.
    return false
  }
}
