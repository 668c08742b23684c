/** Spans of time, counted in units of 100 ns, as .NET writes and reads them. */
import { quoted } from '@flowstead/errors'
import { expressionError } from '../errors.ts'
import { boundedFormat } from '../text/bounded-text.ts'
import { numberMarks } from '../text/culture.ts'

interface SpanFields {
  readonly isNegative: boolean
  readonly days: bigint
  readonly hours: number
  readonly minutes: number
  readonly seconds: number
  /** Units of 100 ns. */
  readonly fraction: number
}

function fieldsOf(ticks: bigint): SpanFields {
  const size = ticks < 0n ? -ticks : ticks
  const time = Number(size % 864_000_000_000n)
  return {
    isNegative: ticks < 0n,
    days: size / 864_000_000_000n,
    hours: Math.floor(time / 36_000_000_000),
    minutes: Math.floor(time / 600_000_000) % 60,
    seconds: Math.floor(time / 10_000_000) % 60,
    fraction: time % 10_000_000,
  }
}

/** `[-][d.]hh:mm:ss[.fffffff]` */
export function spanText(ticks: bigint): string {
  const { isNegative, days, hours, minutes, seconds, fraction } = fieldsOf(ticks)
  const time = `${pad(hours, 2)}:${pad(minutes, 2)}:${pad(seconds, 2)}`
  return `${isNegative ? '-' : ''}${days === 0n ? '' : `${days}.`}${time}${fraction === 0 ? '' : `.${pad(fraction, 7)}`}`
}

const spanPattern =
  /^\s*(-)?(?:(\d{1,8})(?:\.|:(?=\d{1,2}:\d{1,2}:)))?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?\s*$/

/** Weeks, days and times of ISO 8601; months and years have no fixed length. */
const durationPattern =
  /^\s*([+-])?P(?=[\dT])(?:(\d{1,8})W)?(?:(\d{1,8})D)?(?:T(?=\d)(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,8})(?:\.(\d{1,7}))?S)?)?\s*$/

function ticksOfDuration(match: RegExpExecArray): bigint {
  const [, sign, weeks = '0', days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match
  const wholeHours = (BigInt(weeks) * 7n + BigInt(days)) * 24n + BigInt(hours)
  const time = (wholeHours * 60n + BigInt(minutes)) * 60n + BigInt(seconds)
  const ticks = time * 10_000_000n + BigInt(fraction.padEnd(7, '0'))
  return sign === '-' ? -ticks : ticks
}

/**
 * Units of 100 ns of a span text, `1.02:03:04.5` or the ISO 8601 duration `P1DT2H3M4.5S`.
 * @throws `Expression.Value` when it is none
 */
export function parseSpan(text: string): bigint {
  const duration = durationPattern.exec(text)
  if (duration !== null) return ticksOfDuration(duration)
  const onlyDays = /^\s*(-)?(\d{1,8})\s*$/.exec(text)
  if (onlyDays !== null) return BigInt(`${onlyDays[1] ?? ''}${onlyDays[2]}`) * 864_000_000_000n
  const match = spanPattern.exec(text)
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match ?? []
  if (match === null || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59)
    throw expressionError('Expression.Value', `${quoted(text)} is not a span of time.`, {
      hint: 'Use the form 1.02:03:04.5.',
    })
  const time = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds)
  const ticks = time * 10_000_000n + BigInt(fraction.padEnd(7, '0'))
  return sign === undefined ? ticks : -ticks
}

/** A span in a .NET format: c, t, T, g, G or a pattern. @throws `Expression.Value` for a wrong format */
export function formatSpan(ticks: bigint, format: string, locale = ''): string {
  boundedFormat(format)
  if (format === '' || /^[ctT]$/.test(format)) return spanText(ticks)
  if (format === 'g' || format === 'G')
    return generalText(fieldsOf(ticks), format, numberMarks(locale).decimal)
  if (format.length === 1) throw wrongFormat(format)
  return customText(fieldsOf(ticks), format)
}

function generalText(fields: SpanFields, format: 'g' | 'G', point: string): string {
  const { isNegative, days, hours, minutes, seconds, fraction } = fields
  const isLong = format === 'G'
  const dayText = isLong || days > 0n ? `${days}:` : ''
  const time = `${pad(hours, isLong ? 2 : 1)}:${pad(minutes, 2)}:${pad(seconds, 2)}`
  const digits = isLong ? pad(fraction, 7) : pad(fraction, 7).replace(/0+$/, '')
  return `${isNegative ? '-' : ''}${dayText}${time}${digits === '' ? '' : point + digits}`
}

const tokens = /\\(.)|'([^']*)'|"([^"]*)"|%?(d{1,8}|h{1,2}|m{1,2}|s{1,2}|f{1,7}|F{1,7})|(.)/gs

function customText(fields: SpanFields, format: string): string {
  return format.replace(tokens, (_, escaped, single, double, letters: string | undefined) => {
    if (letters !== undefined) return fieldText(fields, letters)
    const literal: string | undefined = escaped ?? single ?? double
    if (literal === undefined) throw wrongFormat(format)
    return literal
  })
}

function fieldText(fields: SpanFields, letters: string): string {
  const count = letters.length
  const fraction = pad(fields.fraction, 7).slice(0, count)
  switch (letters[0]) {
    case 'd':
      return fields.days.toString().padStart(count, '0')
    case 'h':
      return pad(fields.hours, count)
    case 'm':
      return pad(fields.minutes, count)
    case 's':
      return pad(fields.seconds, count)
    case 'f':
      return fraction
    default:
      return fraction.replace(/0+$/, '')
  }
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0')
}

function wrongFormat(format: string) {
  return expressionError('Expression.Value', `${quoted(format)} is not a format of time spans.`, {
    hint: 'Text between the letters needs a backslash or quotes, as in "hh\\:mm".',
  })
}
