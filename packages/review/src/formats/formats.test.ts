import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { readBaseline } from '../accepted/baseline.ts'
import { conformanceJson, corpusFiles } from '../corpus.testing.ts'
import { review } from '../review.ts'
import { githubAnnotations } from './github.ts'
import { reviewJson } from './review-json.ts'
import { sarifLog } from './sarif.ts'

const encoder = new TextEncoder()
const file = (name: string, value: unknown) => ({ name, bytes: encoder.encode(JSON.stringify(value)) })
const flow = {
  definition: {
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
    actions: { 'Say, 50%: now': { type: 'Compose', inputs: "@outputs('Nothing')" } },
  },
}
const name = 'flows/a b#1.json'
const reviewed = review([
  file(name, flow),
  file('flows/a b#1.review.json', { suppressions: [{ rule: 'STR016', reason: 'never' }] }),
])

describe('SARIF', () => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
    conformanceJson<object>('sarif/sarif-2.1.0.json'),
  )

  test('of all published flows together fits the schema of 2.1.0', () => {
    const log = sarifLog(review(corpusFiles()), '0.1.0', new Set(['x']))
    validate(log)
    expect(validate.errors ?? []).toEqual([])
  })

  test('names files relative to the start, percent-encoded, with line and pointer', () => {
    const log = sarifLog(reviewed, '0.1.0') as { runs: { results: Record<string, unknown>[] }[] }
    const result = log.runs[0]?.results.find(({ ruleId }) => ruleId === 'REF101')
    expect(result).toMatchObject({
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'flows/a%20b%231.json', uriBaseId: 'SRCROOT' },
            region: { startLine: 1 },
          },
          logicalLocations: [{ name: 'Say, 50%: now' }],
        },
      ],
    })
  })

  test('of an absolute path has no base, of an archive no line', () => {
    const found = { ...reviewed.flows[0]?.findings[0] } as never
    const location = (path: string) => {
      const log = sarifLog(
        { flows: [], solutions: [], findings: [{ ...(found as object), file: path } as never] },
        '1.0.0',
      )
      return (log as { runs: { results: { locations: { physicalLocation: object }[] }[] }[] }).runs[0]
        ?.results[0]?.locations[0]?.physicalLocation
    }
    expect(location('/tmp/x.json')).toMatchObject({ artifactLocation: { uri: 'file:///tmp/x.json' } })
    expect(location('C:/x y.json')).toMatchObject({ artifactLocation: { uri: 'file:///C:/x%20y.json' } })
    expect(location('s.zip!Workflows/x.json')).toEqual({
      artifactLocation: { uri: 's.zip', uriBaseId: 'SRCROOT' },
    })
  })
})

test('annotations escape what would end a property or a line', () => {
  const finding = {
    ...reviewed.flows[0]?.findings[0],
    file: 'a,b:c.json',
    message: '50%\nmore.',
    hint: 'Go.',
  } as never
  const line = githubAnnotations([finding])
  expect(line).toMatch(/^::\w+ file=a%2Cb%3Ac\.json,line=\d+,col=\d+,title=\w+::50%25%0Amore\. Go\.\n$/)
})

test('what an earlier review knows is known, and its output is a baseline', () => {
  const earlier = { schema: 'review/1', ...reviewJson(reviewed) }
  const { baseline, problems } = readBaseline(file('before.json', earlier))
  expect(problems).toEqual([])
  const moved = review([{ name, bytes: encoder.encode(`\n\n\n${JSON.stringify(flow, null, 2)}`) }])
  const known = moved.flows[0]?.findings.map(({ fingerprint }) => baseline.has(fingerprint))
  expect(known?.length).toBeGreaterThan(0)
  expect(new Set(known)).toEqual(new Set([true]))
})

test.each([
  ['no JSON', '{'],
  ['no review', '{"schema": "flows/1"}'],
  ['a list', '[]'],
])('a baseline that is %s is refused', (_, text) => {
  const { baseline, problems } = readBaseline({ name: 'b.json', bytes: encoder.encode(text) })
  expect(baseline.size).toBe(0)
  expect(problems).toMatchObject([{ code: 'Review.BadBaseline', file: 'b.json' }])
})
