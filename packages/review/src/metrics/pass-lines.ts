import type { ScoringName } from '../config/scoring-config.ts'
import { handlerName, workingScopeName } from './exception-flags.ts'
import type { ScoreLine } from './metrics.ts'
import { countedOrNo, passOrFail, placeOf, type Scored } from './score-line.ts'
import type { VariableFacts } from './variable-facts.ts'

/** Failures are caught, told and end the run as failed. */
export function handlerLine(scored: Scored): ScoreLine {
  const { flags } = scored.metrics
  const handler = scored.actions.find(({ action, isException }) => isException && action.name === handlerName)
  return passOrFail(scored, 'exceptionScope', {
    title: `Failures are handled in "${handlerName}"`,
    why: whyHandler(scored),
    where: handler === undefined ? [] : [placeOf(handler)],
    remedy: `Let a scope named "${handlerName}" run after "${workingScopeName}" has Failed or TimedOut; in it, build the link of the run with concat('https://make.powerautomate.com/manage/environments/', workflow()?['tags']?['environmentName'], …), send it to somebody, and end with a Terminate of status Failed.`,
    passes: flags.exceptionScope && flags.exceptionTerminate && flags.exceptionLink,
  })
}

function whyHandler({ metrics: { flags }, profile }: Scored): string {
  if (!flags.exceptionScope) return `No action named "${handlerName}" runs after a failure.`
  const lacks = [
    ...(flags.exceptionTerminate ? [] : ['no Terminate']),
    ...(flags.exceptionLink ? [] : ['no link of the run']),
  ]
  if (lacks.length === 0)
    return `"${handlerName}" runs after a failure and holds a Terminate and the link of the run.`
  const found = `"${handlerName}" runs after a failure and holds ${lacks.join(' and ')}.`
  return profile === 'as-shipped'
    ? `${found} The product does not look at what a scope holds, so that a scope never earns these points there.`
    : found
}

/** The actions that do the work stand together. */
export function mainLine(scored: Scored): ScoreLine {
  const passes = scored.metrics.flags.mainScope
  return passOrFail(scored, 'mainScope', {
    title: `The work stands in "${workingScopeName}"`,
    why: passes
      ? `There is an action named "${workingScopeName}".`
      : `No action is named "${workingScopeName}".`,
    where: [],
    remedy: `Put the actions that do the work into a scope named "${workingScopeName}".`,
    passes,
  })
}

/** Prefix, use and capitals of variables. */
export function variableLines(scored: Scored): ScoreLine[] {
  const { char, entries } = scored.config.naming
  const letters = entries.map(({ letter, type }) => `${letter} for ${type}`).join(', ')
  return [
    variableLine(scored, 'varNaming', {
      title: 'Names of variables begin with their type',
      isGood: ({ isNamed }) => isNamed,
      fault: 'the wrong prefix',
      remedy: `Begin each name with the ${char === 1 ? 'letter' : `${char} letters`} of its type: ${letters}.`,
    }),
    variableLine(scored, 'varUsed', {
      title: 'Every variable is used',
      isGood: ({ isUsed }) => isUsed,
      fault: 'no use',
      remedy: 'Remove the variables that nothing uses.',
    }),
    variableLine(scored, 'varConstant', {
      title: 'Variables with a start value are in capitals',
      isGood: ({ isConstant }) => isConstant,
      fault: 'a start value and a name that is not in capitals',
      remedy:
        'Write the names of constants in capitals behind their first letter (sSITE_URL), or set the value later.',
    }),
  ]
}

interface VariableRule {
  readonly title: string
  readonly remedy: string
  readonly isGood: (variable: VariableFacts) => boolean
  /** What a bad one has: "3 of 5 variables have …". */
  readonly fault: string
}

function variableLine(
  scored: Scored,
  name: ScoringName,
  { title, isGood, fault, remedy }: VariableRule,
): ScoreLine {
  const { variables } = scored
  const bad = variables.filter((variable) => !isGood(variable))
  const all = countedOrNo(variables.length, 'variable')
  const why =
    bad.length === 0
      ? `${all} ${variables.length === 1 ? 'passes' : 'pass'}.`
      : `${bad.length} of ${all} ${bad.length === 1 ? 'has' : 'have'} ${fault}.`
  return passOrFail(scored, name, {
    title,
    why: variables.length === 0 ? 'There are no variables.' : why,
    where: bad.map(placeOf),
    remedy,
    passes: bad.length === 0,
  })
}
