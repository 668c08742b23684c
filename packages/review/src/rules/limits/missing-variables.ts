import { type Flow, member, members, pointerTo, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { SolutionReport } from '../../rule.ts'
import type { SolutionFacts } from '../../solution/solution-facts.ts'
import { solutionOf } from '../../solution/solution-of.ts'
import type { SolutionSubject } from '../../solution/solution-subject.ts'

/** Looks for the definition of every environment variable that a flow of a solution reads. */
export function checkEnvironmentVariables(
  { flows, solutions }: SolutionSubject,
  report: SolutionReport,
): void {
  for (const flow of flows) {
    const solution = solutionOf(solutions, flow.file)
    if (solution === undefined) continue
    for (const [key, parameter] of members(member(flow.definition, 'parameters'))) {
      const name = textMember(member(parameter, 'metadata'), 'schemaName')
      if (name === undefined) continue
      const place = { flow: flow.id, pointer: pointerTo(flow.definitionAt, 'parameters', key) }
      checkVariable(flow, solution, name, (message, severity) =>
        report(place, { message, ...(severity === undefined ? {} : { severity }) }),
      )
    }
  }
}

function checkVariable(
  { name: flow }: Flow,
  { environmentVariables, missingDependencies, prefix, uniqueName }: SolutionFacts,
  name: string,
  tell: (message: string, severity?: 'warning') => void,
): void {
  const isNamed = (each: { readonly name: string }): boolean => each.name.toLowerCase() === name.toLowerCase()
  const variable = environmentVariables.find(isNamed)
  if (variable === undefined) {
    // What the solution knows to be missing is told as such.
    if (
      missingDependencies.some(
        (each) => isNamed(each) || each.type.toLowerCase().startsWith('environment variable'),
      )
    )
      return
    const isOwn = prefix !== '' && name.toLowerCase().startsWith(`${prefix.toLowerCase()}_`)
    const message = `${quoted(flow)} reads the environment variable ${quoted(name)}, which the solution ${quoted(uniqueName)} does not have.`
    tell(message, isOwn ? undefined : 'warning')
  } else if (!variable.hasDefault && !variable.hasValue && variable.type !== 'Secret') {
    tell(`The environment variable ${quoted(name)} has neither a default nor a value.`, 'warning')
  }
}
