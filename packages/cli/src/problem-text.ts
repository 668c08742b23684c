import type { FlowsteadError } from '@flowstead/errors'
import type { Paint } from './paint.ts'
import type { ProblemRecord } from './records.ts'

/** A problem with its place and the next step, as compilers print it. */
export function formatProblem(problem: ProblemRecord, paint: Paint): string {
  const head = problem.severity === 'error' ? paint.bad : paint.warn
  const line = problem.line === undefined ? '' : `:${problem.line}`
  const column = problem.line === undefined || problem.column === undefined ? '' : `:${problem.column}`
  const pointer = problem.pointer === '' ? '' : `   ${paint.dim(problem.pointer)}`
  return [
    `${head(`${problem.severity}[${problem.code}]`)} ${problem.message}`,
    `  --> ${problem.file}${line}${column}${pointer}`,
    ...(problem.hint === undefined ? [] : [`   | ${problem.hint}`]),
    '',
  ].join('\n')
}

/** How many problems of each severity, in words. */
export function countProblems(problems: readonly ProblemRecord[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return `${plural(errors, 'error')}, ${plural(problems.length - errors, 'warning')}`
}

/** What ended the command, in the same form as a problem. */
export function formatError(error: FlowsteadError, paint: Paint): string {
  return [
    `${paint.bad(`error[${error.code}]`)} ${error.message}`,
    ...(error.path === undefined || error.path === '' ? [] : [`  --> ${error.path}`]),
    ...(error.hint === undefined ? [] : [`   | ${error.hint}`]),
    '',
  ].join('\n')
}

/** A number with its noun: `1 flow`, `2 flows`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
