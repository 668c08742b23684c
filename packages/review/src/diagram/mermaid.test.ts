import { describe, expect, test } from 'vitest'
import { composes, corpusFlows, flowOf } from './flows.testing.ts'
import { renderMermaid } from './mermaid.ts'

/** A line is one of these, and holds nothing outside quotes that is not ours. */
const grammar = [
  /^flowchart TD$/,
  /^ +subgraph a\d+box\["[^"]*"\]$/,
  /^ +end$/,
  /^ +[at]\d+[[({>/]+"[^"<>`]*(<br\/>[^"<>`]*)?"[\])}/\\]+:::kind[A-Z][a-z]+$/,
  /^ +[at]\d+(box)? (-->|-\.->)(\|"[^"<>`]*"\|)? a\d+$/,
  /^ +classDef kind[A-Z][a-z]+ fill:#\w{6},stroke:#\w{6},color:#\w{6}$/,
]

function complaints(text: string): string[] {
  const lines = text.trimEnd().split('\n')
  const opened = lines.filter((line) => line.includes('subgraph ')).length
  const closed = lines.filter((line) => line.trim() === 'end').length
  const strange = lines.filter((line) => !grammar.some((form) => form.test(line)))
  return opened === closed ? strange : [...strange, `${opened} opened, ${closed} closed`]
}

describe('a Mermaid flowchart', () => {
  test('of every flow of the corpus has only lines of its grammar, and each action once', () => {
    for (const flow of corpusFlows()) {
      const text = renderMermaid(flow)
      expect(complaints(text), flow.file).toEqual([])
      expect(text.match(/^ *a\d+[^ b\d]/gm)?.length ?? 0, flow.file).toBe(flow.actions.size)
    }
  })

  test('nests containers, names branches, dots what follows a container', () => {
    const text = renderMermaid(
      flowOf({
        Is_new: {
          type: 'If',
          expression: {},
          actions: composes({ Yes_first: [] }),
          else: { actions: composes({ No_first: [] }) },
          runAfter: {},
        },
        Then: { type: 'Compose', inputs: 1, runAfter: { Is_new: ['Failed'] } },
      }),
    )
    expect(text.slice(0, text.indexOf('  classDef'))).toMatchInlineSnapshot(`
      "flowchart TD
        t1(["manual<br/>Request · Http"]):::kindTrigger
        subgraph a1box["Condition"]
          a1{"Is new<br/>If"}:::kindCondition
          a2[/"Yes first<br/>Compose"/]:::kindVariable
          a1 -->|"Yes"| a2
          a3[/"No first<br/>Compose"/]:::kindVariable
          a1 -->|"No"| a3
        end
        a4[/"Then<br/>Compose"/]:::kindVariable
        t1 --> a1
        a1box -.->|"after Failed"| a4
      "
    `)
  })

  test.each([
    'end',
    '"]; click a1 "javascript:x"',
    '%%{init: {}}%%',
    '<b>',
    '#quot;',
    '`*x*`',
    'a\nend\nb',
    '1. x',
  ])('takes %j for text', (name) => {
    expect(complaints(renderMermaid(flowOf(composes({ [name]: [] }))))).toEqual([])
  })
})
