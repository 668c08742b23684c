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
