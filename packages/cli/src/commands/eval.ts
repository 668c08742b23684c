import { FlowsteadError } from '@flowstead/errors'
import { isObject, type ScopeData } from '@flowstead/expressions'
import type { Command } from 'commander'
import type { ExitCode } from '../exit-code.ts'
import { readJsonInput } from '../json-input.ts'
import type { Session } from '../session.ts'
import type { Shell } from '../shell.ts'
import { runCases } from './eval/cases.ts'
import { describeFunction, listFunctions } from './eval/describe.ts'
import { type EvalView, evaluateText } from './eval/evaluate.ts'
import { promptForExpressions } from './eval/prompt.ts'

interface EvalOptions extends EvalView {
  readonly data?: string
  readonly cases?: string
  readonly tier?: string
  readonly list?: string | true
  readonly describe?: string
}

/** `eval`: expressions without a server; one, those typed at a prompt, or a file of cases. */
export function addEvalCommand(program: Command, shell: Shell): void {
  shell.handle(
    program
      .command('eval')
      .description(
        'Evaluates an expression, with or without the leading @, or a text with @{…} in it; without one it asks.',
      )
      .argument(
        '[expression]',
        `such as "addDays('2026-01-30', 2)"; default: a prompt, or the lines of standard input`,
      )
      .option(
        '--data <file>',
        'JSON file with variables, parameters, actions, trigger, item …; - reads standard input',
      )
      .option('--explain', 'print each sub-expression with its value')
      .option('--ast', 'print the syntax tree instead of the value')
      .option('--cases <file>', 'run a file of conformance cases; exit code 1 when one fails')
      .option('--tier <tiers>', 'only cases of these tiers, such as A,B')
      .option('--list [category]', 'list the functions, of one category such as "date and time" or all')
      .option('--describe <function>', 'explain a function'),
    evaluate,
  )
}

async function evaluate(session: Session, options: EvalOptions, text?: string): Promise<ExitCode> {
  const tasks = [text, options.cases, options.list, options.describe].filter((task) => task !== undefined)
  if (tasks.length > 1)
    throw new FlowsteadError('Cli.Usage', 'Give one of an expression, --cases, --list and --describe.')
  if (options.list !== undefined) return listFunctions(session, options.list)
  if (options.describe !== undefined) return describeFunction(session, options.describe)
  if (options.cases !== undefined) return await runCases(session, options.cases, options.tier)
  const data = await readData(session, options.data)
  if (text !== undefined) return evaluateText(session, data, text, options)
  return await promptForExpressions(session, data, options)
}

async function readData(session: Session, path: string | undefined): Promise<ScopeData> {
  const data = path === undefined ? {} : await readJsonInput(path, session.io)
  if (isObject(data)) return data
  throw new FlowsteadError('Cli.Unreadable', 'The data of an expression has to be a JSON object.')
}
