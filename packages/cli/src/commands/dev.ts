import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { FlowsteadError, isFlowsteadError, quoted } from '@flowstead/errors'
import { type Project, type RunningServer, readServerFile, startServer } from '@flowstead/server'
import type { Command } from 'commander'
import { type ApiClient, apiPath, createApiClient } from '../api-client.ts'
import { findSampleFlow, type StoryPlaces, tellBooking } from '../booking-story.ts'
import { tellBrokenConnectors } from '../broken-connectors.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { portOption, storyPlaces } from '../local-server.ts'
import { bookingCommand, ownCommand, shortest } from '../printed-command.ts'
import { formatError, formatProblem } from '../problem-text.ts'
import type { FlowSummary, ListOf, RunRecord } from '../records.ts'
import { formatRun } from '../run-text.ts'
import { treeOfRun } from '../run-wait.ts'
import { serveUntilStopped } from '../serve.ts'
import type { Session } from '../session.ts'
import type { Shell } from '../shell.ts'
import { tellSilentTriggers } from '../silent-triggers.ts'
import { formatStartScreen } from '../start-screen.ts'
import { formatStory } from '../story-text.ts'
import { randomVolunteerName } from '../volunteer-names.ts'

interface DevOptions {
  readonly port?: string
  readonly only?: string
  readonly anyPorts?: boolean
  readonly publicUrl?: string
  readonly fresh?: boolean
  readonly yes?: boolean
}

/** `dev`: server, local services and the project's flows in this process, with the first booking. */
export function addDevCommand(program: Command, shell: Shell): void {
  shell.handle(
    program
      .command('dev')
      .description("Starts the server, the local services and the project's flows; keeps the data.")
      .option('--port <n>', 'port of the server; 0 takes any free one; default 7272')
      .option('--any-ports', 'free ports for everything, the services included')
      .option('--only <services>', 'only these services, such as vome,mail')
      .option('--public-url <url>', 'address that triggers are reached at from outside')
      .option('--fresh', 'delete the data folder first, after asking')
      .option('--yes', 'do not ask'),
    runDev,
  )
}

async function runDev(session: Session, options: DevOptions): Promise<ExitCode> {
  const project = session.project()
  const data = session.dataFolder()
  if (options.fresh && !(await clear(session, data, options.yes === true))) return exitCodes.refused
  const server = await startServer(devServerOptions(project, data, options)).catch(withPortHint)
  return serveUntilStopped(server, session, () => show(session, server))
}

function devServerOptions(project: Project, data: string, options: DevOptions) {
  const port = portOption(options.port) ?? (options.anyPorts ? 0 : undefined)
  return {
    project,
    data,
    mode: 'dev' as const,
    ...(port === undefined ? {} : { port }),
    ...(options.anyPorts ? { servicePorts: 'any' as const } : {}),
    ...(options.only === undefined ? {} : { only: options.only.split(',').map((name) => name.trim()) }),
    ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
  }
}

/** A service cannot know which option of this command moves its port. */
function withPortHint(error: unknown): never {
  if (!isFlowsteadError(error) || error.code !== 'Service.PortTaken') throw error
  throw new FlowsteadError(error.code, error.message, {
    hint: 'Stop what uses it, or take free ports for everything with "npx flowstead dev --any-ports".',
    cause: error,
  })
}

/** Whether the data folder is gone. A folder that does not look like ours is left alone. */
async function clear(session: Session, data: string, isAgreed: boolean): Promise<boolean> {
  if (!existsSync(data)) return true
  if (!['flowstead.db', 'server.json', 'services'].some((name) => existsSync(join(data, name)))) {
    throw new FlowsteadError(
      'Cli.Unreadable',
      `${quoted(data)} does not look like a data folder of Flowstead.`,
      {
        hint: 'Delete it yourself if that is what you want.',
      },
    )
  }
  if (await isRunning(data)) {
    throw new FlowsteadError('Cli.Unreadable', `A server is running on ${quoted(data)}.`, {
      hint: 'Stop it first.',
    })
  }
  const question = `Delete ${shortest(data, session.io.cwd)} with all runs and the data of the services? [y/N] `
  const answer = isAgreed ? 'y' : await session.io.ask(question)
  if (answer === undefined) {
    throw new FlowsteadError('Cli.Usage', '--fresh needs somebody to ask.', {
      hint: 'Add --yes to skip asking.',
    })
  }
  if (!/^y(es)?$/i.test(answer.trim())) {
    session.say('Nothing was deleted.')
    return false
  }
  rmSync(data, { recursive: true, force: true })
  return true
}

async function isRunning(data: string): Promise<boolean> {
  const running = readServerFile(data)
  if (running === undefined) return false
  const health = await fetch(`${running.url}/health`).catch(() => undefined)
  return health?.ok === true
}

async function show(session: Session, server: RunningServer): Promise<void> {
  const api = createApiClient(server.url, server.token)
  const { value: flows } = await api.send<ListOf<FlowSummary>>('/api/flows')
  if (session.isJson) {
    session.printJson('server/1', await api.send<object>('/api'))
    return
  }
  for (const problem of server.problems) session.io.stderr(formatProblem(problem, session.paint))
  tellBrokenConnectors(session)
  tellSilentTriggers(session, flows)
  session.print(await formatStartScreen({ server, flows, cwd: session.io.cwd, paint: session.paint }))
  await tellStory(session, server)
}

/** On the first start one booking, later the last run; then how to make the next booking. */
async function tellStory(session: Session, server: RunningServer): Promise<void> {
  const places = storyPlaces(server)
  const flow = places && (await findSampleFlow(places.api))
  if (places === undefined || flow === undefined) return
  if (server.isFirstStart) await firstBooking(session, places, flow)
  else await showLastRun(session, places.api)
  const command = bookingCommand(places.vome, server.data, randomVolunteerName(), session.io)
  const list = ownCommand('run list', server.data, session.io)
  session.print(`\nBook the next shift:\n  ${command}\nThen see what happened:\n  ${list}\n`)
}

async function firstBooking(session: Session, places: StoryPlaces, flow: FlowSummary): Promise<void> {
  const name = randomVolunteerName()
  session.print(`\nBooking a shift in Vome for ${name} …\n`)
  try {
    const story = await tellBooking(places, flow, name)
    session.print(formatStory(story, await treeOfRun(places.api, story.run), session.paint))
  } catch (error) {
    // The server is up whatever became of the story; the person needs it to find out.
    if (!isFlowsteadError(error)) throw error
    session.io.stderr(formatError(error, session.paint))
  }
}

async function showLastRun(session: Session, api: ApiClient): Promise<void> {
  const { value } = await api.send<ListOf<RunRecord>>('/api/runs?limit=1')
  const [last] = value
  if (last === undefined) return
  const run = await api.send<RunRecord>(apiPath`/api/runs/${last.name}`)
  session.print(`\nThe last run\n${formatRun(run, await treeOfRun(api, run), session.paint)}`)
}
