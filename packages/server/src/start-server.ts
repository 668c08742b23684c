import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Problem } from '@flowstead/definition'
import { FlowsteadError } from '@flowstead/errors'
import { systemClock } from '@flowstead/runner'
import type { RunningService, Throttle } from '@flowstead/service-kit'
import type { FastifyInstance } from 'fastify'
import { assemble, type Parts } from './assemble.ts'
import { openDataFolder } from './data-folder.ts'
import type { FlowOnServer } from './flows/flow-service.ts'
import { createApp, createLogger } from './http/app.ts'
import { readProjectFiles } from './import/project-files.ts'
import type { Project } from './project.ts'
import { writeServerFile } from './server-file.ts'
import { localServices } from './services/local-services.ts'
import { createServiceDesk, type ServiceDesk } from './services/service-desk.ts'
import { version } from './version.ts'

export interface ServerOptions {
  readonly project: Project
  /** Default: the project's data folder. */
  readonly data?: string
  /** Default 7272; 0 takes a free one. */
  readonly port?: number
  /** `dev` starts the local services in this process and turns the project's flows on; `start` does neither. */
  readonly mode: 'dev' | 'start'
  /** `dev`: only these services; default all. */
  readonly only?: readonly string[]
  /** `any` takes free ports for the services; default their usual ones. */
  readonly servicePorts?: 'default' | 'any'
  /** Address under which services reach this server, when it is not the one it listens on. */
  readonly publicUrl?: string
  readonly services?: {
    readonly throttle?: Throttle
    readonly latencyMs?: number
    /** ms between delivery attempts. */
    readonly schedule?: readonly number[]
  }
}

export interface RunningServer {
  readonly url: string
  readonly token: string
  /** Data folder, absolute. */
  readonly data: string
  readonly isFirstStart: boolean
  readonly services: readonly RunningService[]
  flows(): FlowOnServer[]
  /** What could not be imported or armed at start. */
  readonly problems: readonly Problem[]
  /** Resolves when the server has stopped, whoever asked for it. */
  readonly stopped: Promise<void>
  /** Stops gracefully: nothing new begins, calls in flight may end, then everything is closed. */
  close(): Promise<void>
}

const defaultPort = 7272
const loopback = '127.0.0.1'
/** ms that calls in flight get to end; what is cut off is made again, with the same key, after the next start. */
const graceMs = 3000

/**
 * Starts a server on a project and its data folder.
 * @throws `Server.PortTaken`, `Server.DataNotWritable`, `Server.DataLocked`, `Service.PortTaken` …
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const closers: (() => unknown)[] = []
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    return await start(options, closers, closeAll)
  } catch (error) {
    await closeAll()
    throw error
  }
}

async function start(
  options: ServerOptions,
  closers: (() => unknown)[],
  closeAll: () => Promise<void>,
): Promise<RunningServer> {
  const { project, mode } = options
  const logger = createLogger()
  const data = await openDataFolder(options.data ?? project.data, process.env.FLOWSTEAD_KEY)
  closers.push(() => data.release())
  const ports = options.servicePorts === 'any' ? { port: 0, smtpPort: 0 } : {}
  const desk = createServiceDesk({ data: data.path, ...ports, ...options.services })
  closers.push(() => desk.close())
  if (mode === 'dev') await startServices(options, desk)

  const token = randomBytes(32).toString('base64url')
  const state = { url: '', isReady: false }
  const url = () => state.url
  const parts = assemble({ project, data, clock: systemClock, url, onError: (error) => logger.error(error) })
  closers.push(() => parts.outbound.close())
  closers.push(() => parts.runner.stop(graceMs))
  closers.push(
    () => parts.webhooks.close(),
    () => parts.scheduler.close(),
  )

  let close = (): Promise<void> => Promise.resolve()
  const app = createApp({
    parts,
    data,
    desk,
    clock: systemClock,
    token,
    publicHosts: options.publicUrl === undefined ? [] : [new URL(options.publicUrl).hostname],
    version,
    url,
    isReady: () => state.isReady,
    stop: () => void close(),
    logger,
  })
  closers.push(() => app.close())
  state.url = options.publicUrl ?? (await listen(app, options.port ?? defaultPort))
  await parts.runner.recover()
  await parts.events.recover()
  state.isReady = true
  const problems = [
    ...(await parts.flows.resume()),
    ...(mode === 'dev' ? await importProject(project, parts) : []),
  ]
  writeServerFile(data.path, { url: state.url, pid: process.pid, token })

  const stopping = once(closeAll)
  const stopped = new Promise<void>((resolve) => {
    close = () => stopping().then(resolve)
  })
  return {
    url: state.url,
    token,
    data: data.path,
    isFirstStart: data.isNew,
    services: desk.running,
    flows: () => parts.flows.list(),
    problems,
    stopped,
    close: () => close(),
  }
}

async function startServices(options: ServerOptions, desk: ServiceDesk): Promise<void> {
  for (const { name } of localServices) {
    if (options.only === undefined || options.only.includes(name)) await desk.start(name)
  }
}

/** @returns the address it listens on */
async function listen(app: FastifyInstance, port: number): Promise<string> {
  try {
    await app.listen({ host: loopback, port })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    throw new FlowsteadError('Server.PortTaken', `Port ${port} is taken.`, {
      hint: 'Name another one with --port, or stop the program that has it.',
      cause,
    })
  }
  return `http://${loopback}:${(app.server.address() as AddressInfo).port}`
}

/** Each file is imported for itself, so that a broken one does not keep the others out; new flows are turned on. */
async function importProject(project: Project, { flows, book }: Parts): Promise<Problem[]> {
  const files = readProjectFiles(project)
  const problems: Problem[] = []
  for (const file of files.filter(({ name }) => !name.endsWith('.data.xml'))) {
    const sides = files.filter(({ name }) => name === `${file.name}.data.xml`)
    const known = new Set(book.list().map(({ flow }) => flow.id))
    const result = await flows.import({ files: [file, ...sides], plan: false, on: false, replace: true })
    problems.push(...result.problems.filter(({ severity }) => severity === 'error'))
    if (!result.imported) continue
    for (const { id } of result.flows) {
      if (!known.has(id)) problems.push(...(await flows.tryTurnOn(id)))
    }
  }
  return problems
}

function once(work: () => Promise<void>): () => Promise<void> {
  let begun: Promise<void> | undefined
  return () => {
    begun ??= work()
    return begun
  }
}
