import { describe, expect, test } from 'vitest'
import { review } from '../review.ts'
import { readSuppressions } from './suppressions.ts'

const encoder = new TextEncoder()
const file = (name: string, value: unknown) => ({ name, bytes: encoder.encode(JSON.stringify(value)) })
const flow = {
  definition: {
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
    actions: {
      One: { type: 'Compose', inputs: "@outputs('Nothing')" },
      Two: { type: 'Compose', inputs: "@outputs('Nothing')", runAfter: { One: ['Succeeded'] } },
    },
  },
}
const reviewWith = (...suppressions: object[]) =>
  review([file('flows/A.json', flow), file('flows/A.review.json', { suppressions })])
const rulesOf = (findings: readonly { rule: string; action?: string }[] = []) =>
  findings.filter(({ rule }) => rule === 'REF101').map(({ action }) => action)

describe('a suppression', () => {
  test('hides the findings of its rule and keeps them with the reason', () => {
    const [reviewed] = reviewWith({ rule: 'REF101', reason: 'Made by a later version.' }).flows
    expect(rulesOf(reviewed?.findings)).toEqual([])
    expect(reviewed?.suppressed.filter(({ rule }) => rule === 'REF101')).toMatchObject([
      { reason: 'Made by a later version.' },
      { reason: 'Made by a later version.' },
    ])
  })

  test('of one action leaves the others', () => {
    const [reviewed] = reviewWith({ rule: 'REF101', action: 'two', reason: 'Known.' }).flows
    expect(rulesOf(reviewed?.findings)).toEqual(['One'])
  })

  test('never changes the score or a figure', () => {
    const plain = review([file('flows/A.json', flow)]).flows[0]
    const rules = [...new Set(plain?.findings.map(({ rule }) => rule))]
    const [reviewed] = reviewWith(...rules.map((rule) => ({ rule, reason: 'All of them.' }))).flows
    expect(reviewed?.findings).toEqual([])
    expect([reviewed?.score, reviewed?.metrics, reviewed?.counters]).toEqual([
      plain?.score,
      plain?.metrics,
      plain?.counters,
    ])
  })

  test('of another flow or beside another file has no effect, and is told', () => {
    const other = review([
      file('flows/A.json', flow),
      file('flows/B.review.json', { suppressions: [{ rule: 'REF101', reason: 'x' }] }),
    ])
    expect(rulesOf(other.flows[0]?.findings)).toHaveLength(2)
    expect(other.unused).toMatchObject([{ rule: 'REF101', file: 'flows/B.review.json' }])
    expect(rulesOf(reviewWith({ rule: 'REF101', flow: 'B', reason: 'x' }).flows[0]?.findings)).toHaveLength(2)
    expect(rulesOf(reviewWith({ rule: 'REF101', flow: 'a', reason: 'x' }).flows[0]?.findings)).toEqual([])
  })
})

test.each([
  ['without a reason', { suppressions: [{ rule: 'REF101' }] }, '/suppressions/0'],
  ['with a blank reason', { suppressions: [{ rule: 'REF101', reason: ' ' }] }, '/suppressions/0'],
  ['of a rule there is not', { suppressions: [{ rule: 'REF999', reason: 'x' }] }, '/suppressions/0'],
  ['that is no object', { suppressions: [7] }, '/suppressions/0'],
  ['outside a list', { suppressions: {} }, ''],
])('an entry %s is refused with its place', (_, document, pointer) => {
  const { suppressions, problems } = readSuppressions(file('A.review.json', document))
  expect(suppressions).toEqual([])
  expect(problems).toMatchObject([{ code: 'Review.BadSuppression', pointer }])
})
