import { collectionFunctions } from './collection.ts'
import { conversionFunctions } from './conversion.ts'
import { dateTimeFunctions } from './date-time.ts'
import type { FunctionRow } from './function-row.ts'
import { jsonXmlFunctions } from './json-xml.ts'
import { logicalFunctions } from './logical.ts'
import { mathFunctions } from './math.ts'
import { stringFunctions } from './string.ts'
import { uriFunctions } from './uri.ts'
import { workflowFunctions } from './workflow.ts'

const tables = [
  stringFunctions,
  collectionFunctions,
  logicalFunctions,
  conversionFunctions,
  mathFunctions,
  dateTimeFunctions,
  workflowFunctions,
  uriFunctions,
  jsonXmlFunctions,
]

/** Every function of the language, by its name in lower case. */
export const functions: ReadonlyMap<string, FunctionRow> = new Map(
  tables.flat().map((row) => [row.name.toLowerCase(), row]),
)

/** Canonical names of the functions that read the run, by lower-case name: what counts as a reference. */
export const referenceNames: ReadonlyMap<string, string> = new Map(
  workflowFunctions.map((row) => [row.name.toLowerCase(), row.name]),
)
