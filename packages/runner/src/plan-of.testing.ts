import { readFlows } from '@flowstead/definition'
import { compileFlow, type FlowPlan } from '@flowstead/machine'

/** The plan of a definition with these actions, behind a Request trigger that `trigger` adds to. */
export function planOf(actions: object, trigger: object = {}): FlowPlan {
  const definition = {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: {}, ...trigger } },
    actions,
  }
  const { flows, problems } = readFlows(new TextEncoder().encode(JSON.stringify(definition)), 'flow.json')
  const [flow] = flows
  if (flow === undefined)
    throw new Error(`The definition of the test is not a flow: ${JSON.stringify(problems)}`)
  return compileFlow(flow)
}

/** An Http action. */
export function call(name: string, after: string | null = null, more: object = {}): object {
  return {
    [name]: {
      type: 'Http',
      inputs: { method: 'POST', uri: `http://127.0.0.1/${name}`, retryPolicy: { type: 'none' } },
      runAfter: after === null ? {} : { [after]: ['Succeeded'] },
      ...more,
    },
  }
}

/** A Response action with status 200. */
export function response(after: string | null, body: unknown = 'done'): object {
  const runAfter = after === null ? {} : { [after]: ['Succeeded'] }
  return { Response: { type: 'Response', kind: 'Http', inputs: { statusCode: 200, body }, runAfter } }
}
