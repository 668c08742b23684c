import { type ActionDefinition, type PlacedAction, walkBlock } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { isObject, printJson, type Value } from '@flowstead/expressions'
import { flowRule } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'
import { type Contents, contentsOf } from '../reliability/contents.ts'
import { canRunTogether, runsOnlyAfterFailure } from '../reliability/exclusive.ts'
import { isSteadyIn } from '../reliability/steadiness.ts'
import { nearestLoop } from './loop-item.ts'

const get = (path: string, after?: string): object => ({
  type: 'Http',
  ...(after === undefined ? {} : { runAfter: { [after]: ['Succeeded'] } }),
  inputs: { method: 'GET', uri: `https://example.com/${path}` },
})

/** Rules about calls that need not be made, or not one after the other. */
export const repeatedCallRules = [
  flowRule({
    id: 'PERF310',
    title: 'What is the same for all items is read once',
    severity: 'warning',
    category: 'performance',
    detects:
      'A call that only reads stands in a Foreach, and its inputs use neither the item nor anything that the loop changes. Information where a condition decides about it, or where the loop also writes to other systems, so that a fresh answer may be wanted.',
    why: 'The same question is asked once for each item.',
    fix: 'Move the action before the loop and read its result inside.',
    bad: {
      actions: { Each: { type: 'Foreach', foreach: '@triggerBody()', actions: { Rates: get('rates') } } },
    },
    good: {
      actions: {
        Each: {
          type: 'Foreach',
          foreach: '@triggerBody()',
          actions: { Rates: get("rates/@{item()?['currency']}") },
        },
      },
    },
    check(subject, report) {
      const contents = contentsOf(subject)
      for (const placed of subject.actions) {
        const { action, owners } = placed
        const loop = nearestLoop(placed)
        if (loop?.type !== 'Foreach' || !isReading(subject, action)) continue
        if (holdsUnresolved(subject, action.inputs)) continue
        const expressions = subject.expressionsOf(action)
        if (!expressions.every((expression) => isSteadyIn(subject, contents, loop, expression))) continue
        const isUnsure =
          owners.slice(owners.indexOf(loop) + 1).some(({ type }) => type === 'If' || type === 'Switch') ||
          contents.inside(loop).some((other) => mayChange(subject, other.action))
        report(action, {
          message: `${quoted(action.name)} asks the same for each item of ${quoted(loop.name)}.`,
          ...(isUnsure ? { severity: 'info' } : {}),
        })
      }
    },
  }),
  flowRule({
    id: 'PERF311',
    title: 'The same question is asked once',
    severity: 'warning',
    category: 'performance',
    detects:
      'Two calls that only read have the same inputs and both run in one run, and between them nothing writes to another system or waits. Calls in an Until, in branches that exclude each other, or after the failure of the other are left alone.',
    why: 'The second call costs time and a request, and gives the answer that is there already.',
    fix: 'Remove the second action and read the outputs of the first.',
    bad: { actions: { One: get('rates'), Two: get('rates', 'One') } },
    good: { actions: { One: get('rates'), Two: get('prices', 'One') } },
    check(subject, report) {
      const contents = contentsOf(subject)
      const changing = subject.actions.map(({ action }) => action).filter((each) => mayChange(subject, each))
      if (changing.length > maxChanging) return
      for (const same of sameCalls(subject, contents))
        for (const [index, later] of same.entries()) {
          const earlier = same
            .slice(0, index)
            .find((each) => asksAgain(subject, contents, changing, each, later))
          if (earlier !== undefined)
            report(later.action, {
              message: `${quoted(later.action.name)} asks what ${quoted(earlier.action.name)} has already asked.`,
            })
        }
    },
  }),
  flowRule({
    id: 'PERF312',
    title: 'Calls that do not need each other run side by side',
    severity: 'info',
    category: 'performance',
    detects:
      'At least `minCalls` calls that only read follow each other directly, and none uses the result of another.',
    why: 'Their times add up, although the longest of them alone would do.',
    fix: 'Let them start from the same action, and join them in the first action that needs their results.',
    settings: { minCalls: 3 },
    bad: { actions: { A: get('a'), B: get('b', 'A'), C: get('c', 'B') } },
    good: { actions: { A: get('a'), B: get('b', 'A'), C: get("c/@{body('A')?['id']}", 'B') } },
    check(subject, report, { minCalls }) {
      for (const chain of independentChains(subject)) {
        const [first] = chain
        if (first === undefined || chain.length < minCalls) continue
        report(first, {
          message: `${chain.length} calls from ${quoted(first.name)} to ${quoted(chain.at(-1)?.name)} wait for each other without need.`,
        })
      }
    },
  }),
]

/** Reads that take something away, so that the next one answers differently. */
const taking = /message|queue|next|peek|receive|head\b/i

function isReading(subject: Subject, action: ActionDefinition): boolean {
  const call = outsideCallOf(subject, action)
  if (call === undefined || action.type.includes('Webhook')) return false
  return (call.effect === 'read' || call.effect === 'list') && !taking.test(call.operation ?? '')
}

