import { quoted } from '@flowstead/errors'
import { expressionError } from '../errors.ts'

/** A version 4 identifier out of four draws (0 ≤ x < 1), in format N, D, B, P or X, lower case. */
export function guidText(random: () => number, format: string): string {
  const hex = Array.from({ length: 4 }, () => word(random())).join('')
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3] ?? '8'
  const digits = `${hex.slice(0, 12)}4${hex.slice(13, 16)}${variant}${hex.slice(17)}`
  const grouped = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  switch (format.toUpperCase()) {
    case 'N':
      return digits
    case 'D':
      return grouped
    case 'B':
      return `{${grouped}}`
    case 'P':
      return `(${grouped})`
    case 'X':
      return fields(digits)
    default:
      throw expressionError('Expression.Value', `There is no guid format ${quoted(format)}.`, {
        hint: 'Formats are N, D, B, P and X.',
      })
  }
}

function word(draw: number): string {
  return Math.floor(draw * 2 ** 32)
    .toString(16)
    .padStart(8, '0')
}

function fields(digits: string): string {
  const bytes = (digits.slice(16).match(/../g) ?? []).map((byte) => `0x${byte}`).join(',')
  return `{0x${digits.slice(0, 8)},0x${digits.slice(8, 12)},0x${digits.slice(12, 16)},{${bytes}}}`
}
