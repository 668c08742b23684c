import { FlowsteadError, isFlowsteadError } from '@flowstead/errors'
import {
  type ConformanceCase,
  isObject,
  printJson,
  runConformanceCase,
  type Value,
} from '@flowstead/expressions'
import { type ExitCode, exitCodes } from '../../exit-code.ts'
import { readJsonInput } from '../../json-input.ts'
import { plural } from '../../problem-text.ts'
import type { Session } from '../../session.ts'

interface CaseFailure {
  readonly id: string
  readonly expr: string
  readonly expected: Value
  readonly actual: Value
}

/** Runs the cases of a file, of some tiers only when given, and prints how many hold and what the others gave. */
export async function runCases(session: Session, path: string, tiers: string | undefined): Promise<ExitCode> {
  const cases = casesOf(await readJsonInput(path, session.io), path)
  const wanted = tiers?.split(',').map((tier) => tier.trim().toUpperCase())
  const chosen = cases.filter(
    ({ tier }) => wanted === undefined || wanted.includes(tier?.toUpperCase() ?? ''),
  )
  const run = chosen.filter(({ skip }) => skip === undefined)
  const failures = run.flatMap(failureOf)
  const counts = {
    total: chosen.length,
    passed: run.length - failures.length,
    failed: failures.length,
    skipped: chosen.length - run.length,
  }
  if (session.isJson) session.printJson('eval-cases/1', { ...counts, failures })
  else {
    for (const failure of failures) session.print(failureText(failure))
    session.print(
      `${plural(counts.total, 'case')}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`,
    )
  }
  return failures.length === 0 ? exitCodes.good : exitCodes.wrong
}

function failureOf(one: ConformanceCase): CaseFailure[] {
  const { id, expr } = one
  try {
    const { isGood, expected, actual } = runConformanceCase(one, { now: Date.now, random: Math.random })
    return isGood ? [] : [{ id, expr, expected, actual }]
  } catch (error) {
    // A bug of ours, or a pattern in the file that is none: it fails this case, not the others.
    const message = error instanceof Error ? error.message : String(error)
    const code = isFlowsteadError(error) ? error.code : 'Unexpected'
    return [{ id, expr, expected: one.expect ?? null, actual: { error: code, message } }]
  }
}

function casesOf(json: Value, path: string): ConformanceCase[] {
  if (Array.isArray(json) && json.every(isCase)) return json as unknown as ConformanceCase[]
  throw new FlowsteadError(
    'Cli.Unreadable',
    `"${path}" is not a list of cases with an "id" and an "expr" each.`,
    {
      hint: 'The format is described in conformance/expressions/README.md.',
    },
  )
}

function isCase(value: Value): boolean {
  return isObject(value) && typeof value.id === 'string' && typeof value.expr === 'string'
}

function failureText({ id, expr, expected, actual }: CaseFailure): string {
  return `${id}  ${expr}\n  expected  ${printJson(expected)}\n  actual    ${printJson(actual)}\n`
}
