import type { ActionRecord } from './history.ts'

/*
 * A second, recursive evaluator of statuses, written from the rules and not from the machine: what leaves
 * did is taken from the records, everything that follows from it (skips, containers, blocks) is worked out.
 */

type Actions = Readonly<Record<string, Action>>
interface Action {
  readonly type: string
  readonly runAfter?: Readonly<Record<string, readonly string[]>>
  readonly actions?: Actions
  readonly else?: { readonly actions: Actions }
  readonly default?: { readonly actions: Actions }
  readonly cases?: Readonly<Record<string, { readonly case: unknown; readonly actions: Actions }>>
  readonly expression?: unknown
  readonly [key: string]: unknown
}
type Records = Readonly<Record<string, ActionRecord>>

/** The statuses every action of a finished run must have, by path. */
export function expectedStatuses(actions: Actions, records: Records): Map<string, string> {
  const statuses = new Map<string, string>()
  judgeBlock(actions, { prefix: '', records, statuses, isTaken: true })
  return statuses
}

interface Surroundings {
  readonly prefix: string
  readonly records: Records
  readonly statuses: Map<string, string>
  readonly isTaken: boolean
}

function judgeBlock(actions: Actions, around: Surroundings): string {
  const done = new Map<string, string>()
  const judge = (name: string): string => {
    const known = done.get(name)
    if (known !== undefined) return known
    const action = actions[name] as Action
    const runs =
      around.isTaken &&
      Object.entries(action.runAfter ?? {}).every(([before, accepted]) => accepted.includes(judge(before)))
    const status = judgeAction(name, action, { ...around, isTaken: runs })
    done.set(name, status)
    around.statuses.set(around.prefix + name, status)
    return status
  }
  for (const name of Object.keys(actions)) judge(name)
  return blockStatusOf(actions, done)
}

function judgeAction(name: string, action: Action, around: Surroundings): string {
  if (action.type === 'Foreach' || action.type === 'Until')
    return around.isTaken ? judgeLoop(name, action, around) : 'Skipped'
  const blocks = blocksOf(action)
  const taken = blocks.map(
    ([isTaken, inner]) =>
      [isTaken, judgeBlock(inner, { ...around, isTaken: around.isTaken && isTaken })] as const,
  )
  if (!around.isTaken) return 'Skipped'
  if (blocks.length === 0) return around.records[around.prefix + name]?.status ?? 'missing'
  return taken.find(([isTaken]) => isTaken)?.[1] ?? 'Succeeded'
}

/** The blocks of a container and whether each is the one that runs, as generated flows write them. */
function blocksOf(action: Action): [boolean, Actions][] {
  if (action.type === 'Scope') return [[true, action.actions ?? {}]]
  if (action.type === 'If') {
    const [holds] = (action.expression as { equals: [boolean, boolean] }).equals
    return [
      [holds, action.actions ?? {}],
      [!holds, action.else?.actions ?? {}],
    ]
  }
  if (action.type !== 'Switch') return []
  const cases = Object.values(action.cases ?? {}).map((each): [boolean, Actions] => [
    each.case === action.expression,
    each.actions,
  ])
  return [...cases, [!cases.some(([isTaken]) => isTaken), action.default?.actions ?? {}]]
}

function judgeLoop(name: string, action: Action, around: Surroundings): string {
  const turns = around.records[around.prefix + name]?.iterationCount ?? 0
  const statuses = Array.from({ length: turns }, (_, index) =>
    judgeBlock(action.actions ?? {}, { ...around, prefix: `${around.prefix}${name}[${index}]/` }),
  )
  if (action.type === 'Until') return statuses.at(-1) ?? 'Succeeded'
  return statuses.every((status) => status === 'Succeeded') ? 'Succeeded' : 'Failed'
}

/** Leaves decide; a skipped one stands for those before it. */
function blockStatusOf(actions: Actions, done: ReadonlyMap<string, string>): string {
  const before = new Set(Object.values(actions).flatMap((action) => Object.keys(action.runAfter ?? {})))
  const behind = (name: string): string[] => {
    const status = done.get(name) ?? ''
    return status === 'Skipped' ? Object.keys(actions[name]?.runAfter ?? {}).flatMap(behind) : [status]
  }
  const leaves = Object.keys(actions)
    .filter((name) => !before.has(name))
    .flatMap(behind)
  if (leaves.includes('Failed')) return 'Failed'
  return leaves.includes('TimedOut') ? 'TimedOut' : 'Succeeded'
}
