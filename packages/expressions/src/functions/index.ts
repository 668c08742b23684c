import { collectionFunctions } from './collection.ts'
import type { FunctionRow } from './function-row.ts'
import { logicalFunctions } from './logical.ts'
import { mathFunctions } from './math.ts'
import { stringFunctions } from './string.ts'
import { workflowFunctions } from './workflow.ts'

/** Every function of the language, by its name in lower case. */
export const functions: ReadonlyMap<string, FunctionRow> = new Map(
  [
    ...stringFunctions,
    ...collectionFunctions,
    ...logicalFunctions,
    ...mathFunctions,
    ...workflowFunctions,
  ].map((row) => [row.name.toLowerCase(), row]),
)

/** Canonical names of the functions that read the run, by lower-case name: what counts as a reference. */
export const referenceNames: ReadonlyMap<string, string> = new Map(
  workflowFunctions.map((row) => [row.name.toLowerCase(), row.name]),
)
