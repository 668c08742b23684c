import { type Paint, paintStatus } from './paint.ts'
import { plural } from './problem-text.ts'
import type { ActionRecord, RunRecord } from './records.ts'
import { formatTable } from './table.ts'

/** Names of actions with what is nested in them, in the order they were written. */
export interface ActionTree {
  readonly name: string
  readonly children: readonly ActionTree[]
}

/** The nesting of a definition's actions, so that a run can be shown the way its author sees it. */
export function actionTree(definition: unknown): ActionTree[] {
  const actions = asObject(asObject(definition)?.actions) ?? {}
  return Object.entries(actions).map(([name, action]) => {
    const fields = asObject(action) ?? {}
    const branches = [action, fields.else, ...Object.values(asObject(fields.cases) ?? {}), fields.default]
    return { name, children: branches.flatMap(actionTree) }
  })
}

/** A run as a table of its actions; skipped blocks are one line each. */
export function formatRun(run: RunRecord, tree: readonly ActionTree[], paint: Paint): string {
  const { properties } = run
  const length = duration(properties.startTime, properties.endTime)
  const title = [run.name, properties.workflow.name, paintStatus(properties.status, paint), length]
  const actions = new Map(Object.entries(properties.actions ?? {}))
  const rows = [triggerRow(run, paint)]
  addRows(rows, tree, actions, 1, paint)
  // An action that the definition at hand no longer has is shown all the same.
  for (const [name, action] of actions) rows.push(actionRow(name, action, 1, '', paint))
  const error = properties.error
  const tail = error === undefined ? '' : `  ${paint.bad(error.code)}: ${error.message}\n`
  return `Run ${title.filter(Boolean).join('   ')}\n${formatTable(rows)}${tail}`
}

function triggerRow({ properties: { event, trigger } }: RunRecord, paint: Paint): string[] {
  const note = event === undefined ? 'trigger' : `trigger, event ${event.id} ${event.eventName}`
  return [`  ${trigger.name}`, paintStatus(trigger.status ?? '', paint), '', paint.dim(note)]
}

/** Takes what it shows out of `actions`. */
function addRows(
  rows: string[][],
  tree: readonly ActionTree[],
  actions: Map<string, ActionRecord>,
  depth: number,
  paint: Paint,
): void {
  for (const { name, children } of tree) {
    const action = actions.get(name)
    actions.delete(name)
    const isFolded = action?.status === 'Skipped' && children.length > 0
    if (action) rows.push(actionRow(name, action, depth, isFolded ? `${size(children)} inside` : '', paint))
    if (isFolded) forget(children, actions)
    else addRows(rows, children, actions, depth + 1, paint)
  }
}

function forget(tree: readonly ActionTree[], actions: Map<string, ActionRecord>): void {
  for (const { name, children } of tree) {
    actions.delete(name)
    forget(children, actions)
  }
}

function size(tree: readonly ActionTree[]): number {
  return tree.reduce((sum, { children }) => sum + 1 + size(children), 0)
}

function actionRow(name: string, action: ActionRecord, depth: number, note: string, paint: Paint): string[] {
  const notes = [
    note,
    action.iterationCount === undefined ? '' : plural(action.iterationCount, 'turn'),
    action.repetitionCount === undefined ? '' : `× ${action.repetitionCount}`,
    action.retryHistory?.length ? `${action.retryHistory.length} retries` : '',
    action.status === 'Failed' || action.status === 'TimedOut' ? failure(action) : '',
  ]
  const length = action.status === 'Skipped' ? '' : duration(action.startTime, action.endTime)
  return [
    '  '.repeat(depth) + name,
    paintStatus(action.status, paint),
    length,
    paint.dim(notes.filter(Boolean).join(', ')),
  ]
}

function failure(action: ActionRecord): string {
  return action.error === undefined
    ? (action.code ?? '')
    : `${action.error.code}: ${shortened(action.error.message, 100)}`
}

function shortened(text: string, maxLength: number): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line
}

/** The time between two ISO instants in words, such as `12 ms`, `1.24 s`, `3 min 5 s`; empty when one is missing. */
export function duration(start: string | undefined, end: string | undefined): string {
  if (start === undefined || end === undefined) return ''
  const ms = Math.max(0, Date.parse(end) - Date.parse(start))
  if (Number.isNaN(ms)) return ''
  if (ms < 1000) return `${ms} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(2)} s`
  const minutes = Math.floor(ms / 60_000)
  return minutes < 60
    ? `${minutes} min ${Math.round((ms % 60_000) / 1000)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}
