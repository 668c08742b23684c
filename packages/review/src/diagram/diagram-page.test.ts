import { expect, test } from 'vitest'
import { brokenAnchors, headingLevels } from '../documents/safe-html.testing.ts'
import { renderDiagramPage } from './diagram-page.ts'
import { composes, corpusFlows, flowOf } from './flows.testing.ts'

const date = '4 March 2025'

test('every node of the drawing leads to its details, and the page to nothing outside', () => {
  for (const flow of corpusFlows().slice(0, 40)) {
    const page = renderDiagramPage(flow, { date })
    expect(brokenAnchors(page), flow.file).toEqual([])
    expect(page.match(/<a class="fd-link"/g)?.length ?? 0).toBe(flow.actions.size + flow.triggers.length)
    expect(page.match(/(src|href)="(?!#|data:)[^"]*"/g)).toBeNull()
    expect(headingLevels(page)).toEqual([1, 2, 2, 2])
  }
})

test('details tell what is set on an action', () => {
  const page = renderDiagramPage(
    flowOf({
      Read: {
        type: 'OpenApiConnection',
        description: 'Reads <all>.',
        inputs: {
          host: { connectionName: 'shared_lists', operationId: 'GetItems', apiId: '/apis/shared_lists' },
          parameters: { $filter: 'Id eq 1' },
          retryPolicy: { type: 'fixed' },
        },
        metadata: { operationMetadataId: 'b0b0' },
        limit: { timeout: 'PT1H' },
        runtimeConfiguration: {
          paginationPolicy: { minimumItemCount: 5000 },
          secureData: { properties: ['inputs'] },
        },
        runAfter: {},
      },
    }),
    { date },
  )
  for (const told of ['GetItems', 'b0b0', 'Id eq 1', '5000', 'fixed', 'PT1H', 'inputs', 'Reads &lt;all&gt;.'])
    expect(page).toContain(told)
})

test('hostile names stay text', () => {
  const page = renderDiagramPage(flowOf(composes({ '</style><script>alert(1)</script>': [] })), { date })
  expect(page.match(/<script/g)).toHaveLength(1)
  expect(page.match(/<style/g)).toHaveLength(3)
})

test('the styles of the drawing are named by the policy of the page', async () => {
  const { createHash } = await import('node:crypto')
  const page = renderDiagramPage(flowOf(composes({ One: [] })), { date })
  for (const [, text = ''] of page.matchAll(/<style>(.*?)<\/style>/gs))
    expect(page).toContain(createHash('sha256').update(text).digest('base64'))
})
