import { describe, expect, test } from 'vitest'
import { checkFlow, checkSolution } from '../check-rules.ts'
import type { Finding } from '../finding.ts'
import type { Rule } from '../rule.ts'
import { solutionSubjectOf } from '../solution/read-solution.ts'
import { type ExampleFlow, exampleFacts, exampleFiles } from './example-flow.ts'
import { rules } from './index.ts'

function findingsOf(rule: Rule, example: ExampleFlow): Finding[] {
  const subject = solutionSubjectOf(exampleFiles(example), { facts: exampleFacts(example) })
  const options = { only: [rule] }
  return [...subject.subjects.flatMap((each) => checkFlow(each, options)), ...checkSolution(subject, options)]
}

describe.each(rules.map((rule) => ({ id: rule.id, title: rule.title, rule })))('$id $title', ({ rule }) => {
  test('fires in the bad example, at a place of the file', () => {
    const found = findingsOf(rule, rule.bad)
    expect(found.length).toBeGreaterThan(0)
    for (const finding of found) {
      expect(finding.rule).toBe(rule.id)
      expect(finding.line ?? 1).toBeGreaterThan(0)
      expect(finding.message).toMatch(/[.?!)]$/)
    }
  })

  test('says nothing about the good example', () => {
    expect(findingsOf(rule, rule.good)).toEqual([])
  })

  test('explains itself', () => {
    for (const text of [rule.detects, rule.why, rule.fix]) expect(text).toMatch(/^[A-Z"].*[.)]$/s)
    expect(rule.title).not.toMatch(/\.$/)
  })
})

test('ids of rules are unique and carry their family', () => {
  const ids = rules.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[A-Z]{3,4}\d{3}$/)
})
