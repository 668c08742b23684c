import type { Flow } from '@flowstead/definition'
import { parseJson, printJson, type Value } from '@flowstead/expressions'
import { compileFlow, history, type RunEvent, type RunHistory } from '@flowstead/machine'
import { describe, expect, test } from 'vitest'
import { flowOf, loadFlowCases } from './flow-case.testing.ts'
import { actualShape, expectedActions, expectedShape, named } from './history-shape.testing.ts'
import { runFlowCase } from './run-flow-case.testing.ts'

const cases = loadFlowCases()

const running = cases.filter(({ skip }) => skip === undefined)
for (const { id, skip } of cases) {
  if (skip !== undefined) console.info(`conformance/flows/${id} is skipped: ${skip}`)
}

test.each(running.map((flowCase) => [flowCase.id, flowCase.title, flowCase] as const))(
  '%s: %s',
  async (_id, _title, flowCase) => {
    const flow = flowOf(flowCase)
    const run = await runFlowCase(flowCase, flow, compileFlow(flow))
    const { response } = flowCase.expect

    expect({ errors: run.errors, callsWithoutAnswer: run.unanswered }).toEqual({
      errors: [],
      callsWithoutAnswer: [],
    })
    expect(actualShape(run.history, flowCase.expect)).toEqual(expectedShape(flowCase.expect))
    expect(run.unused).toEqual([])
    expect(run.unsubscribed).toBe(Object.keys(flowCase.callbacks ?? {}).length)
    expect(run.responses.map((answer) => named({ ...answer }, response as unknown as Value))).toEqual(
      response === null ? [] : [response],
    )
    expect(replayed(flowOf(flowCase), run.journal)).toEqual(run.history)
  },
)

describe('the cases with a Request trigger', () => {
  const chosen = running
    .map((flowCase) => ({ flowCase, flow: flowOf(flowCase) }))
    .filter(({ flow }) => flow.triggers[0]?.type === 'Request')
  const sizes = new Map(chosen.map(({ flowCase, flow }) => [flowCase.definition, flow.actions.size]))
  const records = chosen.flatMap(({ flowCase, flow }) =>
    [...expectedActions(flowCase.expect.actions)].map(([path, { is }]) => ({
      type: flow.actions.get(decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)).toLowerCase())?.type,
      status: is.split(' ')[0],
      runStatus: flowCase.expect.status,
    })),
  )

  test('run at least ten definitions with a median of twelve actions or more', () => {
    const sorted = [...sizes.values()].sort((one, other) => one - other)
    const middle = (sorted.length - 1) / 2
    const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
    expect(sizes.size).toBeGreaterThanOrEqual(10)
    expect(median).toBeGreaterThanOrEqual(12)
  })

  test.each(['Foreach', 'Until', 'Switch', 'ParseJson', 'Query', 'Terminate'])('run a %s', (type) => {
    expect(records.filter((record) => record.type === type && record.status !== 'Skipped')).not.toEqual([])
  })

  test.each(['Succeeded', 'Failed'])('have a branch that fails in a run that ends %s', (runStatus) => {
    expect(
      records.filter((record) => record.status === 'Failed' && record.runStatus === runStatus),
    ).not.toEqual([])
  })
})

/** The history of a journal that went through its text form, under a plan compiled anew. */
function replayed(flow: Flow, journal: readonly RunEvent[]): RunHistory {
  const copy = parseJson(printJson(journal as unknown as Value)) as unknown as RunEvent[]
  return history(compileFlow(flow), copy)
}
