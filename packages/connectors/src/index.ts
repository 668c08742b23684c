export { type ConnectorErrorCode, connectorErrors } from './codes.ts'
export type { Connection, ConnectionAnswer, ConnectionQuery, Connections, Target } from './connection.ts'
export { connectionValue, secretsOf } from './connection.ts'
export { connectorFacts, isPartial } from './facts.ts'
export type { Clock } from './host/clock.ts'
export type { Exchange } from './host/exchange.ts'
export {
  type CallContext,
  type CallRequest,
  type ConnectorsHost,
  createConnectorHost,
  type HostOptions,
} from './host/host.ts'
export { type Outcome, retryAfterMs } from './host/outcome.ts'
export { createThrottles, type Throttles } from './host/throttle.ts'
export type {
  ConnectionParameter,
  Connector,
  ConnectorProblem,
  Throttle,
} from './library/connector.ts'
export {
  type ConnectorLibrary,
  type FoundConnector,
  findOperation,
  type LibraryOptions,
  normalizeApiName,
  openConnectorLibrary,
} from './library/library.ts'
export type { Operation, Parameter, TriggerKind } from './library/operation.ts'
export type { FileWarning } from './library/parse-definition.ts'
export type { FlowDirectory, KeptFlow } from './native/flow-directory.ts'
export { createRedactor, type Redact, redactValue } from './redact.ts'
export {
  type BuiltRequest,
  buildRequest,
  type RequestFor,
  type RequestRecord,
} from './request/build-request.ts'
export type { SubscribeCall } from './webhook/subscribe-request.ts'
export type { SubscribeResult, Subscription, UnsubscribeResult } from './webhook/webhooks.ts'
