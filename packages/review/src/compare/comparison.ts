import type { ReviewDelta } from './review-delta.ts'

/** Kinds of changes with the word for each. */
export const changeKinds = {
  N: 'new',
  D: 'deleted',
  E: 'edited',
  A: 'list changed',
  R: 'renamed',
  M: 'moved',
} as const

export type ChangeKind = keyof typeof changeKinds

/** What a change is about. */
export type ChangeSubject = 'flow' | 'trigger' | 'parameter' | 'connection reference' | 'variable' | 'action'

/** One difference between two versions of a flow. */
export interface Change {
  /** `A` is an element more or less in a list; an element that changed is `E`. */
  readonly kind: ChangeKind
  readonly subject: ChangeSubject
  /** Name in the later version; of what was deleted, in the earlier one. '' for the flow itself. */
  readonly name: string
  /** Action around an action; absent at the top level. */
  readonly within?: string
  /** Path inside what changed: `inputs.parameters["$filter"]`; '' for the whole of it. */
  readonly path: string
  /** What it was, shortened around the difference; absent for what is new. */
  readonly before?: string
  readonly after?: string
  /** A full sentence where the two texts do not tell the change. */
  readonly note?: string
  /** JSON pointers into the two files. */
  readonly beforeAt?: string
  readonly afterAt?: string
}

/** One of the two versions. */
export interface ComparedFlow {
  readonly id: string
  readonly name: string
  readonly file: string
  /** Content hash. */
  readonly version: string
  readonly actions: number
}

/** The differences of two versions of a flow in meaning: order of keys, white space and letter case of names are none. */
export interface Comparison {
  readonly before: ComparedFlow
  readonly after: ComparedFlow
  /** How many changes of each kind there are, those that are left out included. */
  readonly counts: Readonly<Record<ChangeKind, number>>
  /** The flow itself first, then triggers, parameters, connection references, variables, actions in their order, deleted actions. */
  readonly changes: readonly Change[]
  /** Changes that are counted only: beyond the first 2,000. */
  readonly leftOut: number
  /** Present when two reviews were compared. */
  readonly review?: ReviewDelta
}
