import { FlowsteadError, isFlowsteadError } from '@flowstead/errors'
import {
  compileTemplate,
  evaluate,
  isObject,
  type ObjectValue,
  printJson,
  scopeFromData,
  typeName,
} from '@flowstead/expressions'
import type { Command } from 'commander'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { readJsonInput } from '../json-input.ts'
import { prettyJson } from '../pretty-json.ts'
import { formatError } from '../problem-text.ts'
import type { Session } from '../session.ts'
import type { Shell } from '../shell.ts'
import { displayWidth } from '../table.ts'

/** `eval`: one expression, without a server. */
export function addEvalCommand(program: Command, shell: Shell): void {
  shell.handle(
    program
      .command('eval')
      .description('Evaluates an expression, with or without the leading @, or a text with @{…} in it.')
      .argument('<expression>', `such as "addDays('2026-01-30', 2)"`)
      .option(
        '--data <file>',
        'JSON file with variables, parameters, actions, trigger, item …; - reads standard input',
      ),
    evaluateOne,
  )
}

async function evaluateOne(session: Session, options: { data?: string }, text: string): Promise<ExitCode> {
  const data = options.data === undefined ? {} : await readJsonInput(options.data, session.io)
  if (!isObject(data))
    throw new FlowsteadError('Cli.Unreadable', 'The data of an expression has to be a JSON object.')
  try {
    const value = resultOf(text, data)
    if (session.isJson) session.printJson('eval/1', { type: typeName(value), value })
    else session.print(`${prettyJson(printJson(value))}\n`)
    return exitCodes.good
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    session.io.stderr(withCaret(error, text, session))
    if (session.isJson) session.printJson('eval/1', { error: error.toJSON() })
    return exitCodes.wrong
  }
}

function resultOf(text: string, data: ObjectValue) {
  const scope = scopeFromData(data, { now: Date.now, random: Math.random })
  const isTemplate = text.startsWith('@') || text.includes('@{')
  return isTemplate ? compileTemplate(text).resolve(scope) : evaluate(text, scope)
}

/** The error with the expression and a caret under the offending place. */
function withCaret(error: FlowsteadError, text: string, { paint }: Session): string {
  if (error.at === undefined) return formatError(error, paint)
  const start = text.lastIndexOf('\n', error.at - 1) + 1
  const line = text.slice(start).split('\n', 1)[0] ?? ''
  const caret = ' '.repeat(displayWidth(line.slice(0, error.at - start)))
  const [head, ...rest] = formatError(error, paint).split('\n')
  return [head, `   | ${line}`, `   | ${caret}${paint.bad('^')}`, ...rest].join('\n')
}
