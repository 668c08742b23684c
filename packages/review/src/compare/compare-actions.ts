import {
  type ActionDefinition,
  connectorCallOf,
  type Flow,
  member,
  type PlacedAction,
} from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { ObjectValue } from '@flowstead/expressions'
import { writtenVariable } from '../subject/variables.ts'
import type { ChangeLog, Thing } from './change-log.ts'
import type { ActionMatch } from './match-actions.ts'
import { branchOf, matchBranches } from './match-branches.ts'
import type { VariablePair } from './names.ts'
import { branchContents, ownContent, withMember, without } from './own-content.ts'
import { type Meanings, valueChanges } from './value-changes.ts'

interface Compared {
  readonly before: Flow
  readonly after: Flow
  readonly match: ActionMatch
  readonly variables: readonly VariablePair[]
}

/** Tells what is new, renamed, moved, edited and deleted among actions. */
export function compareActions(
  { before, after, match, variables }: Compared,
  meanings: Meanings,
  log: ChangeLog,
): void {
  const earlier = new Map(match.before.map((placed) => [placed.action, placed]))
  const branches = branchesOf(match, meanings)
  const renamed = renamedVariables(variables)
  for (const placed of match.after) {
    const thing = thingOf(placed)
    const old = match.beforeOf.get(placed.action)
    const was = old === undefined ? undefined : earlier.get(old)
    if (was === undefined) log.add('N', thing, { after: described(after, placed.action) })
    else comparePair({ was, is: placed, match, branches, renamed }, meanings, log)
  }
  for (const placed of match.before)
    if (!match.afterOf.has(placed.action)) {
      const { afterAt, ...thing } = thingOf(placed)
      log.add('D', { ...thing, beforeAt: afterAt }, { before: described(before, placed.action) })
    }
}

function thingOf({ action, owners }: PlacedAction): Thing {
  const within = owners.at(-1)?.name
  return {
    subject: 'action',
    name: action.name,
    afterAt: action.pointer,
    ...(within === undefined ? {} : { within }),
  }
}

/** For an action: the branch of the later version that each of its earlier branches is. */
type Branches = (action: ActionDefinition) => ReadonlyMap<string, string>

function branchesOf({ afterOf }: ActionMatch, meanings: Meanings): Branches {
  const known = new Map<ActionDefinition, ReadonlyMap<string, string>>()
  return (action) => {
    const found = known.get(action) ?? matchBranches(action, afterOf.get(action), meanings)
    known.set(action, found)
    return found
  }
}

interface Pair {
  readonly was: PlacedAction
  readonly is: PlacedAction
  readonly match: ActionMatch
  readonly branches: Branches
  readonly renamed: ReadonlyMap<string, string>
}

function comparePair(pair: Pair, meanings: Meanings, log: ChangeLog): void {
  const { was, is } = pair
  const thing: Thing = { ...thingOf(is), beforeAt: was.action.pointer }
  if (was.action.name !== is.action.name)
    log.add('R', thing, { before: was.action.name, after: is.action.name })
  if (!isSamePlace(pair)) log.add('M', thing, { before: placeText(was), after: placeText(is) })
  compareRunAfter(pair, thing, meanings, log)
  valueChanges(contentOf(was.action, pair.renamed), contentOf(is.action, new Map()), meanings, (change) =>
    log.addValue(thing, change),
  )
  compareBranches(pair, thing, meanings, log)
}

function isSamePlace({ was, is, match, branches }: Pair): boolean {
  const [old, now] = [was.owners.at(-1), is.owners.at(-1)]
  if (old === undefined || now === undefined) return old === now
  return match.afterOf.get(old) === now && branches(old).get(was.block.key) === is.block.key
}

function placeText({ owners, block }: PlacedAction): string {
  const owner = owners.at(-1)
  if (owner === undefined) return 'at the top level'
  const branch = branchOf(owner, block.key)
  return `in ${quoted(owner.name)}${branch === '' ? '' : `, ${branch}`}`
}

/** Edges by what they mean; shown as they are written. */
function compareRunAfter({ was, is }: Pair, thing: Thing, { before, after }: Meanings, log: ChangeLog): void {
  const meant = ({ runAfter }: ActionDefinition, name: (action: string) => string): string =>
    runAfter
      .map(({ action, statuses }) => JSON.stringify([name(action.toLowerCase()), ...[...statuses].sort()]))
      .sort()
      .join()
  if (meant(was.action, before.action) === meant(is.action, after.action)) return
  const [old, now] = [was, is].map(({ action }) => runAfterText(action))
  log.add('E', thing, { path: 'runAfter', before: old ?? '', after: now ?? '' })
}

function runAfterText({ runAfter }: ActionDefinition): string {
  if (runAfter.length === 0) return 'nothing: first of its branch'
  const shown = runAfter.slice(0, 10).map(({ action, statuses }) => `${action} (${statuses.join(', ')})`)
  const left = runAfter.length - shown.length
  return [...shown, ...(left > 0 ? [`${left} more`] : [])].join('; ')
}

/** Variables are compared by themselves; a write under the new name of its variable is no change. */
function contentOf(action: ActionDefinition, renamed: ReadonlyMap<string, string>): ObjectValue {
  const content = ownContent(action)
  const inputs = member(content, 'inputs')
  if (action.type === 'InitializeVariable') return withMember(content, 'inputs', without(inputs, 'variables'))
  const name = renamed.get(writtenVariable(action)?.toLowerCase() ?? '')
  return name === undefined ? content : withMember(content, 'inputs', withMember(inputs, 'name', name))
}

function renamedVariables(pairs: readonly VariablePair[]): Map<string, string> {
  return new Map(
    pairs.flatMap(({ before, after }) =>
      before === undefined || after === undefined || before.variable === after.variable
        ? []
        : [[before.variable.toLowerCase(), after.variable]],
    ),
  )
}

function compareBranches(
  { was, is, branches }: Pair,
  thing: Thing,
  meanings: Meanings,
  log: ChangeLog,
): void {
  const [old, now] = [branchContents(was.action), branchContents(is.action)]
  if (old.size === 0 && now.size === 0) return
  const afterOf = branches(was.action)
  const matched = new Set(afterOf.values())
  for (const [key, content] of old) {
    const target = afterOf.get(key)
    const later = target === undefined ? undefined : now.get(target)
    const base = pathOf(later === undefined || target === undefined ? key : target)
    if (target !== undefined && target !== key)
      log.add('R', thing, { path: base.join('.'), before: branchName(key), after: branchName(target) })
    valueChanges(content, later, meanings, (change) => log.addValue(thing, change, base))
  }
  for (const [key, content] of now)
    if (!matched.has(key))
      valueChanges(undefined, content, meanings, (change) => log.addValue(thing, change, pathOf(key)))
}

/** `case:Paid` stands at `cases.Paid` of the action. */
function pathOf(key: string): string[] {
  return [key.startsWith('tool:') ? 'tools' : 'cases', branchName(key)]
}

function branchName(key: string): string {
  return key.slice(key.indexOf(':') + 1)
}

function described(flow: Flow, action: ActionDefinition): string {
  const call = connectorCallOf(flow, action)
  const operation = [call?.operation, call?.api].filter((part) => part).join(' of ')
  return operation === '' ? action.type : `${action.type}, ${operation}`
}
