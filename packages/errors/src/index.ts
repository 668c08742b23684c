export type { ErrorPlace } from './flowstead-error.ts'
export { FlowsteadError, isFlowsteadError, quoted } from './flowstead-error.ts'
