import { readFlowFiles } from '@flowstead/definition'
import { DOMParser } from '@xmldom/xmldom'
import { expect, test } from 'vitest'
import { renderSolutionDiagram } from './solution-diagram.ts'

const id = (number: number) => `5b1f0c1e-0000-4000-8000-00000000000${number}`

function flowsWith(calls: readonly (readonly [name: string, children: readonly number[]])[]) {
  const files = calls.map(([name, children], index) => {
    const actions = Object.fromEntries(
      children.map((child) => [
        `Run_${child}`,
        { type: 'Workflow', inputs: { host: { workflowReferenceName: id(child) } }, runAfter: {} },
      ]),
    )
    const definition = { triggers: { manual: { type: 'Request', inputs: {} } }, actions }
    return {
      name: `Workflows/${name}-${id(index + 1)}.json`,
      bytes: new TextEncoder().encode(
        JSON.stringify({ properties: { connectionReferences: {}, definition }, schemaVersion: '1.0.0.0' }),
      ),
    }
  })
  return readFlowFiles(files).flows
}

function texts(svg: string): string[] {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml')
  return Array.from(parsed.getElementsByTagName('title')).map(({ textContent }) => textContent ?? '')
}

test('shows parents, children, and children that are not there', () => {
  const svg = renderSolutionDiagram(
    flowsWith([
      ['Parent', [2, 9]],
      ['Child', []],
      ['Alone', []],
    ]),
  )
  expect(texts(svg).slice(1)).toEqual([`Parent\n${id(1)}`, `Child\n${id(2)}`, `Not in this set\n${id(9)}`])
  expect(svg.match(/class="fd-head"/g)?.length).toBe(2)
})

test('survives flows that start one another', () => {
  expect(
    texts(
      renderSolutionDiagram(
        flowsWith([
          ['One', [2]],
          ['Two', [1, 2]],
        ]),
      ),
    ),
  ).toHaveLength(3)
})

test('says when no flow starts another', () => {
  expect(renderSolutionDiagram(flowsWith([['Alone', []]]))).toContain(
    'No flow of this set starts another one.',
  )
})
