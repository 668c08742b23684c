import { findKey } from './compile/property.ts'
import type { Scope } from './scope.ts'
import { isObject, type ObjectValue, type Value } from './value.ts'

/** What an expression may read, as plain data; every part may be absent. */
export interface ScopeData {
  readonly variables?: ObjectValue
  readonly parameters?: ObjectValue
  readonly appsettings?: ObjectValue
  /** Action records by name; `outputs` of a record is what `outputs()` gives. */
  readonly actions?: ObjectValue
  readonly trigger?: Value
  readonly item?: Value
  /** Current elements by loop. */
  readonly items?: ObjectValue
  readonly iterationIndexes?: ObjectValue
  /** Arrays of records by scope, for `result()`. */
  readonly results?: ObjectValue
  readonly workflow?: Value
  /** The record that `action()` gives. */
  readonly action?: Value
  readonly callbackUrl?: string
  /** The fixed instant: ISO text or ms since the epoch. Default: the clock of the caller, see `ScopeSources`. */
  readonly now?: string | number
}

/** Where time and randomness come from when the data do not fix them; default instant 0 and draws of 0. */
export interface ScopeSources {
  readonly now?: () => number
  readonly random?: () => number
}

/** A scope over plain data, for evaluating one expression outside a run. */
export function scopeFromData(data: ScopeData, sources: ScopeSources = {}): Scope {
  const now = data.now === undefined ? undefined : instantOf(data.now)
  return {
    now: () => now ?? sources.now?.() ?? 0,
    random: () => sources.random?.() ?? 0,
    variable: (name) => named(data.variables, name),
    parameter: (name) => named(data.parameters, name),
    appsetting: (name) => named(data.appsettings, name),
    action: (name) => named(data.actions, name),
    outputs(name) {
      const record = named(data.actions, name)
      return isObject(record) ? (named(record, 'outputs') ?? null) : undefined
    },
    result: (name) => named(data.results, name),
    trigger: () => data.trigger,
    item: () => data.item,
    items: (loop) => named(data.items, loop),
    iterationIndex(loop) {
      const index = named(data.iterationIndexes, loop)
      return typeof index === 'number' ? index : undefined
    },
    workflow: () => data.workflow,
    currentAction: () => data.action,
    callbackUrl: () => data.callbackUrl,
  }
}

function named(object: ObjectValue | undefined, name: string): Value | undefined {
  const key = object === undefined ? undefined : findKey(object, name)
  return key === undefined ? undefined : object?.[key]
}

/** Milliseconds, with the 100 ns that an ISO text may have as a fraction. */
function instantOf(now: string | number): number {
  if (typeof now === 'number') return now
  const beyondMs = /\.\d{3}(\d+)/.exec(now)?.[1]
  return Date.parse(now) + (beyondMs === undefined ? 0 : Number(`0.${beyondMs}`))
}
