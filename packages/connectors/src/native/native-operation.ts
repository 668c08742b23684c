import type { Value } from '@flowstead/expressions'
import type { Outbound } from '@flowstead/outbound'
import type { Connection } from '../connection.ts'
import type { Clock } from '../host/clock.ts'
import type { Outcome } from '../host/outcome.ts'
import type { Connector } from '../library/connector.ts'
import type { Operation } from '../library/operation.ts'
import { getRow, listRows } from './dataverse/dataverse.ts'
import type { FlowDirectory } from './flow-directory.ts'
import { getFlow, listMyFlows } from './flow-management.ts'
import { sendEmail } from './smtp.ts'

/**
 * An operation without an HTTP service behind it. The definition names it with `x-flowstead-native`; its
 * parameters, defaults and connection come from the definition like those of any other operation.
 */
export type NativeOperation = (call: NativeCall) => Promise<Outcome>

export interface NativeCall {
  readonly connector: Connector
  readonly connection: Connection
  readonly operation: Operation
  /** Values by the name of the parameter, defaults included. */
  readonly parameters: ReadonlyMap<string, Value>
  /** The body of the request the operation's parameters make. */
  readonly body: Value | undefined
  readonly idempotencyKey: string
  readonly signal: AbortSignal
  readonly outbound: Outbound
  readonly clock: Clock
  readonly flows: FlowDirectory
}

/** Native operations by the name that definitions use. */
export const nativeOperations: ReadonlyMap<string, NativeOperation> = new Map([
  ['dataverse.getRow', getRow],
  ['dataverse.listRows', listRows],
  ['flows.get', getFlow],
  ['flows.list', listMyFlows],
  ['smtp.sendEmail', sendEmail],
])
