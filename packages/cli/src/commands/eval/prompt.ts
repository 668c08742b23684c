/**
 * Expressions typed one after the other. On a terminal there are editing, history (up, down, Ctrl-R is not
 * offered) and completion (tab); otherwise every line of standard input is one expression.
 */

import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { isFlowsteadError } from '@flowstead/errors'
import type { ScopeData } from '@flowstead/expressions'
import { type ExitCode, exitCodes } from '../../exit-code.ts'
import { formatError } from '../../problem-text.ts'
import type { Session } from '../../session.ts'
import { completionsOf } from './complete.ts'
import { describeFunction, listFunctions } from './describe.ts'
import { type EvalView, evaluateText } from './evaluate.ts'

/** Where a person types. */
export interface Terminal {
  readonly input: Readable
  readonly output: Writable
}

/** Asks on the terminal of this process, or takes the lines of standard input: then 1 when one of them failed. */
export async function promptForExpressions(
  session: Session,
  data: ScopeData,
  view: EvalView,
): Promise<ExitCode> {
  if (session.io.isTerminal && process.stdin.isTTY)
    return await converse(session, data, view, { input: process.stdin, output: process.stdout })
  const lines = (await session.io.readStdin()).split(/\r?\n/)
  const codes = lines.map((line) => answer(session, data, view, line))
  return codes.includes(exitCodes.wrong) ? exitCodes.wrong : exitCodes.good
}

const greeting =
  'Type an expression; Tab completes, the arrows recall, .help tells more, .exit or Ctrl-D ends.'

/** The conversation at a terminal, up to `.exit` or the end of the input. */
export async function converse(
  session: Session,
  data: ScopeData,
  view: EvalView,
  { input, output }: Terminal,
): Promise<ExitCode> {
  session.say(greeting)
  const terminal = createInterface({
    input,
    output,
    terminal: true,
    prompt: '> ',
    historySize: 500,
    removeHistoryDuplicates: true,
    completer: (line: string) => completionsOf(line, data),
  })
  terminal.on('SIGINT', () => terminal.close())
  terminal.prompt()
  for await (const line of terminal) {
    if (line.trim() === '.exit') break
    answer(session, data, view, line)
    terminal.prompt()
  }
  terminal.close()
  return exitCodes.good
}

const help = `An expression, with or without the leading @, or a text with @{…} in it.
.list [category]      the functions
.describe <function>  explains one
.explain <expression> each sub-expression with its value
.ast <expression>     the syntax tree
.exit                 ends
`

/** Answers one line; nothing a person types ends the conversation but `.exit`. */
function answer(session: Session, data: ScopeData, view: EvalView, line: string): ExitCode {
  const text = line.trim()
  if (text === '') return exitCodes.good
  const [, command, rest = ''] = /^\.(\w+)\s*(.*)$/s.exec(text) ?? []
  try {
    switch (command) {
      case undefined:
        return evaluateText(session, data, text, view)
      case 'list':
        return listFunctions(session, rest === '' ? true : rest)
      case 'describe':
        return describeFunction(session, rest)
      case 'explain':
        return evaluateText(session, data, rest, { explain: true })
      case 'ast':
        return evaluateText(session, data, rest, { ast: true })
      default:
        session.print(help)
        return exitCodes.good
    }
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    session.io.stderr(formatError(error, session.paint))
    return exitCodes.wrong
  }
}
