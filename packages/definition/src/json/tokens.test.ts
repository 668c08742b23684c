import { parseJson } from '@flowstead/expressions'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJson } from './read-json.ts'

test('JSON is read as expressions read it, whatever its white space', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t', 4), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      expect(readJson(text)).toEqual({ value: parseJson(text), notes: [], repeatedKeys: [] })
    }),
  )
})

test.each([
  ['"a', 'a string has no end'],
  ['"a\nb"', 'a string has no end'],
  ['"a\\', 'a string has no end'],
  [String.raw`"\q"`, 'a string has an unknown escape'],
  [String.raw`"\u12g4"`, 'a string has a broken \\u escape'],
  ['1.', 'a number has no end'],
  ['1e+', 'a number has no end'],
  ['/* a', 'a comment has no end'],
  ['-', 'a value is missing'],
  ['nul', 'a value is missing'],
  ['01', 'there is more text after the end'],
  ['[1 2]', 'a comma or a closing bracket is missing'],
  ['{"a" 1}', 'a colon is missing'],
  ['{a: 1}', 'a key in double quotes is missing'],
  ['[1,', 'the text ends too early'],
])('%j is refused: %s', (text, reason) => {
  expect(readJson(text)).toEqual({
    notes: [expect.objectContaining({ message: `The file is not JSON: ${reason}.` })],
    repeatedKeys: [],
  })
})

test.each([
  ['a control character', '["\u0001\t"]', ['\u0001\t']],
  ['a comment', '[1 /* "] */, // [\n2]', [1, 2]],
  ['a trailing comma', '[1,]', [1]],
])('%s is tolerated and told once', (what, text, value) => {
  const { value: read, notes } = readJson(text)
  expect(read).toEqual(value)
  expect(notes.map(({ message }) => message)).toEqual([`The file has ${what}, which JSON does not allow.`])
})

test('escapes are decoded', () => {
  expect(readJson(String.raw`"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00 end"`).value).toBe('"\\/\b\f\n\r\té😀 end')
})
