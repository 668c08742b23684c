import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shortened, widthOf, wrapped } from './text-size.ts'

test('what is shortened fits, and says that it was cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 40, max: 300 }), (text, maxWidth) => {
      const short = shortened(text, 12, maxWidth)
      expect(widthOf(short, 12)).toBeLessThanOrEqual(maxWidth)
      expect(short === text || short.endsWith('…')).toBe(true)
    }),
  )
})

test('lines hold the words in order, and no more lines than asked', () => {
  const wrapping = { fontSize: 13, maxWidth: 100, maxLines: 3 }
  expect(wrapped('Get a row by ID from a table', wrapping)).toEqual(['Get a row by', 'ID from a table'])
  expect(wrapped('', wrapping)).toEqual([])
  fc.assert(
    fc.property(fc.string(), (text) => {
      const lines = wrapped(text, wrapping)
      expect(lines.length).toBeLessThanOrEqual(3)
      for (const line of lines) expect(widthOf(line, 13)).toBeLessThanOrEqual(100)
    }),
  )
})
