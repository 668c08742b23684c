import type { ActionDefinition } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { fromProblems } from '../from-problems.ts'

const total = { type: 'Compose', inputs: 1 }
const cases = { Open: { case: 'open', actions: { Total: total } } }

/** Rules about actions that hold other actions. */
export const containerRules = [
  flowRule({
    id: 'STR013',
    title: 'Scopes, loops, conditions and cases hold actions',
    severity: 'warning',
    category: 'structure',
    detects:
      'A scope or a loop has no actions, a condition has none in either branch, or a case has none although there is nothing it could keep the default from doing.',
    why: 'It does nothing; usually something was forgotten, or it was left behind when its actions were removed.',
    fix: 'Remove it, or add the actions that belong there.',
    bad: { actions: { Try: { type: 'Scope', actions: {} } } },
    good: { actions: { Try: { type: 'Scope', actions: { Total: total } } } },
    check({ actions }, report) {
      for (const { action } of actions) {
        const empty = emptyParts(action)
        for (const message of empty) report(action, { message })
      }
    },
  }),
  flowRule({
    id: 'STR015',
    title: 'A Switch tells its cases apart and handles the rest',
    severity: 'error',
    category: 'structure',
    detects:
      'Two cases of a Switch have the same value, or a Switch has no actions for values that no case names.',
    why: 'The platform refuses equal cases; without a default a new value is passed over in silence.',
    fix: 'Give every case a value of its own, and let the default at least tell that a value was not expected.',
    bad: {
      actions: {
        Route: {
          type: 'Switch',
          expression: '@triggerBody()',
          cases: { ...cases, Opened: { case: 'open', actions: { Sum: total } } },
          default: { actions: { Other: total } },
        },
      },
    },
    good: {
      actions: {
        Route: {
          type: 'Switch',
          expression: '@triggerBody()',
          cases: { ...cases, Opened: { case: 'opened', actions: { Sum: total } } },
          default: { actions: { Other: total } },
        },
      },
    },
    check(subject, report) {
      fromProblems('Definition.DuplicateCase')(subject, report, {})
      for (const { action } of subject.actions) {
        if (action.type !== 'Switch' || hasActions(action, 'default')) continue
        if (!action.blocks.some(({ actions }) => actions.length > 0)) continue
        const message = `${quoted(action.name)} does nothing with a value that none of its cases names.`
        report(action, { message, severity: 'info' })
      }
    },
  }),
]

const blockTypes: ReadonlySet<string> = new Set(['Scope', 'Foreach', 'Until'])

function emptyParts(action: ActionDefinition): string[] {
  const { type, name, blocks } = action
  if (blocks.every(({ actions }) => actions.length === 0)) {
    if (blockTypes.has(type)) return [`${quoted(name)} holds no actions.`]
    if (type === 'If') return [`${quoted(name)} has no actions in either branch.`]
    return type === 'Switch' ? [`${quoted(name)} has no actions in any case.`] : []
  }
  if (type !== 'Switch' || hasActions(action, 'default')) return []
  return blocks
    .filter(({ key, actions }) => key.startsWith('case:') && actions.length === 0)
    .map(({ key }) => `The case ${quoted(key.slice('case:'.length))} of ${quoted(name)} has no actions.`)
}

function hasActions({ blocks }: ActionDefinition, wanted: string): boolean {
  return blocks.some(({ key, actions }) => key === wanted && actions.length > 0)
}
