import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indentJson } from './json-text.ts'

test('JSON is laid out as everybody lays it out, with its numbers as written', () => {
  expect(indentJson('{"a":[1.0,{"b":"x, \\"y\\": {z}"}],"c":{},"d":[]}')).toBe(
    '{\n  "a": [\n    1.0,\n    {\n      "b": "x, \\"y\\": {z}"\n    }\n  ],\n  "c": {},\n  "d": []\n}',
  )
})

test('what is laid out is what JSON.stringify lays out', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(indentJson(JSON.stringify(JSON.parse(text)))).toBe(
        JSON.stringify(JSON.parse(text), undefined, 2),
      )
    }),
  )
})

test('a text that is no JSON loses nothing but white space', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const bare = (each: string) => each.replaceAll(/\s+/g, '')
      expect(bare(indentJson(text))).toBe(bare(text))
    }),
  )
})
