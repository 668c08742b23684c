import { describe, expect, test } from 'vitest'
import { Decimal, type NumberValue, WholeFloat } from '../numbers.ts'
import { formatNumber } from './format-number.ts'

describe('formatNumber', () => {
  test.each<[NumberValue, string, string]>([
    [1234.5678, 'E2', '1.23E+003'],
    [1234.5678, 'e', '1.234568e+003'],
    [9.999, 'E2', '1.00E+001'],
    [1234567.891, 'G3', '1.23E+06'],
    [0.00001234, 'G', '1.234E-05'],
    [0.5, 'P1', '50.0%'],
    [-1234.5, 'C', '-$1,234.50'],
    [-255, 'X', 'FFFFFFFFFFFFFF01'],
    [-7, 'D3', '-007'],
    [new Decimal(123456789012345678901234567n, 2), 'N1', '1,234,567,890,123,456,789,012,345.7'],
    [9007199254740993n, 'N0', '9,007,199,254,740,993'],
    [new WholeFloat(5), '0.0', '5.0'],
    [1234567890, '#,##0,,', '1,235'],
    [1234.5, '#,##0.00;(#,##0.00);zero', '1,234.50'],
    [0, '#,##0.00;(#,##0.00);zero', 'zero'],
    [-0.001, '0.00', '0.00'],
    [0.086, '0.#%', '8.6%'],
    [86000, '0.###E+0', '8.6E+4'],
    [123456, '###-###', '123-456'],
    [5, '000-000', '000-005'],
    [12, "0 'items'", '12 items'],
    [12, '0\\#', '12#'],
    [0, '#', ''],
    [0.5, '#.##', '.5'],
  ])('%s in %s is %s', (value, format, text) => {
    expect(formatNumber(value, format, 'en-US')).toBe(text)
  })

  test('groups by lakhs where people do', () => {
    expect(formatNumber(12345678, 'N0', 'en-IN')).toBe('1,23,45,678')
  })

  test.each([
    [1.5, 'D'],
    [1, 'Q2'],
    [1, 'N99999'],
  ])('%s in %s is refused', (value, format) => {
    expect(() => formatNumber(value, format, 'en-US')).toThrow(
      expect.objectContaining({ code: 'Expression.Value' }),
    )
  })
})