/** Whether an action may change what others read: a write, a call of unknown effect, a wait. */
function mayChange(subject: Subject, action: ActionDefinition): boolean {
  const effect = outsideCallOf(subject, action)?.effect
  if (effect === undefined) return action.type === 'Wait'
  return effect !== 'read' && effect !== 'list' && effect !== 'send'
}

/** A deployment puts such texts together: what they read then is not known here. */
function holdsUnresolved({ flow }: Subject, inputs: Value | undefined): boolean {
  return flow.format === 'arm-template' && inputs !== undefined && someText(inputs, isUnresolved)
}

function isUnresolved(text: string): boolean {
  return text.startsWith('[') && text.endsWith(']') && text.includes('@')
}

function someText(value: Value, test: (text: string) => boolean): boolean {
  if (typeof value === 'string') return test(value)
  const inner = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []
  return inner.some((each) => someText(each, test))
}

/** In flows with more writes than this nothing is said about repeated questions. */
const maxChanging = 200

const maxSame = 5

/** Reading calls with the same type and inputs, in the order of the definition. */
function sameCalls(subject: Subject, contents: Contents): PlacedAction[][] {
  const groups = new Map<string, PlacedAction[]>()
  for (const placed of subject.actions) {
    const { action, owners } = placed
    if (!isReading(subject, action) || action.inputs === undefined) continue
    if (owners.some(({ type }) => type === 'Until') || holdsUnresolved(subject, action.inputs)) continue
    if (readsWrittenVariable(subject, contents, action)) continue
    const key = `${action.type} ${printJson(action.inputs)}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [placed])
    else if (group.length < maxSame) group.push(placed)
  }
  return [...groups.values()].filter((group) => group.length > 1)
}

function readsWrittenVariable(subject: Subject, contents: Contents, action: ActionDefinition): boolean {
  return subject
    .expressionsOf(action)
    .some(({ references }) =>
      references.some(
        ({ fn, name }) => fn === 'variables' && (name === undefined || contents.writersOf(name).length > 0),
      ),
    )
}

function asksAgain(
  subject: Subject,
  contents: Contents,
  changing: readonly ActionDefinition[],
  earlier: PlacedAction,
  later: PlacedAction,
): boolean {
  const { order } = subject
  const readsItem = subject
    .expressionsOf(later.action)
    .some(({ references }) => references.some(({ fn }) => fn === 'item' || fn === 'items'))
  if (readsItem && nearestLoop(earlier) !== nearestLoop(later)) return false
  if (!order.precedes(earlier.action, later.action)) return canRunTogether(order, earlier, later)
  if (runsOnlyAfterFailure(order, earlier, later)) return false
  const isOneBranch = earlier.owners.every(
    (owner) => (owner.type !== 'If' && owner.type !== 'Switch') || contents.holds(owner, later.action),
  )
  return (
    isOneBranch &&
    !changing.some(
      (action) => order.precedes(earlier.action, action) && !order.precedes(later.action, action),
    )
  )
}

/** Reading calls that follow each other directly and do not read each other, for every block. */
function independentChains(subject: Subject): ActionDefinition[][] {
  const chains = new Map<ActionDefinition, Chain>()
  const found: Chain[] = []
  for (const action of inRunOrder(subject)) {
    if (!isReading(subject, action)) continue
    const [before, ...others] = subject.order.predecessors(action)
    const isDirect = others.length === 0 && action.runAfter[0]?.statuses.join() === 'Succeeded'
    const chain = isDirect && before !== undefined ? chains.get(before) : undefined
    if (chain !== undefined && chain.calls.at(-1) === before && !readsAny(subject, action, chain)) {
      chain.calls.push(action)
      chain.names.add(action.name.toLowerCase())
      chains.set(action, chain)
    } else {
      const own = { calls: [action], names: new Set([action.name.toLowerCase()]) }
      found.push(own)
      chains.set(action, own)
    }
  }
  return found.map(({ calls }) => calls)
}

interface Chain {
  readonly calls: ActionDefinition[]
  /** Names of the calls, lower case. */
  readonly names: Set<string>
}

/** Every action after those it waits for in its block, as far as there is such an order. */
function inRunOrder({ flow, order }: Subject): ActionDefinition[] {
  const done = new Set<ActionDefinition>()
  const result: ActionDefinition[] = []
  for (const { action } of walkBlock(flow.root)) {
    const waiting = [action]
    const opened = new Set<ActionDefinition>()
    for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
      const before = order.predecessors(next).filter((each) => !done.has(each) && !opened.has(each))
      opened.add(next)
      if (before.length > 0 && !done.has(next)) {
        waiting.push(...before)
        continue
      }
      waiting.pop()
      if (done.has(next)) continue
      done.add(next)
      result.push(next)
    }
  }
  return result
}

function readsAny(subject: Subject, action: ActionDefinition, { names }: Chain): boolean {
  return subject
    .expressionsOf(action)
    .some(({ references }) => references.some(({ name }) => names.has(name?.toLowerCase() ?? '')))
}
