import { connectorCallOf, walkActions } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { ObjectValue, Value } from '@flowstead/expressions'
import type { Outcome } from '../host/outcome.ts'
import type { KeptFlow } from './flow-directory.ts'
import { descriptionOf, shownDefinition } from './flow-text.ts'
import { answer, listAnswer, refusal, serverFlows, textOf } from './native-answer.ts'
import type { NativeCall } from './native-operation.ts'

/** The one environment there is, as `workflow()` names it; whatever environment a flow names means this one. */
const environment = 'local'
const environments = '/providers/Microsoft.ProcessSimple/environments'

/** Every flow of the server, without definitions. */
export async function listMyFlows(call: NativeCall): Promise<Outcome> {
  return listAnswer(
    serverFlows(call)
      .list()
      .map((kept) => flowResource(kept, {})),
  )
}

/** One flow with its definition and connection references. */
export async function getFlow(call: NativeCall): Promise<Outcome> {
  const name = textOf(call, 'flowName') ?? ''
  const kept = serverFlows(call).find(name)
  if (kept === undefined)
    return refusal(404, 'FlowNotFound', `There is no flow ${quoted(name)} on this server.`)
  return answer(
    200,
    flowResource(kept, {
      definition: shownDefinition(kept.flow),
      connectionReferences: [...kept.flow.connectionReferences.values()].map(
        ({ key, api, runtimeSource, logicalName }) => ({
          connectionName: key,
          ...(logicalName === undefined ? {} : { connectionReferenceLogicalName: logicalName }),
          source: runtimeSource === 'invoker' ? 'Invoker' : 'Embedded',
          id: `/providers/Microsoft.PowerApps/apis/${api}`,
        }),
      ),
    }),
  )
}

/** The flow as the service describes it; addresses of triggers are secrets and stay out. */
function flowResource(kept: KeptFlow, more: ObjectValue): ObjectValue {
  const { flow, state, createdAt, modifiedAt } = kept
  return {
    name: flow.id,
    id: `${environments}/${environment}/flows/${flow.id}`,
    type: 'Microsoft.ProcessSimple/environments/flows',
    properties: {
      apiId: '/providers/Microsoft.PowerApps/apis/shared_logicflows',
      displayName: flow.name,
      state: state === 'on' ? 'Started' : 'Stopped',
      createdTime: new Date(createdAt).toISOString(),
      lastModifiedTime: new Date(modifiedAt).toISOString(),
      environment: {
        name: environment,
        type: 'Microsoft.ProcessSimple/environments',
        id: `${environments}/${environment}`,
      },
      definitionSummary: definitionSummary(kept),
      ...more,
    },
  }
}

function definitionSummary({ flow }: KeptFlow): ObjectValue {
  const description = descriptionOf(flow)
  return {
    triggers: flow.triggers.map(({ type, kind }) => ({ type, ...(kind === undefined ? {} : { kind }) })),
    actions: [...walkActions(flow)].map(({ action }): Value => {
      const operation = connectorCallOf(flow, action)?.operation
      return { type: action.type, ...(operation === undefined ? {} : { swaggerOperationId: operation }) }
    }),
    ...(description === undefined ? {} : { description }),
  }
}
