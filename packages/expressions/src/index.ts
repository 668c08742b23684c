export { Decimal, WholeFloat } from './numbers.ts'
export type { Bind, BoundCall, Scope } from './scope.ts'
export type { ObjectValue, Value } from './value.ts'
