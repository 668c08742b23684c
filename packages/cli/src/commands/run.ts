import { FlowsteadError, quoted } from '@flowstead/errors'
import type { Command } from 'commander'
import { apiPath } from '../api-client.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { type ListOptions, listQuery } from '../list-query.ts'
import { paintStatus } from '../paint.ts'
import { type ActionRecord, finalStatuses, type ListOf, type RunRecord } from '../records.ts'
import { duration, formatRun } from '../run-text.ts'
import { treeOfRun } from '../run-wait.ts'
import type { Session } from '../session.ts'
import type { Shell } from '../shell.ts'
import { formatTable } from '../table.ts'

/** `run list | show | cancel`. */
export function addRunCommands(program: Command, shell: Shell): void {
  const run = program.command('run').description('Runs: what happened.')
  shell.handle(
    run
      .command('list')
      .alias('ls')
      .description('Runs, newest first.')
      .option('--flow <flow>', 'only of this flow (id or name)')
      .option('--status <status>', 'only with this status, such as Failed')
      .option('--limit <n>', 'how many', '20')
      .option('--before <run>', 'only older ones than this run'),
    listRuns,
  )
  shell.handle(
    run
      .command('show')
      .description('One run with its actions.')
      .argument('<run>', 'run id')
      .option('--action <name>', 'only this action, with its inputs and outputs')
      .option('--inputs', 'with the inputs of each action')
      .option('--outputs', 'with the outputs of each action'),
    showRun,
  )
  shell.handle(
    run.command('cancel').description('Ends a run that goes on.').argument('<run>', 'run id'),
    cancelRun,
  )
}

interface RunListOptions extends ListOptions {
  readonly status?: string
  readonly before?: string
}

async function listRuns(session: Session, options: RunListOptions): Promise<ExitCode> {
  const query = await listQuery(session, options, ['status', 'before'])
  const api = session.server()
  const list = await api.send<ListOf<RunRecord>>(`/api/runs?${query}`)
  if (session.isJson) session.printJson('runs/1', list)
  else if (list.value.length === 0) session.say('No runs.')
  else session.print(formatTable(list.value.map((run) => listRow(run, session))))
  return exitCodes.good
}

function listRow({ name, properties }: RunRecord, { paint }: Session): string[] {
  return [
    name,
    paintStatus(properties.status, paint),
    properties.startTime.slice(0, 19).replace('T', ' '),
    duration(properties.startTime, properties.endTime),
    properties.workflow.name,
    paint.dim(properties.error?.code ?? ''),
  ]
}

interface ShowOptions {
  readonly action?: string
  readonly inputs?: boolean
  readonly outputs?: boolean
}

async function showRun(session: Session, options: ShowOptions, id: string): Promise<ExitCode> {
  const api = session.server()
  const run = await api.send<RunRecord>(apiPath`/api/runs/${id}`)
  if (options.action !== undefined) return showAction(session, run, options.action)
  if (session.isJson) session.printJson('run/1', run)
  else {
    session.print(formatRun(run, await treeOfRun(api, run), session.paint))
    for (const [name, action] of Object.entries(run.properties.actions ?? {})) {
      session.print(contents(name, action, options))
    }
  }
  return exitCodes.good
}

function showAction(session: Session, run: RunRecord, wanted: string): ExitCode {
  const actions = Object.entries(run.properties.actions ?? {})
  const found = actions.find(([name]) => name.toLowerCase() === wanted.toLowerCase())
  if (found === undefined) {
    throw new FlowsteadError('Cli.NotFound', `The run has no action ${quoted(wanted)}.`, {
      hint: actions.length === 0 ? undefined : `It has ${actions.map(([name]) => name).join(', ')}.`,
    })
  }
  const [name, action] = found
  if (session.isJson) session.printJson('action/1', { name, ...action })
  else {
    const length = duration(action.startTime, action.endTime)
    session.print(`${name}   ${paintStatus(action.status, session.paint)}   ${length}\n`)
    session.print(contents(name, action, { inputs: true, outputs: true }))
  }
  return exitCodes.good
}

function contents(name: string, action: ActionRecord, options: ShowOptions): string {
  const part = (label: string, value: unknown) =>
    value === undefined ? '' : `${name} ${label}: ${JSON.stringify(value, null, 2)}\n`
  return (
    (options.inputs ? part('inputs', action.inputs) : '') +
    (options.outputs ? part('outputs', action.outputs) : '')
  )
}

async function cancelRun(session: Session, _options: object, id: string): Promise<ExitCode> {
  const api = session.server()
  const run = await api.send<RunRecord>(apiPath`/api/runs/${id}/cancel`, { method: 'POST' })
  if (session.isJson) session.printJson('run/1', run)
  else {
    const { status } = run.properties
    session.print(
      `${run.name} is ${finalStatuses.has(status) ? status : 'being cancelled'} (server ${api.url})\n`,
    )
  }
  return exitCodes.good
}
