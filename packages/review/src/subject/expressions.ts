export type { PlacedExpression } from '@flowstead/definition'
