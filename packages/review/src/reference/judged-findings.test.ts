// Findings drawn at random over the published flows, each judged by hand. A finding judged true that is gone asks for a
// new judgement: draw again with scripts/draw-findings.mjs.
import type { NamedFile } from '@flowstead/definition'
import { describe, expect, test } from 'vitest'
import { conformanceJson, corpusFiles } from '../corpus.testing.ts'
import type { Finding } from '../finding.ts'
import { review } from '../review.ts'

interface Judged extends Pick<Finding, 'rule' | 'severity' | 'file' | 'pointer' | 'message'> {
  readonly verdict: 'true' | 'false'
  /** What in the flow speaks for the verdict. */
  readonly note: string
}

const { findings, of: all } = conformanceJson<{ readonly of: number; readonly findings: readonly Judged[] }>(
  'review/judged-findings.json',
)
const judged = new Set(findings.map(({ file }) => file))
const found = new Map(
  corpusFiles()
    .filter(({ name }) => judged.has(name))
    .map((file) => [file.name, placesIn(file)]),
)

/** Rules and pointers of what a review of one file finds. */
function placesIn(file: NamedFile): string[] {
  const reviewed = review([file])
  const own = [...reviewed.flows.flatMap((flow) => flow.findings), ...reviewed.findings]
  return own.map(({ rule, pointer }) => `${rule} ${pointer}`)
}

test('a hundred findings are judged, each once and with a reason', () => {
  expect(findings).toHaveLength(100)
  expect(all).toBeGreaterThan(findings.length)
  expect(
    new Set(findings.map(({ rule, file, pointer, message }) => [rule, file, pointer, message].join())),
  ).toHaveProperty('size', 100)
  for (const { note } of findings) expect(note).toMatch(/^\S.{20,}\.$/)
})

test('at most five of them are false', () => {
  const wrong = findings.filter(({ verdict }) => verdict === 'false')
  expect(wrong.length).toBeLessThanOrEqual(5)
  expect(findings.filter(({ verdict }) => verdict === 'true')).toHaveLength(100 - wrong.length)
})

describe('what was judged true is still found', () => {
  const right = findings.filter(({ verdict }) => verdict === 'true')

  test.each(right.map(({ rule, file, pointer }) => [rule, file, pointer]))(
    '%s in %s at %s',
    (rule, file, pointer) => {
      expect(found.get(file)).toContain(`${rule} ${pointer}`)
    },
  )
})
