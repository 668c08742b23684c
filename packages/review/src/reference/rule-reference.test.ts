import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { conformanceJson, corpusFiles } from '../corpus.testing.ts'
import { rules } from '../rules/index.ts'
import { ruleHits } from './rule-hits.ts'
import { ruleReference } from './rule-reference.ts'

const notes = conformanceJson<Record<string, string>>('review/rule-notes.json')
const { flows, hits } = ruleHits(corpusFiles())

test('there are at least a hundred rules', () => {
  expect(rules.length).toBeGreaterThanOrEqual(100)
})

test('the hits are over all published flows', () => {
  expect(flows).toBe(159)
})

describe('a rule that never fires on published flows, or on more than 60 % of them, says why', () => {
  const remarkable = rules.filter(({ id }) => {
    const hit = hits.get(id)?.flows ?? 0
    return hit === 0 || hit > 0.6 * flows
  })

  test.each(remarkable.map(({ id }) => [id]))('%s', (id) => {
    expect(notes[id]).toMatch(/^[A-Z].*\.$/s)
  })

  test('and no other has a note', () => {
    const ids = new Set(remarkable.map(({ id }) => id))
    expect(Object.keys(notes).filter((id) => !ids.has(id))).toEqual([])
  })
})

test('docs/reference/rules.md is what the rows and the hits say', async () => {
  const file = fileURLToPath(new URL('../../../../docs/reference/rules.md', import.meta.url))
  await expect(ruleReference(rules, { flows, hits, notes })).toMatchFileSnapshot(file)
})
