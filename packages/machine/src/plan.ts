import type { ActionDefinition, Dialect, Flow } from '@flowstead/definition'
import type { Template } from '@flowstead/expressions'
import type { ActionHandler } from './handler.ts'
import type { Outcome } from './outcome.ts'
import type { RunError } from './status.ts'
import type { StatusSet } from './status-set.ts'

/*
 * A flow version, compiled once and read only afterwards. The root and the body of every loop are layouts;
 * inside a layout every action has a fixed slot, whatever scopes it sits in, so that a run's state is a few
 * small arrays per live layout.
 */

/** Place of an action in its layout. */
export type Slot = number

export interface FlowPlan {
  readonly flow: Flow
  readonly dialect: Dialect
  /** The root is the first. */
  readonly layouts: readonly Layout[]
  readonly root: Layout
  /** Every action by lower-cased name. */
  readonly byName: ReadonlyMap<string, ActionPlan>
  /** Places of the variables in the state, by lower-cased name. */
  readonly variables: ReadonlyMap<string, number>
  /** Declared parameters by lower-cased name. */
  readonly parameters: ReadonlyMap<string, ParameterPlan>
  readonly triggers: ReadonlyMap<string, TriggerPlan>
  readonly outputs: readonly { readonly name: string; readonly value: Template }[]
  /** Whether some action could answer a caller. */
  readonly hasResponse: boolean
}

export interface Layout {
  readonly id: number
  readonly loop: ActionPlan | null
  readonly parent: Layout | null
  readonly slots: ActionPlan[]
  /** The first is the layout's own block, the others belong to containers in it. */
  readonly blocks: Block[]
  /** Predecessors per slot, copied into each new frame. */
  readonly missing: number[]
  /** Actions per block, copied into each new frame. */
  readonly left: number[]
}

export interface Block {
  readonly index: number
  readonly layout: Layout
  readonly owner: ActionPlan | null
  readonly key: string
  /** Slots of its own actions, in definition order. */
  readonly direct: Slot[]
  readonly starts: Slot[]
  readonly leaves: Slot[]
  /** Its actions and everything nested in them up to the next loop. */
  readonly all: Slot[]
}

/** An edge to a predecessor. */
export interface After {
  readonly slot: Slot
  readonly accepts: StatusSet
  /** The statuses as messages show them. */
  readonly expected: string
}

/** Which parts of finished action runs somebody refers to; the rest is dropped. */
export interface Keeps {
  inputs: boolean
  outputs: boolean
  /** Of a loop: the records of its last repetition. */
  last: boolean
  /** Of a loop: the records of every repetition. */
  all: boolean
}

export interface ActionPlan {
  readonly name: string
  readonly encodedName: string
  readonly type: string
  readonly definition: ActionDefinition
  readonly slot: Slot
  readonly block: Block
  readonly after: After[]
  readonly next: Slot[]
  /** Blocks in the same layout: Scope, If, Switch. */
  readonly blocks: Block[]
  /** Body of Foreach and Until. */
  body: Layout | null
  readonly keeps: Keeps
  handler: ActionHandler
  templates: unknown
  /** Set when the action cannot run; it fails with this when it is reached. */
  broken: Outcome | null
  /** Control actions report expression errors under their own code. */
  readonly isControl: boolean
  timeout: Template | null
  staticResult: Outcome | null
  tracked: Template | null
  readonly secured: { inputs: boolean; outputs: boolean }
  readonly skipped: SkipErrors
}

/** Errors of skipped records that are the same every time. */
export interface SkipErrors {
  readonly branch: RunError
  readonly dependency: RunError
}

export interface ParameterPlan {
  readonly name: string
  readonly default: Template | null
}

export interface TriggerPlan {
  readonly name: string
  readonly type: string
  readonly inputs: Template | null
  readonly conditions: readonly Template[]
  readonly splitOn: Template | null
  readonly trackingId: Template | null
  readonly splitTrackingId: Template | null
  readonly secured: { readonly inputs: boolean; readonly outputs: boolean }
}
