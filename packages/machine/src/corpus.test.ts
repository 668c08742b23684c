import { readFileSync } from 'node:fs'
import { type Flow, readFlows } from '@flowstead/definition'
import { printJson, type Value } from '@flowstead/expressions'
import { expect, test } from 'vitest'
import { compileFlow } from './compile.ts'
import { answer, drive, triggered } from './drive.testing.ts'
import { history } from './history.ts'
import { madeUpFor } from './made-up.testing.ts'
import { replay } from './replay.ts'
import { hasEnded } from './state.ts'

const corpus = new URL('../../../conformance/corpus/', import.meta.url)
const { definitions } = JSON.parse(readFileSync(new URL('index.json', corpus), 'utf8')) as {
  definitions: { file: string }[]
}

function flowsOf(file: string): readonly Flow[] {
  return readFlows(readFileSync(new URL(file, corpus)), file).flows
}

const files = [...new Set(definitions.map((definition) => definition.file))]
const flows = files.flatMap((file) => flowsOf(file))

test('every definition of the corpus runs to its end with made-up answers, and its replay is equal', () => {
  const statuses = new Map<string, number>()
  for (const flow of flows) {
    const plan = compileFlow(flow)
    const madeUp = madeUpFor(flow)
    const trigger = {
      name: flow.triggers[0]?.name ?? '',
      outputs: madeUp.trigger,
      startTime: '',
      endTime: '',
      status: 'Succeeded',
    }
    const { events, state } = drive(plan, {
      outcome: ({ path }) => answer(200, madeUp.body(path.split('/').at(-1) ?? '')),
      triggered: { trigger, caller: 'waiting', env: { ...triggered().env, parameters: madeUp.parameters } },
      budget: () => 1_000,
    })
    expect(hasEnded(state), flow.file).toBe(true)
    const again = replay(plan, events)
    expect(printJson(again as unknown as Value), flow.file).toBe(printJson(state as unknown as Value))
    for (const { status, path } of history(plan, events).actions)
      expect(status, `${flow.file} ${path}`).not.toBe('Running')
    statuses.set(state.status, (statuses.get(state.status) ?? 0) + 1)
  }
  expect(definitions).toHaveLength(159)
  expect(flows.length).toBeGreaterThan(140)
  expect(statuses.get('Succeeded')).toBeGreaterThan(60)
  process.stdout.write(
    `corpus: ${flows.length} flows ran, ${[...statuses].map((entry) => entry.join(' ')).join(', ')}\n`,
  )
})
