import { describe, expect, test } from 'vitest'
import type { FlowReview } from '../flow-review.ts'
import { review } from '../review.ts'
import { type ExampleFlow, exampleFiles } from '../rules/example-flow.ts'
import { compareReviews } from './compare-reviews.ts'

function reviewOf(example: ExampleFlow, file: string): FlowReview {
  const [only] = exampleFiles(example)
  const [reviewed] = review([{ name: file, bytes: only?.bytes ?? new Uint8Array() }]).flows
  if (reviewed === undefined) throw new Error('The example holds no flow.')
  return reviewed
}

const actions = (name: string, loop: object = {}): ExampleFlow => ({
  actions: {
    [name]: { type: 'Http', inputs: { method: 'GET', uri: 'http://example.com/rooms' } },
    ...loop,
  },
})
const endless = { Wait_for_it: { type: 'Until', expression: '@equals(1, 2)', actions: {} } }

describe('two reviews', () => {
  test('of one flow in two files have nothing new', () => {
    const { changes, review: delta } = compareReviews(
      reviewOf(actions('Get_rooms'), 'one.json'),
      reviewOf(actions('Get_rooms'), 'folder/two.json'),
    )
    expect(changes).toEqual([])
    expect(delta).toMatchObject({ newFindings: [], goneFindings: [], breakdown: [] })
    expect(delta?.kept).toBeGreaterThan(0)
  })

  test('of a flow whose action was renamed and moved into a scope have the findings of that action in both', () => {
    const moved = { Main: { type: 'Scope', actions: actions('Rooms').actions } }
    const { counts, review: delta } = compareReviews(
      reviewOf(actions('Get_rooms'), 'one.json'),
      reviewOf({ actions: moved }, 'two.json'),
    )
    expect(counts).toMatchObject({ N: 1, R: 1, M: 1 })
    expect(
      [...(delta?.newFindings ?? []), ...(delta?.goneFindings ?? [])].filter(
        ({ action }) => action === 'Rooms',
      ),
    ).toEqual([])
    expect(delta?.breakdown).toContainEqual(expect.objectContaining({ before: 0, after: 10 }))
  })

  test('tell what is new and what is gone, and the figures', () => {
    const before = reviewOf(actions('Get_rooms'), 'one.json')
    const after = reviewOf(actions('Get_rooms', endless), 'one.json')
    const delta = compareReviews(before, after).review
    expect(delta?.newFindings.map(({ action }) => action)).toContain('Wait_for_it')
    expect(delta?.metrics).toContainEqual({ title: 'Actions', before: 1, after: 2 })
    const back = compareReviews(after, before).review
    expect(back?.goneFindings).toEqual(delta?.newFindings)
    expect(back?.newFindings).toEqual(delta?.goneFindings)
  })
})
