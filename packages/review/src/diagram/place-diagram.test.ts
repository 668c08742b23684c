import fc from 'fast-check'
import { expect, test } from 'vitest'
import { composes, corpusFlows, flowOf } from './flows.testing.ts'
import { misplaced, overlaid } from './layout.testing.ts'
import { diagramModel } from './model.ts'
import { placeDiagram } from './place-diagram.ts'

test('in every flow of the corpus nodes lie inside their owners and beside their siblings', () => {
  for (const flow of corpusFlows()) {
    const { root, triggers, isStacked } = placeDiagram(diagramModel(flow))
    expect(misplaced(root, triggers), flow.file).toEqual([])
    expect(overlaid(root, triggers), flow.file).toEqual([])
    expect(isStacked).toBe(false)
  }
})

const statuses = [['Succeeded'], ['Failed', 'TimedOut'], ['Succeeded', 'Failed', 'Skipped', 'TimedOut']]

/** A block in which each action runs after any of the others, circles included, or only after earlier ones. */
const anyBlock = fc
  .record({
    all: fc.array(fc.uniqueArray(fc.nat(9), { maxLength: 3 }), { minLength: 1, maxLength: 10 }),
    isOrdered: fc.boolean(),
  })
  .map(({ all, isOrdered }) =>
    Object.fromEntries(
      all.map((earlier, index) => {
        const after = earlier.filter((each) => !isOrdered || each < index)
        const edges = after.map((each) => [`A${each}`, statuses[(each + index) % 3]])
        return [`A${index}`, { type: 'Compose', inputs: 1, runAfter: Object.fromEntries(edges) }]
      }),
    ),
  )

test('so it is whatever runs after what, laid out in layers or stacked', () => {
  fc.assert(
    fc.property(anyBlock, anyBlock, fc.constantFrom(0, 2_000), (one, other, maxLayered) => {
      const choice = { type: 'If', expression: {}, actions: other, else: { actions: one }, runAfter: {} }
      const model = diagramModel(flowOf({ ...one, Choice: choice }))
      const { root, triggers } = placeDiagram(model, { maxLayered })
      expect(misplaced(root, triggers)).toEqual([])
      expect(overlaid(root, triggers)).toEqual([])
    }),
    { numRuns: 40 },
  )
})

test('arrows end at their nodes', () => {
  const flow = flowOf(composes({ A: [], B: ['A'], C: ['A'], D: ['B', 'C'], E: ['D'] }))
  const { root } = placeDiagram(diagramModel(flow))
  for (const { edge, points } of root.edges) {
    const node = root.nodes.find(({ node: { id } }) => id === edge.to)
    expect(points.at(-1)?.y).toBeCloseTo(node?.y ?? -1)
    expect(points.at(-1)?.x).toBeCloseTo((node?.x ?? 0) + (node?.width ?? 0) / 2)
  }
})

test('what asks too much of the layout is stacked in running order', () => {
  const names = Array.from({ length: 60 }, (_, index) => `A${index}`)
  const dense = composes(Object.fromEntries(names.map((name, index) => [name, names.slice(0, index)])))
  const { root, isStacked } = placeDiagram(diagramModel(flowOf(dense)))
  expect(isStacked).toBe(true)
  expect(root.nodes.every(({ y }, index) => index === 0 || y > (root.nodes[index - 1]?.y ?? 0))).toBe(true)
  expect(root.edges.length).toBe(60)
  expect(root.edges.at(-1)?.label?.lines.join(' ')).toContain('and 57 more')
})

test('a chain needs no layered layout, however long', () => {
  const names = Array.from({ length: 3_000 }, (_, index) => `A${index}`)
  const chain = composes(
    Object.fromEntries(names.map((name, index) => [name, names.slice(index - 1, index)])),
  )
  expect(
    placeDiagram(diagramModel(flowOf({ ...chain, ...composes({ A0: [] }) })), { maxLayered: 0 }).isStacked,
  ).toBe(false)
})

test('what would be too wide to be read is stacked', () => {
  const names = Array.from({ length: 300 }, (_, index) => `A${index}`)
  const { width, isStacked } = placeDiagram(
    diagramModel(flowOf(composes(Object.fromEntries(names.map((name) => [name, []]))))),
  )
  expect(isStacked).toBe(true)
  expect(width).toBeLessThan(400)
})
