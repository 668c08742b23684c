export { check, checkCall, type ExpressionProblem } from './analysis/check.ts'
export { type Excerpt, excerptAt, withCaret } from './analysis/excerpt.ts'
export { type ExplainedStep, type Explanation, explain } from './analysis/explain.ts'
export { type Renaming, renameInExpression, renameInTemplate } from './analysis/rename.ts'
export {
  type CompileOptions,
  compileExpression,
  type Expression,
  evaluate,
  references,
} from './compile/expression.ts'
export { compileTemplate, type Template } from './compile/template.ts'
export { type CaseOutcome, type ConformanceCase, runConformanceCase } from './conformance-case.ts'
export { type Envelope, isEnvelope } from './content.ts'
export { equalValues } from './equal-values.ts'
export { type ExpressionErrorCode, expressionErrors } from './errors.ts'
export type { Category, Example, FunctionRow } from './functions/function-row.ts'
export { functions } from './functions/index.ts'
export { functionReference, functionsOf, signatureOf } from './functions/reference.ts'
export type { Parameter } from './functions/signature.ts'
export { nearestFunctions } from './functions/unknown-function.ts'
export { type ParseJsonOptions, parseJson } from './json/parse-json.ts'
export { printJson } from './json/print-json.ts'
export { maxForeignJsonDepth } from './limits.ts'
export { Decimal, isInteger, isNumber, type NumberValue, WholeFloat } from './numbers.ts'
export { printValue } from './print-value.ts'
export type { Bind, BoundCall, Scope } from './scope.ts'
export { type ScopeData, type ScopeSources, scopeFromData } from './scope-from-data.ts'
export { type ParseOptions, parse } from './syntax/parse.ts'
export { print } from './syntax/print.ts'
export { callsIn, type Reference } from './syntax/references.ts'
export { parseTemplateText, type TemplateText } from './syntax/template-text.ts'
export type { AccessTree, CallTree, LiteralTree, Span, Tree } from './syntax/tree.ts'
export { isObject, type ObjectValue, setOwn, typeName, type Value } from './value.ts'
