import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type NamedFile, readFlowFiles } from '@flowstead/definition'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { childFlowGraph } from './child-flows.ts'
import { groupsOf } from './groups.ts'

const id = (letter: string): string => `${letter.repeat(8)}-0000-4000-8000-000000000000`

function flowFile(folder: string, letter: string, ...children: readonly string[]): NamedFile {
  const actions = Object.fromEntries(
    children.map((child, index) => [
      `Call_${index}`,
      { type: 'Workflow', inputs: { host: { workflowReferenceName: child } }, runAfter: {} },
    ]),
  )
  const definition = { triggers: { manual: { type: 'Request', kind: 'Button', inputs: {} } }, actions }
  return {
    name: `${folder}Workflows/Flow ${letter}-${id(letter)}.json`,
    bytes: new TextEncoder().encode(JSON.stringify({ properties: { definition } })),
  }
}

function graphOf(...files: readonly NamedFile[]): { calls: string[]; cycles: string[][] } {
  const { calls, cycles } = childFlowGraph(readFlowFiles(files).flows)
  return {
    calls: calls.map(({ parent, action, child }) => `${parent.name} ${action.name} ${child?.name ?? '?'}`),
    cycles: cycles.map((cycle) => cycle.map(({ name }) => name)),
  }
}

describe('child flows', () => {
  test('are found by their workflow id, in any letter case', () => {
    expect(graphOf(flowFile('', 'a', id('b').toUpperCase(), id('c')), flowFile('', 'b'))).toEqual({
      calls: ['Flow a Call_0 Flow b', 'Flow a Call_1 ?'],
      cycles: [],
    })
  })

  test('may call one another in circles, and themselves', () => {
    expect(
      graphOf(
        flowFile('', 'a', id('b')),
        flowFile('', 'b', id('c'), id('d')),
        flowFile('', 'c', id('a')),
        flowFile('', 'd', id('d')),
        flowFile('', 'e', id('a')),
      ).cycles,
    ).toEqual([['Flow a', 'Flow b', 'Flow c'], ['Flow d']])
  })

  test('are those of the same solution when two solutions hold the same flow', () => {
    const files = ['one/', 'two/'].flatMap((folder) => [
      flowFile(folder, 'a', id('b')),
      flowFile(folder, 'b'),
    ])
    const { calls } = childFlowGraph(readFlowFiles(files).flows)
    expect(
      calls.map(({ parent, child }) => [parent.file, child?.file].map((file) => file?.slice(0, 3))),
    ).toEqual([
      ['one', 'one'],
      ['two', 'two'],
    ])
  })

  test('in a project of Logic Apps are found by the names of their folders', () => {
    const archive = fileURLToPath(
      new URL(
        '../../../../conformance/corpus/_packages/azure-logicapps-labs__workflows.zip',
        import.meta.url,
      ),
    )
    const { flows } = readFlowFiles([{ name: 'workflows.zip', bytes: readFileSync(archive) }])
    const { calls } = childFlowGraph(flows)
    expect(calls.map(({ child }) => child?.name)).toEqual([
      'GetCustomerHistory',
      'GetRiskProfile',
      'GetSpecialVehicles',
      'LoanPostProcessing',
    ])
    for (const { pointer } of calls) expect(pointer).toMatch(/\/inputs\/host\/workflow\/id$/)
  })

  test('in a chain of 20,000 are no matter of depth', () => {
    const nodes = Array.from({ length: 20_000 }, (_, index) => index)
    expect(groupsOf(nodes, (node) => [(node + 1) % nodes.length])).toEqual([nodes])
  })

  test('two nodes share a group exactly when each reaches the other', () => {
    const graphs = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 20 })
    fc.assert(
      fc.property(graphs, (edges) => {
        const nodes = [0, 1, 2, 3, 4, 5, 6, 7]
        const next = (node: number): number[] => edges.filter(([from]) => from === node).map(([, to]) => to)
        const groups = groupsOf(nodes, next)
        expect(groups.flat().sort()).toEqual(nodes)
        for (const one of nodes)
          for (const other of nodes) {
            const together = groups.some((group) => group.includes(one) && group.includes(other))
            expect(together).toBe(reaches(one, other, next) && reaches(other, one, next))
          }
      }),
      { numRuns: 50 },
    )
  })
})

function reaches(from: number, to: number, next: (node: number) => readonly number[]): boolean {
  const seen = new Set([from])
  for (const node of seen) for (const found of next(node)) seen.add(found)
  return seen.has(to)
}
