export { type ProblemCode, problemCodes } from './codes.ts'
export { type ConnectorCall, connectorCallOf } from './connector-call.ts'
export type {
  ActionDefinition,
  BlockDefinition,
  ConnectionReference,
  Dialect,
  Flow,
  FlowFormat,
  ParameterDeclaration,
  Problem,
  RunAfter,
  Severity,
  TriggerDefinition,
} from './flow.ts'
export { locate, type Place } from './json/locate.ts'
export { pointerTo } from './json/pointer.ts'
export {
  actionTypes,
  canonicalActionType,
  canonicalKind,
  canonicalStatus,
  canonicalTriggerType,
  triggerTypes,
} from './model/vocabulary.ts'
export { type NamedFile, readFlowFiles, readFlows } from './read-flows.ts'
export type { ReadOptions } from './read-options.ts'
export type { Reading } from './read-text.ts'
export { type ConnectorUse, type Count, type FlowSummary, summarise } from './summary.ts'
export type { ConnectorFacts } from './validate/connections.ts'
export { validateFlow } from './validate/validate-flow.ts'
export { depthOf, type PlacedAction, walkActions, walkBlock, walkBlocks } from './walk.ts'
