import { quoted } from '@flowstead/errors'
import { expressionError } from '../errors.ts'

/** A version 4 identifier out of four draws (0 ≤ x < 1), in format N, D, B, P or X, lower case. */
export function guidText(random: () => number, format: string): string {
  const first = word(random())
  const second = (word(random()) & 0xffff0fff) | 0x4000
  const third = (word(random()) & 0x3fffffff) | 0x80000000
  const digits = hex(first) + hex(second) + hex(third) + hex(word(random()))
  switch (format.toUpperCase()) {
    case 'N':
      return digits
    case 'D':
      return grouped(digits)
    case 'B':
      return `{${grouped(digits)}}`
    case 'P':
      return `(${grouped(digits)})`
    case 'X':
      return fields(digits)
    default:
      throw expressionError('Expression.Value', `There is no guid format ${quoted(format)}.`, {
        hint: 'Formats are N, D, B, P and X.',
      })
  }
}

function word(draw: number): number {
  return Math.floor(draw * 2 ** 32)
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}

function grouped(digits: string): string {
  const group = (start: number, end: number) => digits.slice(start, end)
  return `${group(0, 8)}-${group(8, 12)}-${group(12, 16)}-${group(16, 20)}-${group(20, 32)}`
}

function fields(digits: string): string {
  const bytes = (digits.slice(16).match(/../g) ?? []).map((byte) => `0x${byte}`).join(',')
  return `{0x${digits.slice(0, 8)},0x${digits.slice(8, 12)},0x${digits.slice(12, 16)},{${bytes}}}`
}
