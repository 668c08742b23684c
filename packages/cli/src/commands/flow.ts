import { connectorFacts, openConnectorLibrary } from '@flowstead/connectors'
import { type ConnectorFacts, type Problem, readFlowFiles, validateFlow } from '@flowstead/definition'
import { FlowsteadError, isFlowsteadError, quoted } from '@flowstead/errors'
import type { Command } from 'commander'
import { apiPath } from '../api-client.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { findFlow, findTrigger } from '../find-flow.ts'
import { readFlowPaths } from '../flow-files.ts'
import { readJsonInput } from '../json-input.ts'
import { countProblems, formatProblem, plural } from '../problem-text.ts'
import type { FlowSummary, ListOf, StartedRecord } from '../records.ts'
import { formatRun } from '../run-text.ts'
import { treeOfRun, waitForRun } from '../run-wait.ts'
import type { Session } from '../session.ts'
import { collect, setMembers } from '../set-member.ts'
import type { Shell } from '../shell.ts'
import { tellSilentTriggers } from '../silent-triggers.ts'
import { formatTable } from '../table.ts'
import { addFlowDiff } from './diff/flow-diff.ts'

/** `flow list | run | validate | diff | enable | disable`. */
export function addFlowCommands(program: Command, shell: Shell): void {
  const flow = program.command('flow').description('Flows of the server, and flow files.')
  shell.handle(flow.command('list').alias('ls').description('Flows of the server.'), listFlows)
  shell.handle(
    flow
      .command('run')
      .description('Starts a flow and shows the run.')
      .argument('<flow>', 'id or name')
      .option('--trigger <name>', 'which trigger; default: the only one')
      .option('--input <file>', 'JSON file with the body of the trigger; - reads standard input')
      .option(
        '--set <member=value>',
        'one member of the body, such as user.name=Ana; repeatable',
        collect,
        [],
      )
      .option('--no-wait', 'do not wait for the end')
      .option('--seconds <n>', 'how long to wait', '300'),
    runFlow,
  )
  shell.handle(
    flow
      .command('validate')
      .description('Checks flow files without a server and without running anything.')
      .argument('<paths...>', '.json or .zip files, or folders of them'),
    validateFiles,
  )
  addFlowDiff(flow, shell)
  for (const [verb, says] of [
    ['enable', 'Turns a flow on: its triggers start runs.'],
    ['disable', 'Turns a flow off; runs that go on are not touched.'],
  ] as const) {
    shell.handle(
      flow.command(verb).description(says).argument('<flow>', 'id or name'),
      (session: Session, _options: object, wanted: string) => switchFlow(session, wanted, verb),
    )
  }
}

async function listFlows(session: Session): Promise<ExitCode> {
  const list = await session.server().send<ListOf<FlowSummary>>('/api/flows')
  if (session.isJson) session.printJson('flows/1', list)
  else if (list.value.length === 0) session.say('No flows yet. "flowstead import <file>" brings some.')
  else {
    const rows = list.value.map(({ state, name, id, triggers }) => [
      state === 'on' ? session.paint.good(state) : session.paint.dim(state),
      name,
      triggers.map(({ title }) => title).join('; '),
      session.paint.dim(id),
    ])
    session.print(formatTable(rows))
    tellSilentTriggers(session, list.value)
  }
  return exitCodes.good
}

interface RunOptions {
  readonly trigger?: string
  readonly input?: string
  readonly set: readonly string[]
  readonly wait: boolean
  readonly seconds: string
}

async function runFlow(session: Session, options: RunOptions, wanted: string): Promise<ExitCode> {
  const seconds = Number(options.seconds)
  if (!(seconds > 0))
    throw new FlowsteadError('Cli.Usage', `--seconds ${quoted(options.seconds)} is not a number.`)
  const input = options.input === undefined ? undefined : await readJsonInput(options.input, session.io)
  const body = setMembers(input, options.set)
  const api = session.server()
  const flow = await findFlow(api, wanted)
  const trigger = findTrigger(flow, options.trigger)
  const started = await api.send<StartedRecord>(apiPath`/api/flows/${flow.id}/triggers/${trigger.name}/run`, {
    method: 'POST',
    body: body === undefined ? {} : { body },
  })
  if (started.run === null || !options.wait) return printStarted(session, started)
  const run = await waitForRun(api, started.run, seconds)
  if (session.isJson) session.printJson('run/1', run)
  else session.print(formatRun(run, await treeOfRun(api, run), session.paint))
  return run.properties.status === 'Succeeded' ? exitCodes.good : exitCodes.wrong
}

/** Only the id; or why no run was started, which is no success. */
function printStarted(session: Session, { run, reason }: StartedRecord): ExitCode {
  if (session.isJson) session.printJson('started/1', { run, ...(reason === undefined ? {} : { reason }) })
  else if (run !== null) session.print(`${run}\n`)
  if (run !== null) return exitCodes.good
  session.io.stderr(`No run was started: ${reason ?? 'the trigger was skipped'}.\n`)
  return exitCodes.wrong
}

function validateFiles(session: Session, _options: object, paths: readonly string[]): ExitCode {
  const facts = knownConnectors(session)
  const { flows, problems: reading } = readFlowFiles(readFlowPaths(paths, session.io.cwd))
  const problems: Problem[] = [...reading, ...flows.flatMap((flow) => validateFlow(flow, facts))]
  if (session.isJson) {
    const value = flows.map(({ id, name, file, format, dialect, version, actions }) => ({
      id,
      name,
      file,
      format,
      dialect,
      version,
      actions: actions.size,
    }))
    session.printJson('validation/1', { flows: value, problems })
  } else {
    for (const problem of problems) session.print(formatProblem(problem, session.paint))
    session.print(`${plural(flows.length, 'flow')} checked: ${countProblems(problems)}\n`)
  }
  return problems.some(({ severity }) => severity === 'error') ? exitCodes.wrong : exitCodes.good
}

/** What the project's connectors have; nothing is said about connectors outside a project. */
function knownConnectors(session: Session): ConnectorFacts | undefined {
  try {
    return connectorFacts(openConnectorLibrary(session.project().connectors))
  } catch (error) {
    if (isFlowsteadError(error) && error.code === 'Project.NotFound') return undefined
    throw error
  }
}

async function switchFlow(session: Session, wanted: string, verb: 'enable' | 'disable'): Promise<ExitCode> {
  const api = session.server()
  const { id } = await findFlow(api, wanted)
  const flow = await api.send<FlowSummary>(`${apiPath`/api/flows/${id}`}/${verb}`, { method: 'POST' })
  if (session.isJson) session.printJson('flow/1', flow)
  else {
    session.print(`${flow.name} is ${flow.state} (server ${api.url})\n`)
    tellSilentTriggers(session, [flow])
  }
  return exitCodes.good
}
