import type { ObjectValue, Value } from '@flowstead/expressions'
import type { Engine } from './engine.ts'
import type { RunEnvironment } from './event.ts'
import { isoInstant } from './instant.ts'
import { indexesOf } from './path.ts'
import type { ActionPlan, Block, FlowPlan } from './plan.ts'
import { routeTo, runsAt } from './route.ts'
import { type ActionRun, holdsInputs, holdsOutputs } from './state.ts'

/** What `actions('A')` gives for one action run. */
export function actionRecord(engine: Engine, action: ActionPlan, run: ActionRun): ObjectValue {
  const record: ObjectValue = { name: action.name }
  if (run.holds & holdsInputs) record.inputs = run.inputs
  if (run.holds & holdsOutputs) record.outputs = run.outputs
  record.startTime = isoInstant(run.startedAt)
  if (run.endedAt !== 0) record.endTime = isoInstant(run.endedAt)
  record.clientTrackingId = engine.state.trigger.clientTrackingId ?? engine.state.env.runId
  if (run.code !== null) record.code = run.code
  record.status = run.status
  if (run.error !== null) record.error = { code: run.error.code, message: run.error.message }
  return record
}

/** What `result('A')` gives: the direct children of a container, of a loop in each repetition. */
export function resultRecords(engine: Engine, container: ActionPlan): Value | undefined {
  const here = engine.plan.layouts[engine.inside.layout] as FlowPlan['root']
  const runs = runsAt(engine, routeTo(here, container.block.layout))
  const run = runs?.[container.slot]
  if (runs === undefined || run === null || run === undefined) return undefined
  if (container.body !== null) return repetitionRecords(engine, container, run)
  return container.blocks.flatMap((block) => blockRecords(engine, block, runs))
}

function blockRecords(engine: Engine, block: Block, runs: readonly (ActionRun | null)[]): ObjectValue[] {
  return block.direct.flatMap((slot) => {
    const run = runs[slot]
    return run ? [actionRecord(engine, block.layout.slots[slot] as ActionPlan, run)] : []
  })
}

function repetitionRecords(engine: Engine, loop: ActionPlan, run: ActionRun): ObjectValue[] {
  const body = loop.body?.blocks[0] as Block
  const here = engine.plan.layouts[engine.inside.layout] as FlowPlan['root']
  const { up, down } = routeTo(here, loop.block.layout)
  const outside = down.length === 0 ? indexesOf(engine.state, engine.outer(up), loop) : []
  const turns = [...(run.turns?.all ?? [])].sort((one, other) => one.index - other.index)
  return turns.flatMap(({ index, runs }) =>
    blockRecords(engine, body, runs).map((record) => ({
      ...record,
      repetitionIndexes: [...outside, { scopeName: loop.name, itemIndex: index }].map((place) => ({
        ...place,
      })),
    })),
  )
}

/** What `workflow()` gives. Power Automate names a flow by its id and shows its title among the tags. */
export function workflowRecord(plan: FlowPlan, env: RunEnvironment): ObjectValue {
  const id = `/workflows/${env.flowId}`
  return {
    id,
    name: plan.dialect === 'PowerAutomate' ? env.flowId : env.flowName,
    type: 'Microsoft.Logic/workflows',
    location: 'local',
    tags: { flowDisplayName: env.flowName, environmentName: 'local', logicAppName: env.flowId },
    run: { id: `${id}/runs/${env.runId}`, name: env.runId, type: 'Microsoft.Logic/workflows/runs' },
  }
}
