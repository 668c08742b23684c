import { DOMParser } from '@xmldom/xmldom'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../finding.ts'
import { diagramStyle } from './diagram-style.ts'
import { composes, corpusFlows, flowOf } from './flows.testing.ts'
import { renderDiagram } from './render-diagram.ts'

interface Element {
  readonly tagName: string
  getAttribute(name: string): string | null
  readonly textContent: string | null
  readonly childNodes: Iterable<unknown>
}

/** Elements of a well-formed document. */
function elementsOf(svg: string, name: string): Element[] {
  const parser = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`)
    },
  })
  const found = parser.parseFromString(svg, 'image/svg+xml').getElementsByTagName(name)
  return Array.from(found) as unknown as Element[]
}

function actionsOf(svg: string): string[] {
  return elementsOf(svg, 'g')
    .filter((element) => !['', 'trigger', null].includes(element.getAttribute('data-kind')))
    .map((element) => element.getAttribute('data-action') ?? '')
}

const finding: Finding = {
  rule: 'REL201',
  severity: 'error',
  category: 'reliability',
  message: 'Nothing <handles> "it".',
  hint: 'Do.',
  action: 'one',
  file: 'Example.json',
  pointer: '',
  fingerprint: '0',
}

describe('a diagram', () => {
  test('of every flow of the corpus is well formed and shows each action once', () => {
    for (const flow of corpusFlows()) {
      const shown = actionsOf(renderDiagram(flow))
      expect(shown.length, flow.file).toBe(flow.actions.size)
      expect(new Set(shown.map((name) => name.toLowerCase())), flow.file).toEqual(
        new Set(flow.actions.keys()),
      )
    }
  })

  test('is an image with a title and a description', () => {
    const svg = renderDiagram(flowOf(composes({ One: [] })))
    const [image] = elementsOf(svg, 'svg')
    expect(image?.getAttribute('role')).toBe('img')
    expect(elementsOf(svg, 'title')[0]?.textContent).toBe('Diagram of Example')
    expect(elementsOf(svg, 'desc')[0]?.textContent).toContain('1 action')
    expect(elementsOf(svg, 'style')[0]?.textContent).toBe(diagramStyle)
  })

  test('takes hostile names for text', () => {
    const names = [
      '<script>alert(1)</script>',
      '"><img src=x>',
      '\u0000\u001b]]>',
      '&lt;',
      '\ud800',
      '__proto__',
      "']]>",
    ]
    const named = Object.fromEntries(
      names.map((name) => [name, { type: 'Scope', actions: {}, runAfter: {} }]),
    )
    const svg = renderDiagram(flowOf(named))
    expect(actionsOf(svg).slice(0, 2)).toEqual(names.slice(0, 2))
    expect(svg).not.toMatch(/<script|<img|<foreignObject|<image|<use|on\w+=|url\(|@import/i)
    expect(svg.match(/https?:\/\/[^"]*/g)).toEqual(['http://www.w3.org/2000/svg'])
  })

  test('tells in words what an action runs after, unless it is success', () => {
    const after = (statuses: string[]) => ({ type: 'Compose', inputs: 1, runAfter: { One: statuses } })
    const svg = renderDiagram(flowOf({ ...composes({ One: [] }), Two: after(['Failed', 'TimedOut']) }))
    expect(svg).toContain('>after Failed, TimedOut</tspan>')
    expect(svg).toContain('fd-line-failure')
    expect(renderDiagram(flowOf({ ...composes({ One: [] }), Two: after(['Succeeded']) }))).not.toContain(
      '>after',
    )
  })

  test('counts the findings of an action beside it', () => {
    const svg = renderDiagram(flowOf(composes({ One: [] })), { findings: [finding, finding] })
    expect(svg).toContain('>E 2</text>')
    expect(elementsOf(svg, 'title').map(({ textContent }) => textContent)).toContain(
      'One\nCompose\nerror REL201: Nothing <handles> "it".\nerror REL201: Nothing <handles> "it".',
    )
  })

  test('has links where it is asked to', () => {
    const flow = flowOf(composes({ One: [], Two: ['One'] }))
    const one = flow.actions.get('one')?.pointer
    const svg = renderDiagram(flow, { linkTo: (pointer) => (pointer === one ? '#action-1' : undefined) })
    expect(elementsOf(svg, 'a').map((element) => element.getAttribute('href'))).toEqual(['#action-1'])
    expect(elementsOf(svg, 'svg')[0]?.getAttribute('role')).toBe('group')
  })

  test('of an empty flow says so', () => {
    expect(renderDiagram(flowOf({}, { triggers: {} }))).toContain('no trigger and no action')
  })

  test('says what it leaves out and when it is stacked', () => {
    let inner: object = composes({ Last: [] })
    for (let level = 40; level > 0; level -= 1)
      inner = { [`S${level}`]: { type: 'Scope', actions: inner, runAfter: {} } }
    const svg = renderDiagram(flowOf(inner), { maxLayered: 0 })
    expect(svg).toContain('11 actions inside, not drawn')
    expect(svg).toContain('11 actions deep inside others are counted, not drawn')
    const crossing = flowOf(composes({ A: [], B: ['A'], C: ['A'], D: ['B', 'C'], E: ['B', 'C'] }))
    expect(renderDiagram(crossing, { maxLayered: 0 })).toContain('too large for a full layout')
    expect(renderDiagram(crossing)).not.toContain('too large for a full layout')
  })

  test('is the same each time', () => {
    const flow = flowOf(composes({ A: [], B: ['A'], C: ['A'], D: ['B', 'C'] }))
    expect(renderDiagram(flow)).toBe(renderDiagram(flow))
  })
})
