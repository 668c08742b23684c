import { expect, test } from 'vitest'
import { createPaint } from './paint.ts'
import { displayWidth, formatTable } from './table.ts'

test('columns are as wide as their widest cell and lines have no trailing blanks', () => {
  expect(
    formatTable(
      [
        ['a', 'long cell', ''],
        ['longer', 'b', 'c'],
      ],
      '  ',
    ),
  ).toBe('  a       long cell\n  longer  b          c\n')
})

test.each([
  ['Ana', 3],
  ['山田 花子', 9],
  ['김지우', 6],
  ['Nováková', 8],
  [createPaint('colour').good('on'), 2],
  ['', 0],
])('%j takes %i columns', (text, width) => {
  expect(displayWidth(text)).toBe(width)
})

test('combining marks take no column', () => {
  expect(displayWidth('é')).toBe(1)
})
