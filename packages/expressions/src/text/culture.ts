import { quoted } from '@flowstead/errors'
import { expressionError } from '../errors.ts'
import { invariantMarks, type NumberMarks } from '../parse-number.ts'
import { memoize } from './bounded-memo.ts'

/** The tag of a culture in the spelling of Intl. @throws `Expression.Value` for a locale nobody knows */
export const localeTag: (locale: string) => string = memoize(200, (locale) => {
  try {
    const [tag] = Intl.DateTimeFormat.supportedLocalesOf([locale.replaceAll('_', '-')])
    if (tag !== undefined) return tag
  } catch {
    // A malformed tag is reported like an unknown one.
  }
  throw expressionError('Expression.Value', `There is no locale ${quoted(locale)}.`, {
    hint: 'Use a tag such as "en-US" or "de-DE".',
  })
})

/** The marks of numbers in a culture; the empty name is the invariant culture. */
export const numberMarks: (locale: string) => NumberMarks = memoize(200, (locale) => {
  if (locale === '') return invariantMarks
  const format = new Intl.NumberFormat(localeTag(locale), { useGrouping: true, numberingSystem: 'latn' })
  const parts = format.formatToParts(-12_345_678.5)
  const mark = (type: string, otherwise: string) =>
    parts.find((part) => part.type === type)?.value ?? otherwise
  return {
    decimal: mark('decimal', '.'),
    group: mark('group', ','),
    minus: mark('minusSign', '-'),
    plus: '+',
    infinity: '∞',
    nan: 'NaN',
  }
})

/** Digits per group from the right; the last repeats: `[3]`, in India `[3, 2]`. */
export const groupSizes: (locale: string) => readonly number[] = memoize(200, (locale) => {
  if (locale === '') return [3]
  const format = new Intl.NumberFormat(localeTag(locale), { useGrouping: true, numberingSystem: 'latn' })
  const groups = format
    .formatToParts(123_456_789_012)
    .filter((part) => part.type === 'integer')
    .map((part) => part.value.length)
  const [last = 3, second = last] = groups.reverse()
  return last === second ? [last] : [last, second]
})
