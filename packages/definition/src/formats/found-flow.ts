import type { ObjectValue, Value } from '@flowstead/expressions'
import type { FlowFormat } from '../flow.ts'

/** A definition inside its wrapper, before its structure is read. */
export interface FoundFlow {
  readonly format: FlowFormat
  /** JSON pointer of the definition inside the file. */
  readonly at: string
  readonly definition: ObjectValue
  /** What the wrapper says; the file name is used where it says nothing. */
  readonly name?: string | undefined
  readonly id?: string | undefined
  /** In whichever form the wrapper has them. */
  readonly connectionReferences?: Value | undefined
  /** Values the wrapper gives to parameters: name to `{value}`. */
  readonly parameterValues?: Value | undefined
}
