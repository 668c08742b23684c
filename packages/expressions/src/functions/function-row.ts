import type { Evaluate } from '../compile/evaluate.ts'
import type { Scope } from '../scope.ts'
import type { ScopeData } from '../scope-from-data.ts'
import type { CallTree } from '../syntax/tree.ts'
import type { Value } from '../value.ts'
import { arityOf, type Parameter, parseParameter } from './signature.ts'

export type Category =
  | 'string'
  | 'collection'
  | 'logical'
  | 'conversion'
  | 'math'
  | 'date and time'
  | 'workflow'
  | 'uri'
  | 'json and xml'

/** An expression, what it gives, and what the run holds for it. */
export type Example = readonly [expression: string, result: Value, data?: ScopeData]

/** What a row of a function table says; the name is its key. */
export interface FunctionDefinition {
  /** `text: string`, `locale?: string`, `...values: any`; unions as `string | array`. */
  readonly args: readonly string[]
  readonly result: string
  readonly description: string
  /** At least one; they run as tests. */
  readonly examples: readonly Example[]
  /** The implementation over checked values. Exactly one of `call`, `scoped`, `lazy`, `read` is given. */
  readonly call?: (...args: never[]) => Value
  /** As `call`, with the scope before the values: clock and randomness. */
  readonly scoped?: (scope: Scope, ...args: never[]) => Value
  /** Makes the closure of the call from those of its arguments; it evaluates what it needs, and locates errors. */
  readonly lazy?: (args: readonly Evaluate[], tree: CallTree) => Evaluate
  /** Reads the run; `undefined` means that there is no such thing. A binder may replace it. */
  readonly read?: (scope: Scope, ...args: never[]) => Value | undefined
  /** The reading function whose value `call` works on, called with the same first argument. */
  readonly from?: string
  /** What the function does with the arguments of another, by that one's name: `join(split(a, b), c)`. */
  readonly shortcuts?: Readonly<Record<string, (...args: never[]) => Value>>
  /** False when the result shares nothing with the arguments. Default true. */
  readonly keeps?: boolean
  /** The name to use instead. */
  readonly deprecated?: string
}

/** A function of the language, as documentation, validation and the compiler read it. */
export interface FunctionRow extends FunctionDefinition {
  /** The spelling of the reference. */
  readonly name: string
  readonly category: Category
  readonly parameters: readonly Parameter[]
  readonly minArgs: number
  /** Infinity when the last argument repeats. */
  readonly maxArgs: number
  readonly keeps: boolean
}

/** Makes rows of a table of definitions. */
export function define(
  category: Category,
  definitions: Readonly<Record<string, FunctionDefinition>>,
): readonly FunctionRow[] {
  return Object.entries(definitions).map(([name, definition]) => {
    const parameters = definition.args.map(parseParameter)
    const { min, max } = arityOf(parameters)
    return {
      ...definition,
      name,
      category,
      parameters,
      minArgs: min,
      maxArgs: max,
      keeps: definition.keeps ?? true,
    }
  })
}
