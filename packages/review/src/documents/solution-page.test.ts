import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { review } from '../review.ts'
import { foreignTexts } from './hostile-texts.testing.ts'
import { exampleReview } from './review-example.testing.ts'
import { brokenAnchors, headingLevels, unsafeParts } from './safe-html.testing.ts'
import { facts, hostileSolution, solutionOf } from './solution-example.testing.ts'
import { renderSolution } from './solution-page.ts'

const date = '2025-03-04'

/** The cells of a section's table, row by row. */
function cellsOf(page: string, id: string): string[][] {
  const section = page.slice(page.indexOf(`<section id="${id}"`))
  const body = section.slice(0, section.indexOf('</section>'))
  return [...body.matchAll(/<tr><th scope="row".*?<\/tr>/gs)].map(([row]) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => cell.replaceAll(/<[^>]*>/g, '')),
  )
}

function parentAndChild(child: string): ReturnType<typeof review> {
  const flow = (name: string, id: string, actions: object) => ({
    name: `Workflows/${name}-${id}.json`,
    bytes: new TextEncoder().encode(
      JSON.stringify({ properties: { definition: { triggers: {}, actions } }, schemaVersion: '1.0.0.0' }),
    ),
  })
  const ids = ['aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002'] as const
  const call = (id: string) => ({
    Run_it: { type: 'Workflow', inputs: { host: { workflowReferenceName: id } } },
  })
  return review([flow('Parent', ids[0], call(child)), flow('Child', ids[1], call(ids[0]))])
}

describe('the page of a solution', () => {
  test('lists what it holds, needs and lacks', () => {
    const page = renderSolution(solutionOf(), { date })
    expect(cellsOf(page, 'flows').map(([name]) => name)).toEqual(['Orders of the day'])
    expect(cellsOf(page, 'connection-references')).toEqual([['Mail', 'shared_office365', 'con_mail', 'Yes']])
    expect(cellsOf(page, 'environment-variables')).toEqual([
      ['Site', 'String', 'No', 'Yes', 'No', 'con_site'],
    ])
    expect(cellsOf(page, 'missing-dependencies')).toEqual([['Account', 'Table', 'Book a room', 'Base (9.0)']])
    expect(cellsOf(page, 'custom-connectors')).toEqual([['Rooms', 'Books rooms', 'rooms.example.com']])
    expect(page).toContain('&quot;SecurityProfile&quot;: [\n    &quot;Wages&quot;')
  })

  test('tells child flows, circles and what is not here', () => {
    const circle = renderSolution(parentAndChild('BBBBBBBB-0000-4000-8000-000000000002'), {
      date,
      diagram: '<svg id="tree"></svg>',
    })
    expect(cellsOf(circle, 'child-flows')).toEqual([
      ['Parent', 'Run_it', 'Child'],
      ['Child', 'Run_it', 'Parent'],
    ])
    expect(circle).toContain('Parent → Child → Parent')
    expect(circle).toContain('<svg id="tree"></svg>')
    const lost = renderSolution(parentAndChild('cccccccc-0000-4000-8000-000000000003'), { date })
    expect(cellsOf(lost, 'child-flows')[0]?.[2]).toBe('Not here cccccccc-0000-4000-8000-000000000003')
  })

  test('of flows without a solution has their connections', () => {
    const { flow } = exampleReview()
    const connectionReferences = new Map([
      [
        'shared_mail',
        { key: 'shared_mail', api: 'shared_smtp', runtimeSource: 'embedded', logicalName: 'x' },
      ],
    ] as const)
    const flows = [exampleReview(undefined, { flow: { ...flow, connectionReferences } })]
    const page = renderSolution({ flows, findings: [], solutions: [] }, { date })
    expect(cellsOf(page, 'connection-references')).toEqual([['shared_mail', 'shared_smtp', 'x', '']])
    expect(page).not.toContain('missing-dependencies')
  })

  test('of two solutions holds both', () => {
    const page = renderSolution(solutionOf({ solutions: [facts, { ...facts, uniqueName: 'More' }] }), {
      date,
    })
    expect(page).toContain('<h1>2 solutions</h1>')
    expect(cellsOf(page, 'connection-references')).toHaveLength(2)
  })

  test('shows hostile names as text, wherever they stand', () => {
    fc.assert(
      fc.property(foreignTexts, (texts) => {
        const page = renderSolution(hostileSolution(texts), { date })
        expect(unsafeParts(page)).toEqual([])
        expect(brokenAnchors(page)).toEqual([])
        expect(page).not.toMatch(/[\p{Bidi_Control}\0]/u)
        expect(headingLevels(page)).toEqual([1, 2, 2, 2, 2, 2, 2, 2])
      }),
    )
  })
})
