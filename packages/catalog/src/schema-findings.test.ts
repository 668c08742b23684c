import { expect, test } from 'vitest'
import { originalSchema } from './phoenix/original-schema.ts'
import { sessionEvents } from './phoenix/session-events.ts'
import { findingsOf } from './schema-findings.ts'

const counted = (rules: readonly string[]) =>
  Object.fromEntries(
    [...new Set(rules)].map((rule) => [rule, rules.filter((other) => other === rule).length]),
  )

test('the published schema has the findings that the correction answers', () => {
  const findings = findingsOf(originalSchema)
  expect(counted(findings.map(({ rule }) => rule))).toEqual({
    dialect: 1,
    relativeId: 2,
    nestedId: 1,
    unknownFormat: 5,
    acceptsAnything: 5,
    idleDefault: 2,
  })
  expect(findings.map(({ path }) => path)).toContain('/properties/appointment/properties/createdAt')
})

test('the corrected schemas keep only what is a matter of taste', () => {
  for (const { schema } of sessionEvents) {
    const rules = new Set(findingsOf(schema).map(({ rule }) => rule))
    expect(rules).toEqual(new Set(['acceptsAnything', 'idleDefault']))
  }
})

test('a property may be called like a keyword', () => {
  const schema = { $schema: 'x', properties: { format: { type: 'string' }, default: { type: 'string' } } }
  expect(findingsOf(schema)).toEqual([])
})
