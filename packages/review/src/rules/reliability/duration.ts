import { type ActionDefinition, memberAt, textMember } from '@flowstead/definition'
import { type Value, WholeFloat } from '@flowstead/expressions'

export const secondsPerMinute = 60
export const secondsPerHour = 3_600
export const secondsPerDay = 86_400

const parts =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i
const partSeconds = [31_536_000, 2_592_000, 604_800, secondsPerDay, secondsPerHour, secondsPerMinute, 1]

/** Seconds of a duration such as `PT1H30M`, a month as 30 days; `undefined` for anything else. */
export function isoSeconds(text: Value | undefined): number | undefined {
  const found = typeof text === 'string' && text.length > 1 ? parts.exec(text) : null
  if (found === null) return undefined
  return partSeconds.reduce((sum, seconds, index) => sum + seconds * Number(found[index + 1] ?? 0), 0)
}

/** A number as designers write it, in quotes or without; `undefined` for expressions and everything else. */
export function numberOf(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof WholeFloat) return value.value
  return typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined
}

const unitSeconds: Readonly<Record<string, number>> = {
  second: 1,
  minute: secondsPerMinute,
  hour: secondsPerHour,
  day: secondsPerDay,
  week: 7 * secondsPerDay,
  month: 30 * secondsPerDay,
  year: 365 * secondsPerDay,
}

/** Seconds of `count` units such as `Minute`; `undefined` when the file does not tell. */
export function unitsInSeconds(count: Value | undefined, unit: Value | undefined): number | undefined {
  const number = numberOf(count)
  const seconds = typeof unit === 'string' ? unitSeconds[unit.toLowerCase()] : undefined
  return number === undefined || seconds === undefined ? undefined : number * seconds
}

/** How long a Wait action waits, when the file tells; `undefined` for a point in time and for expressions. */
export function waitSeconds({ inputs }: ActionDefinition): number | undefined {
  const interval = memberAt(inputs, 'interval')
  return unitsInSeconds(memberAt(interval, 'count'), textMember(interval, 'unit'))
}

/** A length of time as people say it: `45 seconds`, `90 minutes`, `2 hours`, `35 days`. */
export function spoken(seconds: number): string {
  const [size, unit] =
    seconds >= 2 * secondsPerDay && seconds % secondsPerDay === 0
      ? ([secondsPerDay, 'day'] as const)
      : seconds >= secondsPerHour && seconds % secondsPerHour === 0
        ? ([secondsPerHour, 'hour'] as const)
        : seconds >= secondsPerMinute && seconds % secondsPerMinute === 0
          ? ([secondsPerMinute, 'minute'] as const)
          : ([1, 'second'] as const)
  const count = seconds / size
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
