/** One text with expressions, as the definition package reads it; rules ask the subject for these. */
export type { PlacedExpression } from '@flowstead/definition'
