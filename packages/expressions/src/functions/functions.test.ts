import { describe, expect, test } from 'vitest'
import { compileTemplate } from '../compile/template.ts'
import { equalValues } from '../equal-values.ts'
import { printJson } from '../json/print-json.ts'
import { scopeFromData } from '../scope-from-data.ts'
import { functions } from './index.ts'

test('there are 140 functions', () => {
  expect(functions.size).toBe(140)
})

describe.each([...functions.values()])('$name', (row) => {
  test('does what its examples say', () => {
    expect(row.examples).not.toEqual([])
    for (const [text, result, data = {}] of row.examples) {
      const value = compileTemplate(`@${text}`).resolve(scopeFromData(data))
      expect(text.toLowerCase()).toContain(`${row.name.toLowerCase()}(`)
      expect(equalValues(value, result), `${text} gave ${printJson(value)}`).toBe(true)
    }
  })

  test('is declared whole', () => {
    expect(row.description).toMatch(/^[A-Z].*\.$/)
    const bodies = [row.call, row.scoped, row.lazy, row.read].filter((body) => body !== undefined)
    expect(bodies).toHaveLength(1)
    if (row.from !== undefined) expect(functions.has(row.from.toLowerCase())).toBe(true)
  })
})
