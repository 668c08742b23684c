import { type FlowsteadError, isFlowsteadError } from '@flowstead/errors'
import {
  compileTemplate,
  evaluate,
  excerptAt,
  explain,
  parse,
  parseTemplateText,
  printJson,
  type Scope,
  type ScopeData,
  scopeFromData,
  typeName,
  type Value,
} from '@flowstead/expressions'
import { type ExitCode, exitCodes } from '../../exit-code.ts'
import { prettyJson } from '../../pretty-json.ts'
import { formatError } from '../../problem-text.ts'
import type { Session } from '../../session.ts'
import { displayWidth } from '../../table.ts'
import { explanationText, stepRecords } from './steps.ts'

/** What is shown of an expression besides its value. */
export interface EvalView {
  readonly explain?: boolean
  readonly ast?: boolean
}

/** Evaluates one text and prints what the view asks for; an error of the expression ends with code 1. */
export function evaluateText(session: Session, data: ScopeData, text: string, view: EvalView): ExitCode {
  try {
    if (view.ast === true) return printTree(session, text)
    const scope = scopeFromData(data, { now: Date.now, random: Math.random })
    if (view.explain === true) return printExplanation(session, text, scope)
    const value = formOf(text) === 'template' ? compileTemplate(text).resolve(scope) : evaluate(text, scope)
    if (session.isJson) session.printJson('eval/1', { type: typeName(value), value })
    else session.print(`${prettyJson(printJson(value))}\n`)
    return exitCodes.good
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    session.io.stderr(errorText(error, text, session))
    if (session.isJson) session.printJson('eval/1', { error: error.toJSON() })
    return exitCodes.wrong
  }
}

/** A text is a string of a definition when it has the marks of one, otherwise an expression. */
function formOf(text: string): 'template' | 'expression' {
  return text.startsWith('@') || text.includes('@{') ? 'template' : 'expression'
}

function printTree(session: Session, text: string): ExitCode {
  const tree = formOf(text) === 'template' ? parseTemplateText(text) : parse(text)
  if (session.isJson) session.printJson('eval-ast/1', { tree })
  // A tree is plain data of the language.
  else session.print(`${prettyJson(printJson(tree as unknown as Value))}\n`)
  return exitCodes.good
}

function printExplanation(session: Session, text: string, scope: Scope): ExitCode {
  const { steps, value, error } = explain(text, scope, formOf(text))
  if (error !== undefined) session.io.stderr(errorText(error, text, session))
  const result = value === undefined ? { error: error?.toJSON() } : { type: typeName(value), value }
  if (session.isJson) session.printJson('eval/1', { ...result, steps: stepRecords(steps) })
  else {
    session.print(explanationText(steps, session.paint))
    if (value !== undefined && formOf(text) === 'template' && !text.startsWith('@'))
      session.print(`\n${prettyJson(printJson(value))}\n`)
  }
  return error === undefined ? exitCodes.good : exitCodes.wrong
}

/** The error with the line of the expression and a caret under the offending place. */
function errorText(error: FlowsteadError, text: string, { paint }: Session): string {
  if (error.at === undefined) return formatError(error, paint)
  const { line, before } = excerptAt(text, error.at)
  const caret = before.replace(/[^\t]/gu, (character) => ' '.repeat(displayWidth(character)))
  const [head, ...rest] = formatError(error, paint).split('\n')
  return [head, `   | ${line}`, `   | ${caret}${paint.bad('^')}`, ...rest].join('\n')
}
