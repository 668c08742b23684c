export { openArchive } from './archive/open-archive.ts'
export { looksLikeZip } from './archive/zip-directory.ts'
export { type ProblemCode, problemCodes } from './codes.ts'
export { type ConnectorCall, connectorCallOf } from './connector-call.ts'
export { plainKeys, typesWithSchema } from './expression-places.ts'
export { type PlacedExpression, readExpressions } from './expressions.ts'
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
export { shallowXml } from './formats/shallow-xml.ts'
export { locate, locateAll, type Place } from './json/locate.ts'
export { member, memberAt, members, objectMember, textMember } from './json/member.ts'
export { pointerKeys, pointerTo } from './json/pointer.ts'
export { apiName } from './model/api-name.ts'
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
export { problemsOfStructure, validateFlow } from './validate/validate-flow.ts'
export { depthOf, type PlacedAction, walkActions, walkBlock, walkBlocks } from './walk.ts'
