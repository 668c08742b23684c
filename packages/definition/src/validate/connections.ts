// Third layer: every connector call has a connection reference, and the connector has the operation.
import { quoted } from '@flowstead/errors'
import { connectorCallOf } from '../connector-call.ts'
import type { ActionDefinition, Flow, TriggerDefinition } from '../flow.ts'
import { pointerTo } from '../json/pointer.ts'
import type { Report } from '../report.ts'
import { walkActions } from '../walk.ts'

/** What validation asks about connectors. */
export interface ConnectorFacts {
  /**
   * `operation-not-here`: the definition at hand has only some of the connector's operations.
   * @param api name of the API, such as `shared_vome`.
   */
  operation(
    api: string,
    operationId: string,
  ): 'known' | 'unknown-operation' | 'operation-not-here' | 'unknown-connector'
}

/** Reports calls through connections that are not declared, and, with facts, operations that do not exist. */
export function checkConnections(flow: Flow, facts: ConnectorFacts | undefined, report: Report): void {
  const missing = new Set<string>()
  for (const caller of [...flow.triggers, ...[...walkActions(flow)].map(({ action }) => action)]) {
    if (!caller.type.startsWith('OpenApiConnection')) continue
    checkReference(flow, caller, report)
    if (facts !== undefined) checkOperation(flow, caller, facts, missing, report)
  }
}

type Caller = ActionDefinition | TriggerDefinition

function checkReference(flow: Flow, caller: Caller, report: Report): void {
  const connection = connectorCallOf(flow, caller)?.connection
  // A definition without any reference came without the part that has them.
  if (
    connection === undefined ||
    flow.connectionReferences.size === 0 ||
    flow.connectionReferences.has(connection)
  )
    return
  report({
    code: 'Definition.UnknownConnection',
    pointer: pointerTo(caller.pointer, 'inputs', 'host', 'connectionName'),
    message: `${quoted(caller.name)} uses the connection ${quoted(connection)}, which connectionReferences does not have.`,
    unknown: { name: connection, known: () => flow.connectionReferences.keys() },
  })
}

function checkOperation(
  flow: Flow,
  caller: Caller,
  facts: ConnectorFacts,
  missing: Set<string>,
  report: Report,
): void {
  const call = connectorCallOf(flow, caller)
  if (call?.api === undefined || call.operation === undefined) return
  const answer = facts.operation(call.api, call.operation)
  const host = pointerTo(caller.pointer, 'inputs', 'host')
  if (answer === 'unknown-operation') {
    const message = `The connector ${quoted(call.api)} has no operation ${quoted(call.operation)}.`
    report({ code: 'Definition.UnknownOperation', pointer: pointerTo(host, 'operationId'), message })
  } else if (answer === 'operation-not-here') {
    const message = `${quoted(call.operation)} is not among the operations of ${quoted(call.api)} that are here; ${quoted(caller.name)} will fail when it is reached.`
    const pointer = pointerTo(host, 'operationId')
    report({ code: 'Definition.UnknownOperation', severity: 'warning', pointer, message })
  } else if (answer === 'unknown-connector' && !missing.has(call.api)) {
    missing.add(call.api)
    const message = `There is no definition of the connector ${quoted(call.api)}; its actions will fail when they are reached.`
    const hint = 'Put its apiDefinition.swagger.json into a folder of "connectors".'
    report({ code: 'Definition.UnknownConnector', pointer: host, message, hint })
  }
}
