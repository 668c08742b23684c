import { describe, expect, test } from 'vitest'
import { evaluate } from '../compile/expression.ts'
import { equalValues } from '../equal-values.ts'
import { printJson } from '../json/print-json.ts'
import { scopeFromData } from '../scope-from-data.ts'
import { functions } from './index.ts'

describe.each([...functions.values()])('$name', (row) => {
  test('does what its examples say', () => {
    for (const [text, result] of row.examples) {
      const value = evaluate(text, scopeFromData({}))
      expect(equalValues(value, result), `${text} gave ${printJson(value)}`).toBe(true)
    }
  })

  test('is declared whole', () => {
    expect(row.description).toMatch(/\.$/)
    const bodies = [row.call, row.scoped, row.lazy, row.read].filter((body) => body !== undefined)
    expect(bodies).toHaveLength(1)
    if (row.from !== undefined) expect(functions.has(row.from.toLowerCase())).toBe(true)
  })
})
