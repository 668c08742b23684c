import { expect, test } from 'vitest'
import { isoSeconds, numberOf, spoken, unitsInSeconds } from './duration.ts'

test.each([
  ['PT1H', 3_600],
  ['PT1H30M', 5_400],
  ['P30D', 2_592_000],
  ['P1W', 604_800],
  ['PT0.5S', 0.5],
  ['P', undefined],
  ['1 hour', undefined],
  ["@parameters('limit')", undefined],
])('%s lasts %s seconds', (text, seconds) => {
  expect(isoSeconds(text)).toBe(seconds)
})

test('numbers are read with and without quotes, expressions are not', () => {
  expect([5, '5', ' 5 ', 5n, '@add(1, 2)', null, true].map((value) => numberOf(value))).toEqual([
    5,
    5,
    5,
    5,
    undefined,
    undefined,
    undefined,
  ])
})

test('units are read in any letter case', () => {
  expect(unitsInSeconds(2, 'minute')).toBe(120)
  expect(unitsInSeconds(2, 'Fortnight')).toBeUndefined()
})

test.each([
  [45, '45 seconds'],
  [60, '1 minute'],
  [5_400, '90 minutes'],
  [86_400, '24 hours'],
  [2_678_400, '31 days'],
])('%s seconds are spoken as %s', (seconds, text) => {
  expect(spoken(seconds)).toBe(text)
})
