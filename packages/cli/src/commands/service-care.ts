/**
 * What is done to a service and its data: stop, reset, seed. A service runs in the server of the data folder, alone in
 * a process of its own, or not at all; what tells is `service.json`, checked by asking the service itself, because a
 * process that crashed leaves the file behind.
 */
import { existsSync, rmSync } from 'node:fs'
import { FlowsteadError, quoted } from '@flowstead/errors'
import { readServerFile, serviceFolder, type ToldService, toldService } from '@flowstead/server'
import type { Command } from 'commander'
import { apiPath } from '../api-client.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { shortest } from '../printed-command.ts'
import { knownService, serveAlone } from '../serve-alone.ts'
import type { Session } from '../session.ts'
import type { Shell } from '../shell.ts'

/** `service stop | reset | seed`. */
export function addServiceCareCommands(service: Command, shell: Shell): void {
  const name = ['<service>', 'such as vome'] as const
  shell.handle(
    service
      .command('stop')
      .description('Stops a local service; its data stays.')
      .argument(...name),
    stop,
  )
  shell.handle(
    service
      .command('reset')
      .description('Deletes the data of a local service, after asking; one that runs starts anew.')
      .argument(...name)
      .option('--yes', 'do not ask'),
    reset,
  )
  shell.handle(
    service
      .command('seed')
      .description('Adds the sample data that is missing in a local service.')
      .argument(...name),
    seed,
  )
}

interface Running {
  readonly where: 'server' | 'alone'
  readonly url: string
  readonly key: string
  readonly pid: number
}

/** ms to wait for a process to end after it was asked to. */
const endWithinMs = 10_000
const lookEveryMs = 50

async function stop(session: Session, _options: object, name: string): Promise<ExitCode> {
  const { title } = knownService(name)
  const running = await findRunning(session, name)
  if (running === undefined) throw notRunning(name)
  if (running.where === 'server')
    await session.server().send(apiPath`/api/services/${name}/stop`, { method: 'POST' })
  else await endProcess(running, name)
  if (session.isJson) session.printJson('stopped/1', { service: name })
  else session.print(`${title} has stopped; its data is kept.\n`)
  return exitCodes.good
}

async function reset(session: Session, { yes }: { yes?: boolean }, name: string): Promise<ExitCode> {
  const service = knownService(name)
  const data = session.dataFolder()
  const folder = serviceFolder(data, name)
  if (!existsSync(folder)) throw new FlowsteadError('Cli.NotFound', `${service.title} has no data here yet.`)
  if (!(await isAgreed(session, shortest(folder, session.io.cwd), yes === true))) return exitCodes.refused
  const running = await findRunning(session, name)
  if (running?.where === 'server') {
    const api = session.server()
    const { url } = await api.send<{ url: string }>(apiPath`/api/services/${name}/reset`, { method: 'POST' })
    return told(
      session,
      name,
      `${service.title} starts anew at ${url}; flows that listen have subscribed again.`,
    )
  }
  if (running !== undefined) await endProcess(running, name)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  if (running === undefined) return told(session, name, `The data of ${service.title} is deleted.`)
  return serveAlone(session, service, { data, port: Number(new URL(running.url).port) })
}

function told(session: Session, service: string, text: string): ExitCode {
  if (session.isJson) session.printJson('reset/1', { service })
  else session.print(`${text}\n`)
  return exitCodes.good
}

async function isAgreed(session: Session, folder: string, isAgreedBefore: boolean): Promise<boolean> {
  if (isAgreedBefore) return true
  const answer = await session.io.ask(`Delete ${folder} with all that is in it? [y/N] `)
  if (answer === undefined) {
    throw new FlowsteadError('Cli.Usage', 'reset needs somebody to ask.', {
      hint: 'Add --yes to skip asking.',
    })
  }
  if (/^y(es)?$/i.test(answer.trim())) return true
  session.say('Nothing was deleted.')
  return false
}

async function seed(session: Session, _options: object, name: string): Promise<ExitCode> {
  const { title } = knownService(name)
  const running = await findRunning(session, name)
  if (running === undefined) throw notRunning(name)
  const response = await fetch(`${running.url}/local/seed`, {
    method: 'POST',
    headers: { 'x-api-key': running.key },
  })
  if (!response.ok)
    throw new FlowsteadError(`Http.${response.status}`, `${title} refused to add its sample data.`)
  if (session.isJson) session.printJson('seeded/1', { service: name })
  else session.print(`${title} has its sample data.\n`)
  return exitCodes.good
}

/** Where the service runs now; `undefined` when it does not answer. */
async function findRunning(session: Session, name: string): Promise<Running | undefined> {
  const data = session.dataFolder()
  const file: ToldService | undefined = toldService(data, name)
  if (file?.url === undefined || file.pid === undefined || !(await answersAs(file.url, name)))
    return undefined
  const { key, pid, url } = file
  return { where: readServerFile(data)?.pid === pid ? 'server' : 'alone', url, key, pid }
}

/** Whether this service, and not something else that took its port, is there. */
async function answersAs(url: string, name: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(3000) })
    return ((await response.json()) as { name?: unknown }).name === name
  } catch {
    // Nobody there is an answer to the question asked here.
    return false
  }
}

async function endProcess({ pid, url }: Running, name: string): Promise<void> {
  process.kill(pid, 'SIGTERM')
  const end = Date.now() + endWithinMs
  while (Date.now() < end) {
    if (!(await answersAs(url, name)) && !isAlive(pid)) return
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
  throw new FlowsteadError('Service.StillRuns', `The service ${quoted(name)}, process ${pid}, does not stop.`)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // There is no such process any more.
    return false
  }
}

function notRunning(name: string): FlowsteadError {
  return new FlowsteadError('Service.NotRunning', `The local service ${quoted(name)} does not run.`, {
    hint: `Start it with "npx flowstead service start ${name}".`,
  })
}
