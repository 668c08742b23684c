import { FlowsteadError, quoted } from '@flowstead/errors'
import type { Command } from 'commander'
import { apiPath } from '../api-client.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { portOption } from '../local-server.ts'
import type { ListOf, ServiceRecord } from '../records.ts'
import { knownService, serveAlone } from '../serve-alone.ts'
import type { Session } from '../session.ts'
import { collect, memberValues } from '../set-member.ts'
import type { Shell } from '../shell.ts'
import { formatTable } from '../table.ts'
import { addServiceCareCommands } from './service-care.ts'

/** `service list | start | stop | reset | seed | emit`. */
export function addServiceCommands(program: Command, shell: Shell): void {
  const service = program.command('service').description('Local services: the systems behind the connectors.')
  shell.handle(
    service.command('list').alias('ls').description('Local services and where they answer.'),
    listServices,
  )
  shell.handle(
    service
      .command('start')
      .description('Runs one local service alone, until Ctrl-C.')
      .argument('<service>', 'such as vome')
      .option('--port <n>', 'port; 0 takes any free one; default: the one of the service')
      .option('--smtp-port <n>', 'mail: port of its SMTP side; 0 takes any free one')
      .option('--throttle <calls/seconds>', 'such as 100/60, or off; default: as the service documents it')
      .option('--latency <ms>', 'delay of every answer', '0'),
    startOne,
  )
  addServiceCareCommands(service, shell)
  shell.handle(
    service
      .command('emit')
      .description('Makes a local service send a sample event to its subscribers.')
      .argument('<service>', 'such as vome')
      .argument('<event>', 'such as reservation.created')
      .option(
        '--set <member=value>',
        'one member of the event, such as user.first_name=Ana; repeatable',
        collect,
        [],
      ),
    emit,
  )
}

async function listServices(session: Session): Promise<ExitCode> {
  const list = await session.server().send<ListOf<ServiceRecord>>('/api/services')
  if (session.isJson) session.printJson('services/1', list)
  else {
    const { paint } = session
    const rows = list.value.map(({ name, title, url, running }) => [
      running ? paint.good('running') : paint.dim('stopped'),
      name,
      title,
      running ? url : '',
    ])
    session.print(formatTable(rows))
  }
  return exitCodes.good
}

interface StartOptions {
  readonly port?: string
  readonly smtpPort?: string
  readonly throttle?: string
  readonly latency: string
}

async function startOne(session: Session, options: StartOptions, name: string): Promise<ExitCode> {
  const known = knownService(name)
  const port = portOption(options.port)
  const smtpPort = portOption(options.smtpPort)
  const throttle = throttleOption(options.throttle)
  return serveAlone(session, known, {
    data: session.dataFolder(),
    latencyMs: latencyOption(options.latency),
    ...(port === undefined ? {} : { port }),
    ...(smtpPort === undefined ? {} : { smtpPort }),
    ...(throttle === undefined ? {} : { throttle }),
  })
}

function throttleOption(text: string | undefined): { calls: number; seconds: number } | 'off' | undefined {
  if (text === undefined || text === 'off') return text
  const [, calls, seconds] = /^([1-9]\d{0,6})\/([1-9]\d{0,4})$/.exec(text) ?? []
  if (calls !== undefined && seconds !== undefined) return { calls: Number(calls), seconds: Number(seconds) }
  throw new FlowsteadError('Cli.Usage', `--throttle ${quoted(text)} has to look like 100/60, or be off.`)
}

function latencyOption(text: string): number {
  const latency = Number(text)
  if (Number.isInteger(latency) && latency >= 0) return latency
  throw new FlowsteadError('Cli.Usage', `--latency ${quoted(text)} is not a whole number of milliseconds.`)
}

async function emit(
  session: Session,
  options: { readonly set: readonly string[] },
  service: string,
  event: string,
): Promise<ExitCode> {
  const set = memberValues(options.set)
  const api = session.server()
  await api.send(apiPath`/api/services/${service}/emit`, {
    method: 'POST',
    body: set.length === 0 ? { event } : { event, set: Object.fromEntries(set) },
  })
  if (session.isJson) session.printJson('emitted/1', { service, event })
  else session.print(`${service} sent ${event} (server ${api.url})\n`)
  return exitCodes.good
}
