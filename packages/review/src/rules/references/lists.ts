import type { ActionDefinition } from '@flowstead/definition'
import { memberAt } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { callsIn, functions, references, type Tree } from '@flowstead/expressions'
import { flowRule } from '../../rule.ts'
import type { PlacedExpression } from '../../subject/expressions.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'
import { chainsIn } from './access-chains.ts'

const filter = {
  type: 'Query',
  inputs: { from: '@triggerBody()', where: "@equals(item()?['state'], 'open')" },
}
const show = (inputs: string) => ({
  actions: { Open: filter, Show: { type: 'Compose', inputs, runAfter: { Open: ['Succeeded'] } } },
})

/** Rules about lists that may be empty. */
export const listRules = [
  flowRule({
    id: 'REF120',
    title: 'The first item of a list is read when there is one',
    severity: 'warning',
    category: 'references',
    detects:
      'An expression reads a key of first() or last(), or an item by its number, without ?, of a list that a filter or a call from outside gives, and nothing in the flow asks whether the list is empty.',
    why: 'With an empty list there is no first item, and the action fails.',
    fix: 'Put a ? before the brackets and handle null, or ask empty() or length() before.',
    bad: show("@body('Open')[0]"),
    good: show("@body('Open')?[0]"),
    check(subject, report) {
      const guards = guardsIn(subject)
      for (const expression of subject.expressions) {
        const told = new Set<ActionDefinition>()
        for (const { list, text } of firstItems(expression, subject)) {
          const source = sourceOf(list, subject)
          if (source === undefined || told.has(source) || isGuarded(guards(source), expression)) continue
          told.add(source)
          report(expression, {
            message: `${quoted(text)} fails when ${quoted(source.name)} gives an empty list.`,
          })
        }
      }
    },
  }),
]

interface FirstItem {
  /** The tree that gives the list. */
  readonly list: Tree
  readonly text: string
}

/** Reads of an item that fail on an empty list. */
function firstItems(expression: PlacedExpression, subject: Subject): FirstItem[] {
  const { text } = expression
  return chainsIn(expression, subject).flatMap(({ call, steps }) => {
    const found: FirstItem[] = []
    const first = steps.findIndex(({ key, isOptional }) => key === 0 && !isOptional)
    if (first >= 0) found.push({ list: call, text: text.slice(call.start, steps[first]?.end) })
    const fn = functions.get(call.name.toLowerCase())?.name
    const [list] = call.args
    const next = steps[0]
    if ((fn === 'first' || fn === 'last') && list !== undefined && next !== undefined && !next.isOptional)
      found.push({ list, text: text.slice(call.start, next.end) })
    return found
  })
}

/** The action a list comes from directly, when that is a filter or a call from outside. */
function sourceOf(list: Tree, subject: Subject): ActionDefinition | undefined {
  let target = list
  while (target.kind === 'access') target = target.target
  if (target.kind !== 'call') return undefined
  const fn = functions.get(target.name.toLowerCase())?.name
  const [name] = target.args
  if ((fn !== 'body' && fn !== 'outputs') || name?.kind !== 'literal' || typeof name.value !== 'string')
    return undefined
  const action = subject.action(name.value)
  if (action === undefined) return undefined
  return action.type === 'Query' || outsideCallOf(subject, action) !== undefined ? action : undefined
}

const asking: ReadonlySet<string> = new Set([
  'empty',
  'length',
  'contains',
  'coalesce',
  'if',
  'equals',
  'greater',
  'less',
])

/** What in the flow looks at a list before its items are read. */
interface Guards {
  /** Whether something asks about the list, or decides by it. */
  readonly isAsked: boolean
  /** Loops over the list: inside one there is an item. */
  readonly loops: ReadonlySet<PlacedExpression['owner']>
}

function guardsIn(subject: Subject): (source: ActionDefinition) => Guards {
  const known = new Map<ActionDefinition, Guards>()
  return (source) => {
    const before = known.get(source)
    if (before !== undefined) return before
    const readers = [...new Set(subject.readsOf(source.name).map(({ expression }) => expression))]
    const loops = readers.filter(({ pointer }) => pointer.endsWith('/foreach')).map(({ owner }) => owner)
    const isAsked = readers.some((expression) => isDecision(expression) || asksAbout(expression, source.name))
    const guards = { isAsked, loops: new Set(loops) }
    known.set(source, guards)
    return guards
  }
}

function isGuarded({ isAsked, loops }: Guards, { placed }: PlacedExpression): boolean {
  return isAsked || placed?.owners.some((owner) => loops.has(owner)) === true
}

function asksAbout({ trees }: PlacedExpression, name: string): boolean {
  return trees.flatMap(callsIn).some((call) => asks(call.name) && reads(call, name))
}

function isDecision({ placed, pointer }: PlacedExpression): boolean {
  const action = placed?.action
  return (
    action !== undefined &&
    memberAt(action.raw, 'expression') !== undefined &&
    pointer.startsWith(`${action.pointer}/expression`)
  )
}

function asks(name: string): boolean {
  return asking.has(functions.get(name.toLowerCase())?.name ?? '')
}

function reads(tree: Tree, name: string): boolean {
  return references(tree).some((reference) => reference.name?.toLowerCase() === name.toLowerCase())
}
