import type { ObjectValue, Value } from '@flowstead/expressions'
import type { RunError, RunStatus } from './status.ts'

/** `path#tag`, such as `For_each[3]/Call_API#1`; opened once in a run, answered at most once. */
export type CommandKey = string

/** What must happen outside. Commands leave when the work of their event is done. */
export type Command =
  | CallCommand
  | WaitCommand
  | AwaitCommand
  | CancelCommand
  | RespondCommand
  | FinishCommand

export interface CallCommand {
  readonly type: 'call'
  readonly key: CommandKey
  /** The action's path without attempt: with the run id it makes the idempotency key. */
  readonly path: string
  readonly request: CallRequest
}

/** Who is called. The inputs are evaluated once; every attempt sends the same. */
export type CallRequest =
  | { readonly to: 'http'; readonly request: ObjectValue }
  /** A connector operation, in any of the three spellings: `inputs` is the action's evaluated `inputs`. */
  | { readonly to: 'operation'; readonly actionType: string; readonly inputs: ObjectValue }
  /** GET of the address a 202 of that operation gave, with the operation's connection. */
  | {
      readonly to: 'poll'
      readonly actionType: string
      readonly inputs: ObjectValue
      readonly uri: string
    }
  /** Subscription of a webhook action; `callbackUrl` goes into the marked property. */
  | {
      readonly to: 'subscribe'
      readonly actionType: string
      readonly inputs: ObjectValue
      readonly callbackUrl: string
    }
  | { readonly to: 'flow'; readonly inputs: ObjectValue }
  | { readonly to: 'code'; readonly language: string; readonly inputs: ObjectValue }

export interface WaitCommand {
  readonly type: 'wait'
  readonly key: CommandKey
  /** ms since the epoch. */
  readonly until: number
}

export interface AwaitCommand {
  readonly type: 'await'
  readonly key: CommandKey
  readonly callbackUrl: string
  readonly unsubscribe?: Value
}

/** The call, wait or await under `key` is no longer wanted. */
export interface CancelCommand {
  readonly type: 'cancel'
  readonly key: CommandKey
  /** Of an `await`, also of one that was called back: what undoes the subscription behind it. */
  readonly unsubscribe?: Value
}

/** Answer for the caller that holds its connection open. */
export interface RespondCommand {
  readonly type: 'respond'
  readonly answer: { readonly statusCode: number; readonly headers: ObjectValue; readonly body?: Value }
}

export interface FinishCommand {
  readonly type: 'finish'
  readonly status: RunStatus
  readonly error?: RunError
  readonly outputs?: ObjectValue
  /** True when the flow has a Response action, a caller waits, and none was reached: 502 NoResponse. */
  readonly unanswered: boolean
}
