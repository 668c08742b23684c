import type { ActionDefinition } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Reference } from '@flowstead/expressions'
import { flowRule } from '../../rule.ts'
import type { PlacedExpression } from '../../subject/expressions.ts'
import { actionFinder, isSameName } from './named.ts'

const scope = { type: 'Scope', actions: { Total: { type: 'Compose', inputs: 1 } } }

/** Rules about functions that read the loop or the scope around them. */
export const loopRules = [
  flowRule({
    id: 'REF106',
    title: 'item() and items() stand inside what they read from',
    severity: 'error',
    category: 'references',
    detects:
      'A call of item() stands outside every loop and data operation, or items() names a loop that does not hold it.',
    why: 'There is no current item; the platform refuses to save the flow.',
    fix: 'Move the expression into the loop, or name the loop it stands in.',
    bad: {
      actions: {
        Each: {
          type: 'Foreach',
          foreach: '@triggerBody()',
          actions: { Show: { type: 'Compose', inputs: "@items('Loop')" } },
        },
      },
    },
    good: {
      actions: {
        Each: {
          type: 'Foreach',
          foreach: '@triggerBody()',
          actions: { Show: { type: 'Compose', inputs: "@items('Each')" } },
        },
      },
    },
    check({ expressions }, report) {
      for (const expression of expressions)
        for (const reference of expression.references) {
          const message = strayItem(expression, reference)
          if (message !== undefined) report(expression, { message })
        }
    },
  }),
  flowRule({
    id: 'REF107',
    title: 'iterationIndexes() and result() name what they can read',
    severity: 'error',
    category: 'references',
    detects:
      'A call of iterationIndexes() names a loop that does not hold it, or result() names an action that holds no other actions.',
    why: 'The platform refuses to save the flow.',
    fix: 'Name an enclosing Until, or a scope; read a single action by outputs() or actions().',
    bad: {
      actions: {
        Try: scope,
        Show: { type: 'Compose', inputs: "@result('Total')", runAfter: { Try: ['Succeeded'] } },
      },
    },
    good: {
      actions: {
        Try: scope,
        Show: { type: 'Compose', inputs: "@result('Try')", runAfter: { Try: ['Succeeded'] } },
      },
    },
    check(subject, report) {
      const find = actionFinder(subject)
      for (const expression of subject.expressions)
        for (const { fn, name } of expression.references) {
          if (name === undefined) continue
          const target = fn === 'result' ? find(name) : undefined
          if (target?.isKnownType === true && target.blocks.length === 0)
            report(expression, { message: `result() names ${quoted(name)}, which holds no other actions.` })
          if (fn === 'iterationIndexes' && !isHeldBy(expression, 'Until', name))
            report(expression, { message: `There is no Until named ${quoted(name)} around this expression.` })
        }
    },
  }),
]

function strayItem(expression: PlacedExpression, { fn, name }: Reference): string | undefined {
  if (fn === 'items' && name !== undefined)
    return isHeldBy(expression, 'Foreach', name)
      ? undefined
      : `There is no loop named ${quoted(name)} around this expression.`
  return fn === 'item' && !hasItem(expression)
    ? 'item() stands neither in a loop nor in a data operation.'
    : undefined
}

function isHeldBy({ placed }: PlacedExpression, type: string, name: string): boolean {
  return around(placed).some((loop) => loop.type === type && isSameName(loop.name, name))
}

function around(placed: PlacedExpression['placed']): readonly ActionDefinition[] {
  return placed === undefined ? [] : [...placed.owners, placed.action]
}

const dataOperations: ReadonlySet<string> = new Set(['Query', 'Select', 'Table'])

function hasItem({ placed, pointer }: PlacedExpression): boolean {
  if (placed === undefined) return false
  if (around(placed).some(({ type, isKnownType }) => type === 'Foreach' || !isKnownType)) return true
  const { action } = placed
  return dataOperations.has(action.type) && pointer !== `${action.pointer}/inputs/from`
}
