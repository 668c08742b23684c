import { startServer } from '@flowstead/server'
import type { Command } from 'commander'
import { createApiClient } from '../api-client.ts'
import { tellBrokenConnectors } from '../broken-connectors.ts'
import type { ExitCode } from '../exit-code.ts'
import { portOption } from '../local-server.ts'
import { formatProblem } from '../problem-text.ts'
import type { FlowSummary, ListOf } from '../records.ts'
import { serveUntilStopped } from '../serve.ts'
import type { Session } from '../session.ts'
import type { Shell } from '../shell.ts'
import { tellSilentTriggers } from '../silent-triggers.ts'
import { formatStartScreen } from '../start-screen.ts'

interface StartOptions {
  readonly port?: string
  readonly publicUrl?: string
}

/** `start`: the server alone, with the flows it has. */
export function addStartCommand(program: Command, shell: Shell): void {
  shell.handle(
    program
      .command('start')
      .description('Starts the server alone: no local services, nothing imported.')
      .option('--port <n>', 'port of the server; 0 takes any free one; default 7272')
      .option('--public-url <url>', 'address that triggers are reached at from outside'),
    runStart,
  )
}

async function runStart(session: Session, options: StartOptions): Promise<ExitCode> {
  const port = portOption(options.port)
  const server = await startServer({
    project: session.project(),
    data: session.dataFolder(),
    mode: 'start',
    ...(port === undefined ? {} : { port }),
    ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
  })
  return serveUntilStopped(server, session, async () => {
    const api = createApiClient(server.url, server.token)
    if (session.isJson) return session.printJson('server/1', await api.send<object>('/api'))
    const { value: flows } = await api.send<ListOf<FlowSummary>>('/api/flows')
    for (const problem of server.problems) session.io.stderr(formatProblem(problem, session.paint))
    tellBrokenConnectors(session)
    tellSilentTriggers(session, flows)
    session.print(await formatStartScreen({ server, flows, cwd: session.io.cwd, paint: session.paint }))
  })
}
