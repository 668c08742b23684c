export { type ProblemCode, problemCodes } from './codes.ts'
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
export { type NamedFile, readFlowFiles, readFlows } from './read-flows.ts'
export type { ReadOptions } from './read-options.ts'
export type { Reading } from './read-text.ts'
export { depthOf, type PlacedAction, walkActions, walkBlock, walkBlocks } from './walk.ts'
