// Every action has a signature: what it does, with the signatures of what it holds, without its name, notes and place;
// where it reads another action, the number of that action stands for the name. Equal signatures get equal numbers, so
// that comparing is cheap at any depth and renaming changes nothing.
import {
  type ActionDefinition,
  type BlockDefinition,
  type Flow,
  member,
  members,
} from '@flowstead/definition'
import { isObject, printJson, type Value } from '@flowstead/expressions'
import type { PlacedExpression } from '../../subject/expressions.ts'
import type { Subject } from '../../subject/subject.ts'
import { namesActions } from './action-references.ts'

/** An action with its number. */
export interface Signed {
  readonly action: ActionDefinition
  readonly flow: Flow
  readonly number: number
  /** Actions in it, itself included. */
  readonly size: number
  /** Whether it, or something in it, does more than handle variables. */
  readonly isWork: boolean
}

/** Signs a whole flow: its top-level actions in the order they run, and the chains of every block. */
export function signFlow(
  subject: Subject,
  sign: (text: string) => number,
): { readonly signed: readonly Signed[]; readonly chains: readonly (readonly Signed[])[] } {
  const chains: Signed[][] = []
  return { signed: signBlock({ subject, sign, numbers: new Map(), chains }, subject.flow.root), chains }
}

/** What signing one flow remembers. */
interface Signing {
  readonly subject: Subject
  readonly sign: (text: string) => number
  /** Numbers of the actions signed so far. */
  readonly numbers: Map<ActionDefinition, number>
  readonly chains: Signed[][]
}

/** Signs the actions of a block and adds its chains; chains inside a block come before those around it. */
function signBlock(signing: Signing, block: BlockDefinition): Signed[] {
  const { subject, chains } = signing
  const signed = new Map(
    inRunOrder(subject, block).map((action) => [action, signAction(signing, action)] as const),
  )
  for (const action of signed.keys()) {
    const before = subject.order.predecessors(action)
    const isHead = before.length !== 1 || subject.order.successors(before[0] as ActionDefinition).length !== 1
    if (!isHead) continue
    const chain: Signed[] = []
    for (
      let next: ActionDefinition | undefined = action;
      next !== undefined;
      next = onlyFollower(subject, next)
    )
      chain.push(signed.get(next) as Signed)
    chains.push(chain)
  }
  return [...signed.values()]
}

/** Predecessors before what waits for them; what waits for itself comes last, as written. */
function inRunOrder({ order }: Subject, { actions }: BlockDefinition): ActionDefinition[] {
  const waiting = new Map(actions.map((action) => [action, order.predecessors(action).length]))
  const sorted = actions.filter((action) => waiting.get(action) === 0)
  for (const action of sorted) {
    for (const next of order.successors(action)) {
      const left = (waiting.get(next) ?? 0) - 1
      waiting.set(next, left)
      if (left === 0) sorted.push(next)
    }
  }
  const placed = new Set(sorted)
  return [...sorted, ...actions.filter((action) => !placed.has(action))]
}

function onlyFollower({ order }: Subject, action: ActionDefinition): ActionDefinition | undefined {
  const [follower, another] = order.successors(action)
  if (follower === undefined || another !== undefined) return undefined
  return order.predecessors(follower).length === 1 ? follower : undefined
}

function signAction(signing: Signing, action: ActionDefinition): Signed {
  const { subject, sign, numbers } = signing
  const inner = action.blocks.map((block) => ({ key: block.key, actions: signBlock(signing, block) }))
  const all = inner.flatMap(({ actions }) => actions)
  const blocks = inner.map(
    ({ key, actions }) => `${keyOf(key)}:${actions.map(({ number }) => number).join()}`,
  )
  const number = sign([action.type, ownText(signing, action), ...blocks].join('\n'))
  numbers.set(action, number)
  return {
    action,
    flow: subject.flow,
    number,
    size: all.reduce((sum, { size }) => sum + size, 1),
    isWork:
      all.some(({ isWork }) => isWork) ||
      (all.length === 0 && !/Variable$|^(Compose|Terminate)$/.test(action.type)),
  }
}

/** The name of a case is no more than the name of an action; its value stands in the text. */
function keyOf(key: string): string {
  return key.startsWith('case:') ? 'case' : key
}

const leftOut: ReadonlySet<string> = new Set([
  'actions',
  'else',
  'cases',
  'default',
  'tools',
  'runAfter',
  'metadata',
  'description',
])

/** What an action does by itself, with numbers for the names of the actions it reads. */
function ownText({ subject, numbers }: Signing, action: ActionDefinition): string {
  const texts = new Map<string, string>()
  for (const expression of subject.expressionsOf(action))
    if (expression.references.some(({ fn }) => namesActions(fn)))
      texts.set(expression.text, numbered(expression, subject, numbers))
  const print = texts.size === 0 ? printJson : (value: Value) => printNumbered(value, texts)
  const own: string[] = []
  for (const [key, value] of members(action.raw)) if (!leftOut.has(key)) own.push(`${key}=${print(value)}`)
  for (const [, each] of members(member(action.raw, 'cases')))
    own.push(printJson(member(each, 'case') ?? null))
  return own.join('\n')
}

/** JSON text with other texts in the place of some. */
function printNumbered(value: Value, texts: ReadonlyMap<string, string>): string {
  if (typeof value === 'string') return JSON.stringify(texts.get(value) ?? value)
  if (Array.isArray(value)) return `[${value.map((each) => printNumbered(each, texts)).join()}]`
  if (!isObject(value)) return printJson(value)
  const printed = members(value).map(([key, each]) => `${JSON.stringify(key)}:${printNumbered(each, texts)}`)
  return `{${printed.join()}}`
}

/** The text of an expression with numbers for names of actions; one that has not run yet is around this one. */
function numbered(
  { text, references }: PlacedExpression,
  subject: Subject,
  numbers: ReadonlyMap<ActionDefinition, number>,
): string {
  let end = text.length
  const pieces: string[] = []
  for (const { fn, name, nameSpan } of references.toSorted((one, other) => other.start - one.start)) {
    if (name === undefined || nameSpan === undefined || nameSpan.end > end || !namesActions(fn)) continue
    const read = subject.action(name)
    const number = read === undefined ? undefined : numbers.get(read)
    pieces.push(text.slice(nameSpan.end, end), number === undefined ? '#' : `#${number}`)
    end = nameSpan.start
  }
  return [text.slice(0, end), ...pieces.toReversed()].join('')
}

/** Numbers for texts, the same for the same text. */
export function textNumbers(): (text: string) => number {
  const numbers = new Map<string, number>()
  return (text) => {
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  }
}
