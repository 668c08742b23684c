// Second layer, edges: runAfter names actions of the same block and never leads back to where it came from.
import { quoted } from '@flowstead/errors'
import type { ActionDefinition, BlockDefinition, Flow } from '../flow.ts'
import { pointerTo } from '../json/pointer.ts'
import type { Report } from '../report.ts'
import { walkBlocks } from '../walk.ts'

/** Reports edges that lead nowhere, elsewhere, or round. */
export function checkRunAfter(flow: Flow, report: Report): void {
  for (const block of walkBlocks(flow)) {
    const siblings = new Map(block.actions.map((action) => [action.name.toLowerCase(), action]))
    for (const action of block.actions) checkEdges(action, siblings, flow, report)
    checkCycle(block, siblings, report)
  }
}

type Siblings = ReadonlyMap<string, ActionDefinition>

function checkEdges(action: ActionDefinition, siblings: Siblings, flow: Flow, report: Report): void {
  for (const { action: before } of action.runAfter) {
    const name = before.toLowerCase()
    if (siblings.has(name)) continue
    const pointer = pointerTo(action.pointer, 'runAfter', before)
    if (flow.triggers.some((trigger) => trigger.name.toLowerCase() === name)) continue
    if (flow.actions.has(name)) {
      const message = `${quoted(action.name)} runs after ${quoted(before)}, which is in another block.`
      const hint = 'An action can only run after actions beside it: name the scope or loop that holds it.'
      report({ code: 'Definition.RunAfterOtherBlock', pointer, message, hint })
    } else {
      const message = `${quoted(action.name)} runs after ${quoted(before)}, which does not exist.`
      const known = () => [...siblings.values()].map((sibling) => sibling.name)
      report({ code: 'Definition.MissingRunAfter', pointer, message, unknown: { name: before, known } })
    }
  }
}

/** Takes away what can run until nothing more can; what is left waits for itself. */
function checkCycle(block: BlockDefinition, siblings: Siblings, report: Report): void {
  const waiting = new Map<ActionDefinition, number>()
  const followers = new Map<ActionDefinition, ActionDefinition[]>()
  const ready: ActionDefinition[] = []
  for (const action of block.actions) {
    const predecessors = predecessorsOf(action, siblings)
    waiting.set(action, predecessors.length)
    if (predecessors.length === 0) ready.push(action)
    for (const before of predecessors) followers.set(before, [...(followers.get(before) ?? []), action])
  }
  for (let action = ready.pop(); action !== undefined; action = ready.pop()) {
    waiting.delete(action)
    for (const follower of followers.get(action) ?? []) {
      const left = (waiting.get(follower) ?? 0) - 1
      waiting.set(follower, left)
      if (left === 0) ready.push(follower)
    }
  }
  const [stuck] = waiting.keys()
  if (stuck !== undefined) reportCycle(stuck, new Set(waiting.keys()), siblings, report)
}

function reportCycle(
  start: ActionDefinition,
  stuck: ReadonlySet<ActionDefinition>,
  siblings: Siblings,
  report: Report,
): void {
  const path: ActionDefinition[] = []
  let current = start
  while (!path.includes(current)) {
    path.push(current)
    current = predecessorsOf(current, siblings).find((before) => stuck.has(before)) as ActionDefinition
  }
  const cycle = path.slice(path.indexOf(current)).reverse()
  const last = cycle.at(-1) as ActionDefinition
  const names = [last, ...cycle].map(({ name }) => quoted(name))
  const before = last.runAfter.find(({ action }) =>
    stuck.has(siblings.get(action.toLowerCase()) as ActionDefinition),
  )
  report({
    code: 'Definition.Cycle',
    pointer: pointerTo(last.pointer, 'runAfter', before?.action ?? ''),
    message:
      cycle.length === 1
        ? `${names[0]} runs after itself.`
        : `These actions wait for each other: ${shortened(names)}.`,
    hint: 'Remove one of these runAfter entries.',
  })
}

function shortened(names: readonly string[]): string {
  const shown = names.length > 12 ? [...names.slice(0, 10), '…', names.at(-1)] : names
  return shown.join(' → ')
}

function predecessorsOf(action: ActionDefinition, siblings: Siblings): ActionDefinition[] {
  return action.runAfter.flatMap(({ action: before }) => siblings.get(before.toLowerCase()) ?? [])
}
