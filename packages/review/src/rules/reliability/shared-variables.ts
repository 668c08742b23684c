import { type ActionDefinition, member, type PlacedAction } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { printJson, type Value } from '@flowstead/expressions'
import { type Severity, severities } from '../../finding.ts'
import { flowRule } from '../../rule.ts'
import type { Subject } from '../../subject/subject.ts'
import { concurrentLoopAround } from './concurrency.ts'
import { type Contents, contentsOf } from './contents.ts'
import { canRunTogether } from './exclusive.ts'

const maxWriters = 40

const list = { type: 'InitializeVariable', inputs: { variables: [{ name: 'last', type: 'String' }] } }
const set = { type: 'SetVariable', inputs: { name: 'last', value: "@item()?['name']" } }
const use = {
  type: 'Compose',
  runAfter: { Set: ['Succeeded'] },
  inputs: "@concat('Hello ', variables('last'))",
}
const loop = {
  type: 'Foreach',
  foreach: '@triggerBody()',
  runAfter: { List: ['Succeeded'] },
  actions: { Set: set, Use: use },
}

/** Rules about variables that several things write at once. */
export const sharedVariableRules = [
  flowRule({
    id: 'REL213',
    title: 'Repetitions that run at the same time do not share a variable',
    severity: 'error',
    category: 'reliability',
    detects:
      'A Foreach whose repetitions run at the same time (Logic Apps unless set otherwise, Power Automate when concurrency is on) sets a variable that it also reads: an error. A warning when it only sets it, when it sets and reads it behind a condition, or when it counts or appends and reads; information when it only appends, sets it behind a condition, or sets it behind the comparison of its item with a typed value. Setting one and the same constant, and counting without reading, are left alone. One finding for each loop.',
    why: 'A variable belongs to the run, not to the repetition: one repetition reads what another has just written.',
    fix: 'Use Compose inside the loop, or collect with Select, or set the concurrency of the loop to 1.',
    bad: {
      actions: {
        List: list,
        Loop: { ...loop, runtimeConfiguration: { concurrency: { repetitions: 20 } } },
      },
    },
    good: {
      actions: {
        List: list,
        Loop: { ...loop, runtimeConfiguration: { concurrency: { repetitions: 1 } } },
      },
    },
    check(subject, report) {
      for (const [loop, uses] of sharedInLoops(subject)) {
        const worst = severities.find((severity) => uses.some((use) => use.severity === severity))
        const named = uses.filter((use) => use.severity === worst)
        const isRead = named.every((use) => use.isRead)
        report(loop, {
          message: `Repetitions of ${quoted(loop.name)} run at the same time and write ${isRead ? 'and read ' : ''}the variable${named.length === 1 ? '' : 's'} ${listed(named)}.`,
          ...(worst === undefined ? {} : { severity: worst }),
        })
      }
    },
  }),
  flowRule({
    id: 'REL214',
    title: 'Parallel branches do not write the same variable',
    severity: 'error',
    category: 'reliability',
    detects:
      'Two actions that can run at the same time in one run write the same variable, at least one of them by setting it; information when both only append. Branches that exclude each other, equal constants, and counting are left alone.',
    why: 'The branch that happens to end last wins, another one in every run.',
    fix: 'Give each branch a variable of its own, or let one branch run after the other.',
    bad: {
      actions: {
        List: list,
        One: {
          type: 'SetVariable',
          runAfter: { List: ['Succeeded'] },
          inputs: { name: 'last', value: 'one' },
        },
        Two: {
          type: 'SetVariable',
          runAfter: { List: ['Succeeded'] },
          inputs: { name: 'last', value: 'two' },
        },
      },
    },
    good: {
      actions: {
        List: list,
        One: {
          type: 'SetVariable',
          runAfter: { List: ['Succeeded'] },
          inputs: { name: 'last', value: 'one' },
        },
        Two: {
          type: 'SetVariable',
          runAfter: { One: ['Succeeded'] },
          inputs: { name: 'last', value: 'two' },
        },
      },
    },
    check(subject, report) {
      const contents = contentsOf(subject)
      for (const variable of contents.writtenVariables) {
        const clash = worstClash(subject, contents.writersOf(variable).slice(0, maxWriters))
        if (clash === undefined) continue
        const { one, other, severity } = clash
        report(other, {
          message: `${quoted(other.name)} and ${quoted(one.name)} can run at the same time, and both write the variable ${quoted(nameOf(other))}.`,
          severity,
        })
      }
    },
  }),
]

/** A variable that repetitions of one loop share. */
interface SharedUse {
  readonly variable: string
  readonly isRead: boolean
  readonly severity: Severity
}

