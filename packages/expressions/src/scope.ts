import type { Value } from './value.ts'

/**
 * What expressions ask of the run they are evaluated in. A missing thing is `undefined`; the function that
 * asked turns that into `MissingReference`. Names are compared without case by whoever implements this.
 */
export interface Scope {
  /** The instant of the event being processed, ms since the epoch. */
  now(): number
  /** The next draw of this action run, 0 ≤ x < 1. */
  random(): number
  variable(name: string): Value | undefined
  parameter(name: string): Value | undefined
  appsetting(name: string): Value | undefined
  /** The full record `actions('A')` gives: name, inputs, outputs, status, code, startTime, endTime, … */
  action(name: string): Value | undefined
  /** `outputs('A')`; null for a skipped action, `undefined` when there is none or it is not final. */
  outputs(name: string): Value | undefined
  /** Records of the direct children, for `result('Scope')`. */
  result(name: string): Value | undefined
  trigger(): Value | undefined
  /** Element of the innermost Select, Query, Table or Foreach. */
  item(): Value | undefined
  items(loop: string): Value | undefined
  iterationIndex(loop: string): number | undefined
  workflow(): Value | undefined
  /** The record of the action itself, where `action()` is allowed. */
  currentAction(): Value | undefined
  callbackUrl(): string | undefined
}

/** A call such as `outputs('A')`, offered to the binder when an expression is compiled. */
export interface BoundCall {
  /** Canonical spelling: outputs, body, actions, result, variables, parameters, items, iterationIndexes, … */
  readonly fn: string
  /** The first argument when it is a literal; `undefined` when it is computed or absent. */
  readonly name: string | undefined
  /**
   * False when the value goes straight into a function that keeps nothing of it (`length`, `last`,
   * `contains`, `join` …) or into a property access, so that reading a variable does not share it.
   */
  readonly isKept: boolean
}

/**
 * Resolves references at compile time: the closure returned replaces the look-up by name. `undefined` from
 * the binder leaves the call to `Scope`; `undefined` from the closure means "no such thing".
 */
export type Bind = (call: BoundCall) => ((scope: Scope) => Value | undefined) | undefined
