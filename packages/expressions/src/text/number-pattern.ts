/**
 * Custom number patterns of .NET: `0` always prints a digit, `#` only a significant one, `,` between digits
 * groups and before the point divides by 1000, `%` and `‰` multiply, `E+0` makes an exponent, `;` separates
 * sections for positive, negative and zero.
 */
import { type NumberValue, toDouble } from '../numbers.ts'
import { memoize } from './bounded-memo.ts'
import { groupSizes, numberMarks } from './culture.ts'
import { type Digits, roundedDigits15, scientificDigits } from './number-digits.ts'

type Token =
  | { readonly kind: 'digit'; readonly isForced: boolean }
  | { readonly kind: 'point' }
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'exponent'
      readonly mark: string
      readonly hasPlus: boolean
      readonly minDigits: number
    }

interface Section {
  readonly tokens: readonly Token[]
  readonly wholePlaces: number
  /** Digits that print before the point even when zero. */
  readonly minWhole: number
  readonly places: number
  /** Digits that print after the point even when zero. */
  readonly minPlaces: number
  readonly isGrouped: boolean
  /** Powers of ten by which the value is multiplied. */
  readonly shift: number
  readonly isScientific: boolean
}

const readSections = memoize(300, (pattern) => splitSections(pattern).map(readSection))

/** A finite number in a custom pattern. */
export function formatByPattern(value: NumberValue, pattern: string, locale: string): string {
  const sections = readSections(pattern)
  const positive = sections[0] as Section
  const isNegative = toDouble(value) < 0
  const chosen =
    isNegative && isUsable(sections[1])
      ? sections[1]
      : toDouble(value) === 0
        ? (sections[2] ?? positive)
        : positive
  if (chosen.isScientific) return scientific(value, chosen, locale, isNegative && chosen === positive)
  const digits = roundedDigits15(value, chosen.places, chosen.shift)
  const isZero = /^0*$/.test(digits.whole + digits.fraction)
  if (isZero && toDouble(value) !== 0) {
    const zero = sections[2] ?? positive
    return write(roundedDigits15(0, zero.places), zero, locale, '')
  }
  return (
    (isNegative && chosen === positive ? numberMarks(locale).minus : '') + write(digits, chosen, locale, '')
  )
}

function isUsable(section: Section | undefined): section is Section {
  return section !== undefined && section.tokens.length > 0
}

function splitSections(pattern: string): string[] {
  const sections: string[] = ['']
  for (const [piece] of pattern.matchAll(/\\.|'[^']*'?|"[^"]*"?|./gs)) {
    if (piece === ';') sections.push('')
    else sections[sections.length - 1] += piece
  }
  return sections.slice(0, 3)
}

const pieces = /\\(.)|'([^']*)'?|"([^"]*)"?|([eE])([+-]?)(0+)|(.)/gs

type Mark = Token | { readonly kind: 'comma' }

function readMarks(pattern: string): Mark[] {
  return [...pattern.matchAll(pieces)].map(
    ([, escaped, single, double, mark, sign, zeros = '', other = '']): Mark => {
      const literal = escaped ?? single ?? double
      if (literal !== undefined) return { kind: 'text', text: literal }
      if (mark !== undefined)
        return { kind: 'exponent', mark, hasPlus: sign === '+', minDigits: zeros.length }
      if (other === '0' || other === '#') return { kind: 'digit', isForced: other === '0' }
      if (other === ',') return { kind: 'comma' }
      return other === '.' ? { kind: 'point' } : { kind: 'text', text: other }
    },
  )
}