function sharedInLoops(subject: Subject): Map<ActionDefinition, SharedUse[]> {
  const contents = contentsOf(subject)
  const found = new Map<ActionDefinition, SharedUse[]>()
  for (const variable of contents.writtenVariables)
    for (const [loop, { writers, isSure }] of writersByLoop(subject, contents, variable)) {
      const isRead = readsInside(subject, contents, loop, variable)
      const severity = severityInLoop(loop, writers, isRead)
      if (severity === undefined) continue
      const use = {
        variable: nameOf((writers[0] as PlacedAction).action),
        isRead,
        severity: isSure ? severity : ('info' as const),
      }
      found.set(loop, [...(found.get(loop) ?? []), use])
    }
  return found
}

const maxNamed = 3

function listed(uses: readonly SharedUse[]): string {
  const names = uses.slice(0, maxNamed).map(({ variable }) => quoted(variable))
  const rest = uses.length - names.length
  return `${names.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`
}

interface LoopWriters {
  readonly writers: PlacedAction[]
  readonly isSure: boolean
}

function writersByLoop(
  { flow }: Subject,
  contents: Contents,
  variable: string,
): Map<ActionDefinition, LoopWriters> {
  const found = new Map<ActionDefinition, LoopWriters>()
  for (const placed of contents.writersOf(variable)) {
    const around = concurrentLoopAround(flow, placed)
    if (around === undefined) continue
    const known = found.get(around.loop)
    if (known === undefined) found.set(around.loop, { writers: [placed], isSure: around.isSure })
    else known.writers.push(placed)
  }
  return found
}

function severityInLoop(
  loop: ActionDefinition,
  writers: readonly PlacedAction[],
  isRead: boolean,
): Severity | undefined {
  const sets = writers.filter(({ action }) => action.type === 'SetVariable')
  const appends = writers.filter(({ action }) => action.type.startsWith('Append'))
  if (sets.length > 0) {
    if (sets.length === writers.length && isOneConstant(sets.map(({ action }) => action))) return undefined
    if (sets.every((placed) => isPicked(loop, placed))) return 'info'
    const isMaybe = sets.every((placed) => isConditional(loop, placed))
    if (isRead) return isMaybe ? 'warning' : 'error'
    return isMaybe ? 'info' : 'warning'
  }
  if (isRead) return 'warning'
  return appends.length > 0 ? 'info' : undefined
}

/** Whether a condition inside the loop decides about the action: often only one repetition gets there. */
function isConditional(loop: ActionDefinition, { owners }: PlacedAction): boolean {
  return owners.slice(owners.indexOf(loop)).some(({ type }) => type === 'If' || type === 'Switch')
}

/** Whether a comparison of the item with a typed value decides about the action, which usually lets one item through. */
function isPicked(loop: ActionDefinition, { owners }: PlacedAction): boolean {
  return owners
    .slice(owners.indexOf(loop))
    .some(({ type, raw }) => type === 'If' && comparesItem(member(raw, 'expression')))
}

/** `{"equals": ["@items('Each')?['name']", "Main"]}`, alone or as one of several that must all hold. */
function comparesItem(condition: Value | undefined): boolean {
  const all = member(condition, 'and')
  if (Array.isArray(all)) return all.some(comparesItem)
  const sides = member(condition, 'equals')
  if (!Array.isArray(sides)) return false
  const isComputed = sides.map((side) => typeof side === 'string' && side.startsWith('@'))
  return isComputed.includes(false) && sides.some((side) => /^@items?\(/.test(String(side)))
}

function readsInside(
  subject: Subject,
  contents: Contents,
  loop: ActionDefinition,
  variable: string,
): boolean {
  return subject
    .readsOf(variable)
    .some(
      ({ fn, expression: { placed } }) =>
        fn === 'variables' && placed !== undefined && contents.holds(loop, placed.action),
    )
}

interface Clash {
  readonly one: ActionDefinition
  readonly other: ActionDefinition
  readonly severity: Severity
}

function worstClash({ order }: Subject, writers: readonly PlacedAction[]): Clash | undefined {
  let mild: Clash | undefined
  for (const [index, other] of writers.entries())
    for (const one of writers.slice(0, index)) {
      const pair = [one.action, other.action]
      const isSet = pair.some(({ type }) => type === 'SetVariable')
      const isAppended = pair.every(({ type }) => type.startsWith('Append'))
      if (isSet ? isOneConstant(pair) : !isAppended || mild !== undefined) continue
      if (!canRunTogether(order, one, other)) continue
      const clash = { one: one.action, other: other.action }
      if (isSet) return { ...clash, severity: 'error' }
      mild = { ...clash, severity: 'info' }
    }
  return mild
}

/** Whether all of them set the variable to one value that is no expression. */
function isOneConstant(writers: readonly ActionDefinition[]): boolean {
  const values = new Set(writers.map(({ type, inputs }) => `${type} ${textOf(member(inputs, 'value'))}`))
  const [only] = values
  return values.size === 1 && only?.startsWith('SetVariable') === true && !only.includes('@')
}

function textOf(value: Value | undefined): string {
  return value === undefined ? '' : printJson(value)
}

function nameOf({ inputs }: ActionDefinition): string {
  return String(member(inputs, 'name'))
}
