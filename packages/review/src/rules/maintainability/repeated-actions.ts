// Finds actions that do the same as others. Every action has a signature: what it does, with the signatures of what it
// holds, without its name, notes and place. Equal signatures get equal numbers, so that comparing is cheap at any
// depth. Actions that wait for exactly one another form chains; a window of so many equal numbers that was seen
// before is a repeat, and windows that touch are one.
import {
  type ActionDefinition,
  type BlockDefinition,
  type Flow,
  member,
  members,
} from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { printJson, type Value } from '@flowstead/expressions'
import type { Settings, SolutionReport } from '../../rule.ts'
import type { SolutionSubject } from '../../solution/solution-subject.ts'
import type { Subject } from '../../subject/subject.ts'

interface Signed {
  readonly action: ActionDefinition
  readonly flow: Flow
  readonly number: number
  /** Actions in it, itself included. */
  readonly size: number
  /** Whether it, or something in it, does more than handle variables. */
  readonly isWork: boolean
}

/** Reports later copies of sequences, and flows that are copies as a whole. */
export function checkRepeats(
  { subjects }: SolutionSubject,
  report: SolutionReport,
  { minActions: least }: Settings & { readonly minActions: number },
): void {
  const sign = signer()
  const seen = new Map<string, Signed>()
  const wholes = new Map<string, Flow>()
  for (const subject of subjects) {
    const { flow } = subject
    const chains: Signed[][] = []
    const signed = signBlock(subject, flow.root, sign, chains)
    const whole = signed
      .map(({ number }) => number)
      .sort((one, other) => one - other)
      .join()
    const original = wholes.get(whole)
    const size = signed.reduce((sum, each) => sum + each.size, 0)
    if (original !== undefined && size >= least) {
      const message = `${quoted(flow.name)} does the same as ${quoted(original.name)}, with ${size} actions.`
      report({ flow: flow.id, pointer: flow.definitionAt }, { message })
      continue
    }
    wholes.set(whole, flow)
    for (const chain of chains) checkChain(chain, least, seen, report)
  }
}

function checkChain(
  chain: readonly Signed[],
  least: number,
  seen: Map<string, Signed>,
  report: SolutionReport,
): void {
  let copied: { from: Signed; first: Signed; size: number; end: number } | undefined
  const tell = (): void => {
    if (copied === undefined) return
    const { first, from, size } = copied
    const where = first.flow === from.flow ? '' : ` of ${quoted(from.flow.name)}`
    const message = `The ${size} actions from ${quoted(first.action.name)} on repeat those from ${quoted(from.action.name)}${where} on.`
    report({ flow: first.flow.id, name: first.action.name, pointer: first.action.pointer }, { message })
    copied = undefined
  }
  for (const [index, start] of chain.entries()) {
    const window = windowFrom(chain, index, least)
    if (window === undefined || !window.some(({ isWork }) => isWork)) continue
    const key = window.map(({ number }) => number).join()
    const from = seen.get(key)
    if (from === undefined) {
      seen.set(key, start)
      continue
    }
    const end = index + window.length
    const size = window.reduce((sum, each) => sum + each.size, 0)
    if (copied === undefined || index >= copied.end) {
      tell()
      copied = { from, first: start, size, end }
    } else {
      const added = chain.slice(copied.end, end).reduce((sum, each) => sum + each.size, 0)
      copied = { ...copied, size: copied.size + added, end: Math.max(end, copied.end) }
    }
  }
  tell()
}

/** The shortest run of actions from here on that holds so many actions. */
function windowFrom(chain: readonly Signed[], index: number, least: number): readonly Signed[] | undefined {
  let size = 0
  for (let end = index; end < chain.length && end - index < least; end += 1) {
    size += chain[end]?.size ?? 0
    if (size >= least) return chain.slice(index, end + 1)
  }
  return undefined
}

/** Signs the actions of a block and adds its chains; chains inside a block come before those around it. */
function signBlock(
  subject: Subject,
  block: BlockDefinition,
  sign: (text: string) => number,
  chains: Signed[][],
): Signed[] {
  const signed = new Map(
    block.actions.map((action) => [action, signAction(subject, action, sign, chains)] as const),
  )
  for (const action of block.actions) {
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

function onlyFollower({ order }: Subject, action: ActionDefinition): ActionDefinition | undefined {
  const [follower, another] = order.successors(action)
  if (follower === undefined || another !== undefined) return undefined
  return order.predecessors(follower).length === 1 ? follower : undefined
}

function signAction(
  subject: Subject,
  action: ActionDefinition,
  sign: (text: string) => number,
  chains: Signed[][],
): Signed {
  const inner = action.blocks.map((block) => ({
    key: block.key,
    actions: signBlock(subject, block, sign, chains),
  }))
  const all = inner.flatMap(({ actions }) => actions)
  const blocks = inner.map(({ key, actions }) => `${key}:${actions.map(({ number }) => number).join()}`)
  return {
    action,
    flow: subject.flow,
    number: sign([action.type, ownText(action), ...blocks].join('\n')),
    size: all.reduce((sum, { size }) => sum + size, 1),
    isWork:
      all.some(({ isWork }) => isWork) ||
      (all.length === 0 && !/Variable$|^(Compose|Terminate)$/.test(action.type)),
  }
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

/** What an action does by itself; a number behind the name of an action it reads is left out. */
function ownText({ raw }: ActionDefinition): string {
  const own = members(raw)
    .filter(([key]) => !leftOut.has(key))
    .map(([key, value]) => `${key}=${printJson(value as Value)}`)
  const cases = members(member(raw, 'cases')).map(([, each]) => printJson(member(each, 'case') ?? null))
  return [...own, ...cases].join('\n').replaceAll(/('[^'\n]*?)_\d+'/g, "$1'")
}

/** Numbers for texts, the same for the same text. */
function signer(): (text: string) => number {
  const numbers = new Map<string, number>()
  return (text) => {
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  }
}