function readSection(pattern: string): Section {
  const marks = readMarks(pattern)
  const pointAt = marks.findIndex((mark) => mark.kind === 'point')
  const whole = pointAt < 0 ? marks : marks.slice(0, pointAt)
  const firstDigit = whole.findIndex((mark) => mark.kind === 'digit')
  const lastDigit = whole.findLastIndex((mark) => mark.kind === 'digit')
  const isComma = (mark: Mark) => mark.kind === 'comma'
  const isGrouped = whole.slice(Math.max(0, firstDigit), lastDigit + 1).some(isComma)
  const thousands = firstDigit < 0 ? 0 : whole.slice(lastDigit + 1).filter(isComma).length
  const factors = [...pattern.replace(/\\.|'[^']*'?|"[^"]*"?/gs, '')]
  const shift =
    2 * factors.filter((mark) => mark === '%').length + 3 * factors.filter((mark) => mark === '‰').length
  // Only the first point counts.
  const tokens = marks.filter(
    (mark, index): mark is Token => !isComma(mark) && (mark.kind !== 'point' || index === pointAt),
  )
  return measured(tokens, shift - 3 * thousands, isGrouped)
}

function measured(tokens: readonly Token[], shift: number, isGrouped: boolean): Section {
  const point = tokens.findIndex((token) => token.kind === 'point')
  const forced = (some: readonly Token[]) =>
    some.flatMap((token) => (token.kind === 'digit' ? [token.isForced] : []))
  const whole = forced(point < 0 ? tokens : tokens.slice(0, point))
  const fraction = forced(point < 0 ? [] : tokens.slice(point))
  const firstForced = whole.indexOf(true)
  return {
    tokens,
    wholePlaces: whole.length,
    minWhole: firstForced < 0 ? 0 : whole.length - firstForced,
    places: fraction.length,
    minPlaces: fraction.lastIndexOf(true) + 1,
    isGrouped,
    shift,
    isScientific: tokens.some((token) => token.kind === 'exponent'),
  }
}

function write(digits: Digits, section: Section, locale: string, exponent: string): string {
  const marks = numberMarks(locale)
  const whole = (digits.whole === '0' ? '' : digits.whole).padStart(section.minWhole, '0')
  const fraction = trimmed(digits.fraction, section.minPlaces)
  const separators = section.isGrouped ? groupStarts(whole.length, groupSizes(locale)) : new Set<number>()
  let text = ''
  let at = 0
  let left = section.wholePlaces
  let fractionAt = -1
  const digit = (index: number) =>
    (index > 0 && separators.has(whole.length - index) ? marks.group : '') + whole.charAt(index)
  for (const token of section.tokens) {
    if (token.kind === 'text') text += token.text
    else if (token.kind === 'exponent') text += exponent
    else if (token.kind === 'point') {
      fractionAt = 0
      if (fraction !== '') text += marks.decimal
    } else if (fractionAt >= 0) text += fraction.charAt(fractionAt++)
    else {
      // The first place takes every digit that has no place of its own.
      for (; at < whole.length && whole.length - at >= left; at++) text += digit(at)
      left -= 1
    }
  }
  return text
}

function trimmed(fraction: string, least: number): string {
  let end = fraction.length
  while (end > least && fraction[end - 1] === '0') end -= 1
  return fraction.slice(0, end)
}

/** Distances from the end at which a group mark stands. */
function groupStarts(length: number, sizes: readonly number[]): Set<number> {
  const starts = new Set<number>()
  let at = 0
  for (let index = 0; at < length; index++) {
    at += sizes[Math.min(index, sizes.length - 1)] ?? 3
    starts.add(at)
  }
  return starts
}

function scientific(value: NumberValue, section: Section, locale: string, hasSign: boolean): string {
  const { minus } = numberMarks(locale)
  const before = Math.max(1, section.wholePlaces)
  const { digits, exponent: power } = scientificDigits(value, before - 1 + section.places)
  const exponent = toDouble(value) === 0 ? 0 : power - (before - 1)
  const token = section.tokens.find((each) => each.kind === 'exponent')
  const sign = exponent < 0 ? minus : token?.hasPlus ? '+' : ''
  const text = `${token?.mark ?? 'E'}${sign}${String(Math.abs(exponent)).padStart(token?.minDigits ?? 1, '0')}`
  const parts = { isNegative: false, whole: digits.slice(0, before), fraction: digits.slice(before) }
  return (hasSign ? minus : '') + write(parts, section, locale, text)
}
