import type { ActionDefinition, Dialect } from '@flowstead/definition'
import type { Template, Value } from '@flowstead/expressions'
import type { CallRequest, RespondCommand } from './command.ts'
import type { CalledBack, Completed, Due } from './event.ts'
import type { Outcome } from './outcome.ts'
import type { ActionPlan, Block } from './plan.ts'
import type { Variable } from './state.ts'
import type { FinalStatus, RunError } from './status.ts'

/** An answer from outside to one of an action run's commands. */
export type Answer = Completed | Due | CalledBack

/** The part of a template that handlers need. */
export type Resolvable = Pick<Template, 'resolve'>

/**
 * What an action type means. A returned outcome is final, `undefined` means still running. Timeouts, static
 * results, tracked and secured properties, skipping and counting are the machine's, never a handler's.
 */
export interface ActionHandler<T = unknown, M = unknown> {
  /** Prepares the templates; by default the template of `inputs`. What it throws fails the action when reached. */
  compile?(definition: ActionDefinition, compile: Compile): T
  start(action: PreparedAction<T>, run: ActionRunContext<M>): Outcome | undefined
  blockEnded?(action: PreparedAction<T>, run: ActionRunContext<M>, end: BlockEnd): Outcome | undefined
  heard?(action: PreparedAction<T>, run: ActionRunContext<M>, answer: Answer): Outcome | undefined
}

export interface PreparedAction<T> extends Omit<ActionPlan, 'templates'> {
  readonly templates: T
}

export interface BlockEnd {
  readonly block: Block
  readonly status: FinalStatus
  /** Of the repetition when the block is a loop's body, else 0. */
  readonly index: number
}

/** How a handler compiles its parts of a definition. */
export interface Compile {
  readonly dialect: Dialect
  /** Whether the action sits in a Foreach, at any depth. */
  readonly isInForeach: boolean
  template(json: Value): Template
  /** A template evaluated inside the loop's body, such as the condition of Until. */
  inside(json: Value): Template
  /** A function of the expression language over other templates. */
  call(fn: string, operands: readonly Resolvable[]): Resolvable
  /** An expression in which `parameters('0')`, `parameters('1')` … stand for other templates. */
  expression(text: string, operands: readonly Resolvable[]): Resolvable
  /** Place of a variable by its name; `undefined` when no action initialises it. */
  variable(name: string): number | undefined
}

/** What a handler can ask of the run it works for. `memory` is plain data and its own. */
export interface ActionRunContext<M = unknown> {
  /** Instant of the event in hand, ms since the epoch. */
  readonly now: number
  memory: M
  resolve(template: Resolvable): Value
  /** With `item()` giving `item`. */
  resolveWith(item: Value, template: Resolvable): Value
  /** In the repetition that has just ended. */
  resolveInside(template: Resolvable): Value
  /** Makes `value` the inputs that history shows; gives it back. */
  recordInputs(value: Value): Value
  openBlock(block: Block): void
  skipBlock(block: Block): void
  startRepetition(index: number): void
  call(tag: string, request: CallRequest): void
  wait(tag: string, until: number): void
  awaitCallback(tag: string): void
  /** What undoes the subscription behind an open `await`, once that closes. */
  subscribed(tag: string, unsubscribe: Value): void
  /** Closes an answered or open command of this action run. */
  unsubscribe(tag: string, unsubscribe: Value): void
  /** The address that calls this action run back. */
  callbackUrl(): string
  variable(place: number): Variable | null
  initialise(place: number, variable: Variable): void
  /** Counts work that cannot be cut, in elements. */
  charge(elements: number): void
  /** 'none' when nobody waits for an answer, 'answered' when one was given. */
  respond(answer: RespondCommand['answer']): 'sent' | 'answered' | 'none'
  endRun(status: FinalStatus, error: RunError | null): void
  /** The next draw of this action run, 0 ≤ x < 1. */
  draw(): number
}
