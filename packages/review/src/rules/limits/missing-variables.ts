import { type Flow, member, members, pointerTo, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Severity } from '../../finding.ts'
import type { SolutionReport } from '../../rule.ts'
import type { SolutionFacts } from '../../solution/solution-facts.ts'
import { solutionOf } from '../../solution/solution-of.ts'
import type { SolutionSubject } from '../../solution/solution-subject.ts'

/** Looks for the definition of every environment variable that a flow of a solution reads. */
export function checkEnvironmentVariables(
  { flows, solutions }: SolutionSubject,
  report: SolutionReport,
): void {
  const empty = new Set<string>()
  for (const flow of flows) {
    const solution = solutionOf(solutions, flow.file)
    if (solution === undefined) continue
    for (const [parameterName, parameter] of members(member(flow.definition, 'parameters'))) {
      const name = textMember(member(parameter, 'metadata'), 'schemaName')
      if (name === undefined) continue
      const problem = problemOf(flow, solution, name)
      // A variable without a value is told once, however many flows read it.
      const key = `${solution.manifest}\n${name}`
      if (problem === undefined || (problem.isEmpty && empty.has(key))) continue
      if (problem.isEmpty) empty.add(key)
      const { message, severity } = problem
      report(
        { flow: flow.id, pointer: pointerTo(flow.definitionAt, 'parameters', parameterName) },
        { message, severity },
      )
    }
  }
}

function problemOf(
  { name: flow }: Flow,
  { environmentVariables, missingDependencies, prefix, uniqueName }: SolutionFacts,
  name: string,
): { readonly message: string; readonly severity: Severity; readonly isEmpty: boolean } | undefined {
  const isNamed = (each: { readonly name: string }): boolean => each.name.toLowerCase() === name.toLowerCase()
  const variable = environmentVariables.find(isNamed)
  if (variable !== undefined) {
    // The value of a secret is a reference to a vault, which each environment gives itself.
    if (variable.hasDefault || variable.hasValue || variable.type === 'Secret') return undefined
    const message = `The environment variable ${quoted(name)} has neither a default nor a value.`
    return { message, severity: 'warning', isEmpty: true }
  }
  // What the solution knows to be missing is told as such.
  const isMissing = missingDependencies.some(
    (each) => isNamed(each) || /^environment ?variable/i.test(each.type),
  )
  if (isMissing) return undefined
  const isOwn = prefix !== '' && name.toLowerCase().startsWith(`${prefix.toLowerCase()}_`)
  const message = `${quoted(flow)} reads the environment variable ${quoted(name)}, which the solution ${quoted(uniqueName)} does not have.`
  return { message, severity: isOwn ? 'error' : 'warning', isEmpty: false }
}
