import { isFlowsteadError } from '@flowstead/errors'
import { compileTemplate } from './compile/template.ts'
import { equalValues } from './equal-values.ts'
import { printValue } from './print-value.ts'
import { type ScopeData, type ScopeSources, scopeFromData } from './scope-from-data.ts'
import type { ObjectValue, Value } from './value.ts'

/** A case of `conformance/expressions`; its README says what each member means. */
export interface ConformanceCase {
  readonly id: string
  /** The whole JSON string as it stands in a definition. */
  readonly expr: string
  readonly tier?: string
  readonly context?: ScopeData
  readonly expect?: Value
  /** A pattern for the printed result. */
  readonly expectPattern?: string
  /** The class of the error: the code without `Expression.`. */
  readonly expectError?: string
  /** Why the case does not hold yet. */
  readonly skip?: string
}

/** What a case gave: a value, or the error instead. */
export interface CaseOutcome {
  /** Numbers compare by value, keys in any order; any error is good where one is expected. */
  readonly isGood: boolean
  /** Whether an error, if one was expected, is of the expected class. */
  readonly isExact: boolean
  /** The value, `{ pattern }` or `{ error }`. */
  readonly expected: Value
  /** The value, or `{ error, message }`. */
  readonly actual: Value
}

/** Evaluates a case in its context. What is not a FlowsteadError is thrown on: it is a bug. */
export function runConformanceCase(one: ConformanceCase, sources: ScopeSources = {}): CaseOutcome {
  const expected = expectationOf(one)
  try {
    const actual = compileTemplate(one.expr).resolve(scopeFromData(one.context ?? {}, sources))
    const isGood = holds(one, actual)
    return { isGood, isExact: isGood, expected, actual }
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    const actual = { error: error.code.replace('Expression.', ''), message: error.message }
    return {
      isGood: one.expectError !== undefined,
      isExact: one.expectError === actual.error,
      expected,
      actual,
    }
  }
}

function holds(one: ConformanceCase, value: Value): boolean {
  if (one.expectPattern !== undefined) return new RegExp(one.expectPattern).test(printValue(value))
  return one.expect !== undefined && equalValues(value, one.expect)
}

function expectationOf({ expect, expectPattern, expectError }: ConformanceCase): Value {
  if (expectError !== undefined) return { error: expectError } satisfies ObjectValue
  if (expectPattern !== undefined) return { pattern: expectPattern } satisfies ObjectValue
  return expect ?? null
}
