import { type ApiClient, apiPath } from './api-client.ts'
import { type FlowRecord, finalStatuses, type RunRecord } from './records.ts'
import { type ActionTree, actionTree } from './run-text.ts'

/** The run once it is final, or as it is when `seconds` are over. */
export async function waitForRun(api: ApiClient, id: string, seconds: number): Promise<RunRecord> {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const left = Math.max(0, Math.ceil((deadline - Date.now()) / 1000))
    const run = await api.send<RunRecord>(apiPath`/api/runs/${id}/wait?seconds=${Math.min(left, 30)}`)
    if (finalStatuses.has(run.properties.status) || Date.now() >= deadline) return run
  }
}

/** How the actions of the run's flow nest; flat when the flow is no longer there. */
export async function treeOfRun(api: ApiClient, run: RunRecord): Promise<ActionTree[]> {
  // `/workflows/<id>` or the bare id.
  const flowId = run.properties.workflow.id.split('/').at(-1) ?? ''
  const path = apiPath`/api/flows/${flowId}`
  const answer = await api.send<Partial<FlowRecord>>(path, { accept: [404] })
  return actionTree(answer.definition)
}
