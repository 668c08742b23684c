import { expect, test } from 'vitest'
import { exampleMarkdown, printCompact } from './example-markdown.ts'

test('JSON stands in one line where it fits', () => {
  const text = 'x'.repeat(60)
  expect(printCompact({ a: [1, 'two'], b: {} })).toBe('{ "a": [1, "two"], "b": {} }')
  expect(JSON.parse(printCompact({ a: text, b: [text, { c: text, d: [] }] }))).toEqual({
    a: text,
    b: [text, { c: text, d: [] }],
  })
  expect(printCompact({ a: text, b: { c: text } }).split('\n')).toHaveLength(4)
})

test('an example says what it gives, and how much is left out', () => {
  const wait = { type: 'Wait', inputs: { interval: { count: 5, unit: 'Minute' } } }
  const actions = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`Wait_${index}`, wait]))
  const text = exampleMarkdown({ name: 'Orders', actions, files: { 'solution.xml': '<a />' } })
  expect(text).toContain('The flow is called `Orders`.')
  expect(text).toContain('… and 24 more lines')
  expect(text).toContain('Beside it `solution.xml`:\n\n````xml\n<a />')
  expect(text).not.toContain('triggers')
})
