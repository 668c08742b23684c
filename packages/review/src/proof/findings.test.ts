import { locate, memberAt, pointerKeys } from '@flowstead/definition'
import type { Value } from '@flowstead/expressions'
import { describe, expect, test } from 'vitest'
import { corpusFiles } from '../corpus.testing.ts'
import { review } from '../review.ts'
import { rules } from '../rules/index.ts'

const files = corpusFiles()
const { flows } = review(files)
const aboutSolutions: ReadonlySet<string> = new Set(
  rules.flatMap((rule) => ('checkSolution' in rule ? rule.id : [])),
)

/** Keys of a pointer that lead nowhere in a document. */
function missingKeys(document: Value, pointer: string): string[] {
  const keys = pointerKeys(pointer)
  for (let at: Value | undefined = document; keys.length > 0; keys.shift()) {
    const parent: Value | undefined = typeof at === 'string' ? JSON.parse(at) : at
    at = Array.isArray(parent) ? parent[Number(keys[0])] : memberAt(parent, keys[0] ?? '')
    if (at === undefined) break
  }
  return keys
}

describe('reviews of the published flows', () => {
  test('are the same when files are reviewed one by one, but for rules over a solution', () => {
    const keysOf = (reviewed: typeof flows): string[] =>
      reviewed.flatMap(({ flow, findings, score }) =>
        findings
          .filter(({ rule }) => !aboutSolutions.has(rule))
          .map((each) => [flow.file, score, each.rule, each.severity, each.pointer, each.message].join(' ')),
      )
    const alone = files.flatMap((file) => review([file]).flows)
    expect(keysOf(alone).sort()).toEqual(keysOf(flows).sort())
  })

  test('are the same the second time', () => {
    const some = files.filter((_file, index) => index % 8 === 0)
    expect(review(some)).toEqual(review(some))
  })

  test('give each finding of a flow a fingerprint of its own', () => {
    for (const { flow, findings } of flows) {
      const fingerprints = new Set(findings.map(({ fingerprint }) => fingerprint))
      expect(`${flow.file} ${fingerprints.size}`).toBe(`${flow.file} ${findings.length}`)
    }
  })

  test('point to what the file holds, or to the one member that it lacks', () => {
    const lost = flows.flatMap(({ flow, findings }) => {
      const document = JSON.parse(flow.text) as Value
      return findings
        .filter(({ pointer }) => missingKeys(document, pointer).length > 1)
        .map(({ rule, pointer }) => `${flow.file} ${rule} ${pointer}`)
    })
    expect(lost).toEqual([])
  })

  test('name the line and the column of that place', () => {
    for (const { flow, findings } of flows.filter((_flow, index) => index % 8 === 0))
      for (const { pointer, line, column } of findings)
        expect({ pointer, line, column }).toEqual({ pointer, ...locate(flow.text, pointer) })
  })
})
