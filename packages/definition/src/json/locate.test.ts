import fc from 'fast-check'
import { expect, test } from 'vitest'
import { locateAll } from './locate.ts'

test('a place is the line and the column of its key, or of itself in a list, whatever the white space', () => {
  const space = fc.stringMatching(/^[ \t\r\n]{0,6}$/)
  fc.assert(
    fc.property(fc.array(space, { minLength: 5, maxLength: 40 }), (spaces) => {
      const items = spaces.map((_space, index) => `{"key${index}":${index}}`)
      const text = `[${items.map((item, index) => spaces[index] + item).join(',')}]`
      const pointers = items.flatMap((_item, index) => [`/${index}`, `/${index}/key${index}`])
      const expected = items.flatMap((item) => {
        const offset = text.indexOf(item)
        return [offset, offset + 1].map((at) => {
          const lines = text.slice(0, at).split('\n')
          return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
        })
      })
      const places = locateAll(text, pointers)
      expect(pointers.map((pointer) => places.get(pointer))).toEqual(expected)
    }),
  )
})

test.each([
  ['brackets in strings', '{"a": {"x": "}]{[", "y": [1]},\n"b": 1}'],
  ['escaped quotes', '{"a": {"x": "\\"}", "y\\\\": "\\\\"},\n"b": 1}'],
  ['comments', '{"a": {"x": 1, // }} "\n/* ] " */ "y": 2},\n"b": 1}'],
  ['trailing commas', '{"a": [[], {"x": 1,},],\n"b": 1}'],
])('what comes after a value with %s is found', (_what, text) => {
  const line = text.split('\n').length
  expect(locateAll(text, ['/b'])).toEqual(new Map([['/b', { line, column: 1 }]]))
})
