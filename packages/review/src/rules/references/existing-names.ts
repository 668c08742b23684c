import type { Problem } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Severity } from '../../finding.ts'
import { flowRule, type Report } from '../../rule.ts'
import type { PlacedExpression } from '../../subject/expressions.ts'
import type { Subject } from '../../subject/subject.ts'
import { fromProblems } from '../from-problems.ts'
import { actionFinder, actionFunctions, isSameName } from './named.ts'

const total = { type: 'Compose', inputs: 1 }
const counter = {
  type: 'InitializeVariable',
  inputs: { variables: [{ name: 'counter', type: 'integer', value: 0 }] },
}
const read = (inputs: string, before: string) => ({
  type: 'Compose',
  inputs,
  runAfter: { [before]: ['Succeeded'] },
})

/** Rules about names in expressions: whether there is what they name, and how it is spelled. */
export const existingNameRules = [
  flowRule({
    id: 'REF101',
    title: 'Expressions name actions that exist',
    severity: 'error',
    category: 'references',
    detects:
      'A function such as outputs(), body(), actions() or result() names an action that the flow does not have.',
    why: 'The platform refuses to save the flow.',
    fix: 'Correct the name; the designer writes underscores for the spaces of a name.',
    bad: { actions: { Total: total, Show: read("@outputs('Totals')", 'Total') } },
    good: { actions: { Total: total, Show: read("@outputs('Total')", 'Total') } },
    check: checkActionNames,
  }),
  flowRule({
    id: 'REF102',
    title: 'Expressions spell names as they are declared',
    severity: 'info',
    category: 'references',
    detects:
      'An expression names an action, a variable or a parameter that is spelled with other upper and lower case.',
    why: 'The platform finds it all the same, but a search for the name does not.',
    fix: 'Write the name as it is declared.',
    bad: { actions: { Total: total, Show: read("@outputs('total')", 'Total') } },
    good: { actions: { Total: total, Show: read("@outputs('Total')", 'Total') } },
    check: checkSpelling,
  }),
  flowRule({
    id: 'REF103',
    title: 'Variables are initialized',
    severity: 'error',
    category: 'references',
    detects: 'An expression or an action names a variable that no action initializes.',
    why: 'The platform refuses to save the flow.',
    fix: 'Add an action that initializes the variable at the top of the flow, or correct the name.',
    bad: { actions: { Start: counter, Show: read("@variables('count')", 'Start') } },
    good: { actions: { Start: counter, Show: read("@variables('counter')", 'Start') } },
    check: fromProblems('Definition.UnknownVariable'),
  }),
  flowRule({
    id: 'REF108',
    title: 'Parameters are declared',
    severity: 'error',
    category: 'references',
    detects:
      'An expression reads a parameter that the definition does not declare. A workflow file of Logic Apps whose parameters are not at hand at all is left alone.',
    why: 'The platform refuses to save the flow.',
    fix: 'Declare the parameter, with an environment variable or a parameters file behind it, or correct the name.',
    bad: {
      parameters: { limit: { type: 'Int', defaultValue: 10 } },
      actions: { Show: { type: 'Compose', inputs: "@parameters('limits')" } },
    },
    good: {
      parameters: { limit: { type: 'Int', defaultValue: 10 } },
      actions: { Show: { type: 'Compose', inputs: "@parameters('limit')" } },
    },
    check({ flow, problems }, report) {
      // A parameter that a file beside the flow may declare is only a warning, and none when no such file was read.
      for (const problem of problems)
        if (problem.code === 'Definition.UnknownParameter')
          if (problem.severity === 'error' || flow.parameters.size > 0)
            tell(problem, problem.severity, report)
    },
  }),
  flowRule({
    id: 'REF113',
    title: 'A variable is not set from itself',
    severity: 'error',
    category: 'references',
    detects: 'The value of a Set variable action reads the variable that the action sets.',
    why: 'The platform refuses to save the flow.',
    fix: 'Put the new value into a Compose action and set the variable from that, or use Increment variable or Append to variable.',
    bad: {
      actions: {
        Start: counter,
        Add: {
          type: 'SetVariable',
          inputs: { name: 'counter', value: "@add(variables('counter'), 1)" },
          runAfter: { Start: ['Succeeded'] },
        },
      },
    },
    good: {
      actions: {
        Start: counter,
        Sum: read("@add(variables('counter'), 1)", 'Start'),
        Add: {
          type: 'SetVariable',
          inputs: { name: 'counter', value: "@outputs('Sum')" },
          runAfter: { Sum: ['Succeeded'] },
        },
      },
    },
    check: fromProblems('Definition.SelfReference'),
  }),
]

function tell({ pointer, message, hint }: Problem, severity: Severity, report: Report): void {
  report({ pointer }, { message, severity, ...(hint === undefined ? {} : { hint }) })
}

function checkActionNames(subject: Subject, report: Report): void {
  const problems = subject.problems.filter(({ code }) => code === 'Definition.UnknownAction')
  if (problems.length === 0) return
  const find = actionFinder(subject)
  const expressions = new Map(subject.expressions.map((each) => [each.pointer, each]))
  for (const problem of problems) {
    const expression = expressions.get(problem.pointer)
    tell(problem, expression === undefined ? 'error' : certainty(expression, subject, find), report)
  }
}

/** Names that only differ by spaces, and those of the trigger, may be found by the platform. */
function certainty(
  { references }: PlacedExpression,
  { action, flow }: Subject,
  find: ReturnType<typeof actionFinder>,
): Severity {
  const missing = references.filter(
    ({ fn, name }) => name !== undefined && actionFunctions.has(fn) && action(name) === undefined,
  )
  return missing.every(
    ({ name = '' }) =>
      find(name) !== undefined || flow.triggers.some((trigger) => isSameName(trigger.name, name)),
  )
    ? 'warning'
    : 'error'
}

function checkSpelling(subject: Subject, report: Report): void {
  const variables = new Map(subject.variables.map(({ variable }) => [variable.toLowerCase(), variable]))
  for (const { references, pointer } of subject.expressions) {
    const told = new Set<string>()
    for (const { fn, name } of references) {
      if (name === undefined || told.has(name)) continue
      const declared = declaredName(fn, name, subject, variables)
      if (declared === undefined || declared === name || declared.toLowerCase() !== name.toLowerCase())
        continue
      told.add(name)
      report({ pointer }, { message: `${quoted(name)} is spelled ${quoted(declared)} where it is declared.` })
    }
  }
}

function declaredName(
  fn: string,
  name: string,
  { action, flow }: Subject,
  variables: ReadonlyMap<string, string>,
): string | undefined {
  if (fn === 'variables') return variables.get(name.toLowerCase())
  if (fn === 'parameters') return flow.parameters.get(name.toLowerCase())?.name
  const namesAction = actionFunctions.has(fn) || fn === 'items' || fn === 'iterationIndexes'
  return namesAction ? action(name)?.name : undefined
}
