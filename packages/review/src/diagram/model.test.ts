import { describe, expect, test } from 'vitest'
import { composes, flowOf } from './flows.testing.ts'
import { type DiagramBranch, type DiagramNode, diagramModel } from './model.ts'

function outline({ nodes, edges }: DiagramBranch): unknown[] {
  const inside = (node: DiagramNode) =>
    node.branches.map((branch) => [branch.label ?? '', ...outline(branch)])
  return [
    ...nodes.map((node) => [`${node.id} ${node.kind} ${node.label} (${node.caption})`, ...inside(node)]),
    ...edges.map(({ from, to, line, after, label }) => `${from} ${line} ${to} ${after} ${label}`.trim()),
  ]
}

describe('a diagram model', () => {
  test('holds nodes, branches and arrows of a flow', () => {
    const model = diagramModel(
      flowOf({
        Get_items: {
          type: 'OpenApiConnection',
          inputs: {
            host: { connectionName: 'shared_lists', operationId: 'GetItems', apiId: '/x/shared_lists' },
          },
          runAfter: {},
        },
        For_each: {
          type: 'Foreach',
          foreach: "@body('Get_items')",
          actions: {
            Is_new: {
              type: 'If',
              expression: {},
              actions: { Add: { type: 'AppendToArrayVariable', inputs: { name: 'found' }, runAfter: {} } },
              runAfter: {},
            },
          },
          runAfter: { Get_items: ['Succeeded'] },
        },
        By_kind: {
          type: 'Switch',
          expression: '@x',
          cases: { Case: { case: 'red', actions: composes({ Red: [] }) } },
          runAfter: { For_each: ['Succeeded', 'Failed'] },
        },
        Stop: {
          type: 'Terminate',
          inputs: { runStatus: 'Failed' },
          runAfter: { get_items: ['Failed', 'TimedOut'], By_kind: ['Skipped'] },
        },
      }),
    )
    expect(model.triggers.map(({ id, label, caption }) => [id, label, caption])).toEqual([
      ['t1', 'manual', 'Request · Http'],
    ])
    expect(outline(model.root)).toMatchInlineSnapshot(`
      [
        [
          "a1 action Get items (GetItems · lists)",
        ],
        [
          "a2 foreach For each (Foreach · @body('Get_items'))",
          [
            "",
            [
              "a3 condition Is new (If)",
              [
                "Yes",
                [
                  "a4 variable Add (AppendToArrayVariable · found)",
                ],
                "a3 solid a4 plain",
              ],
              [
                "No",
              ],
            ],
            "a2 solid a3 plain",
          ],
        ],
        [
          "a5 switch By kind (Switch · @x)",
          [
            "Case = red",
            [
              "a6 variable Red (Compose)",
            ],
            "a5 solid a6 plain",
          ],
          [
            "Default",
          ],
        ],
        [
          "a7 terminate Stop (Terminate · Failed)",
        ],
        "t1 solid a1 plain",
        "a1 solid a2 plain",
        "a2 dotted a5 mixed after Succeeded, Failed",
        "a1 solid a7 failure after Failed, TimedOut",
        "a5 dotted a7 failure after Skipped",
      ]
    `)
  })

  test('folds what is deeper than it draws, and counts it', () => {
    const inner = { Two: { type: 'Scope', actions: composes({ Three: [], Four: ['Three'] }), runAfter: {} } }
    const flow = flowOf({ One: { type: 'Scope', actions: inner, runAfter: {} } })
    const model = diagramModel(flow, { maxDepth: 2 })
    const two = model.root.nodes[0]?.branches[0]?.nodes[0]
    expect([model.actions, model.hidden, two?.hidden, two?.branches]).toEqual([4, 2, 2, []])
  })

  test('tells what no arrow can show', () => {
    const model = diagramModel(flowOf(composes({ One: ['Nobody'], Two: ['Two'], Three: ['manual'] })))
    expect(model.root.nodes.map(({ faults }) => faults)).toEqual([
      ['Runs after "Nobody", which is not beside it.'],
      ['Runs after itself.'],
      [],
    ])
    expect(model.root.edges.map(({ from, to, label }) => [from, to, label])).toEqual([
      ['t1', 'a3', ''],
      ['t1', 'a1', 'after what is not there'],
      ['t1', 'a2', 'after what is not there'],
    ])
  })

  test('leads to what runs in a circle', () => {
    const model = diagramModel(flowOf(composes({ One: ['Two'], Two: ['One'], Three: ['Two'] })))
    expect(model.root.edges.filter(({ from }) => from === 't1').map(({ to, label }) => [to, label])).toEqual([
      ['a1', 'in a circle'],
    ])
  })

  test('keeps two actions of one name apart', () => {
    const flow = flowOf({
      One: { type: 'Scope', actions: composes({ Same: [], After: ['Same'] }), runAfter: {} },
      Two: { type: 'Scope', actions: composes({ Same: [], Later: ['Same'] }), runAfter: {} },
    })
    const inside = diagramModel(flow).root.nodes.map(({ branches }) => branches[0]?.edges.map(({ to }) => to))
    expect(inside).toEqual([
      ['a2', 'a3'],
      ['a5', 'a6'],
    ])
  })
})
