import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FlowsteadError, quoted } from '@flowstead/errors'
import type { RunningService, ServiceDefinition, Throttle } from '@flowstead/service-kit'

export interface LocalService {
  readonly name: string
  readonly title: string
  readonly defaultPort: number
}

interface LoadableService extends LocalService {
  /** A service brings much along; most commands only name it. */
  load(): Promise<ServiceDefinition>
}

/** The services that come with Flowstead, in the order in which they start. */
const services: readonly LoadableService[] = [
  {
    name: 'vome',
    title: 'Vome',
    defaultPort: 7281,
    load: async () => (await import('@flowstead/service-vome')).vomeService,
  },
  {
    name: 'hotprofile',
    title: 'HotProfile',
    defaultPort: 7282,
    load: async () => (await import('@flowstead/service-hotprofile')).hotprofileService,
  },
  {
    name: 'planado',
    title: 'Planado',
    defaultPort: 7283,
    load: async () => (await import('@flowstead/service-planado')).planadoService,
  },
  {
    name: 'phoenix',
    title: 'Phoenix',
    defaultPort: 7284,
    load: async () => (await import('@flowstead/service-phoenix')).phoenixService,
  },
  {
    name: 'autoreview',
    title: 'AutoReview',
    defaultPort: 7285,
    load: async () => (await import('@flowstead/service-autoreview')).autoreviewService,
  },
  {
    name: 'mail',
    title: 'Mail box',
    defaultPort: 7286,
    load: async () => (await import('@flowstead/service-mail')).mailService,
  },
]

/** Names, titles and usual ports of the local services. */
export const localServices: readonly LocalService[] = services

export interface LocalServiceOptions {
  /** Data folder of the project; the service keeps its own folder below it. */
  readonly data: string
  /** 0 takes a free one; default the service's usual port. */
  readonly port?: number
  readonly smtpPort?: number
  readonly throttle?: Throttle
  readonly latencyMs?: number
  /** ms between delivery attempts. */
  readonly schedule?: readonly number[]
}

/**
 * Starts one local service on its own data.
 * @throws `Service.Unknown`, `Service.PortTaken`
 */
export async function startLocalService(name: string, options: LocalServiceOptions): Promise<RunningService> {
  const service = services.find((candidate) => candidate.name === name)
  if (service === undefined) {
    throw new FlowsteadError('Service.Unknown', `There is no local service ${quoted(name)}.`, {
      hint: `There are: ${services.map((known) => known.name).join(', ')}.`,
    })
  }
  const { data, port, smtpPort, throttle, latencyMs, schedule } = options
  const { startService } = await import('@flowstead/service-kit')
  return startService(await service.load(), {
    folder: serviceFolder(data, name),
    ...(port === undefined ? {} : { port }),
    ...(smtpPort === undefined ? {} : { ports: { smtp: smtpPort } }),
    ...(throttle === undefined ? {} : { throttle }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(schedule === undefined ? {} : { scheduleMs: schedule }),
  })
}

/** Where a local service is and the key of its owner, as it told tools on this machine. */
export interface ToldService {
  readonly url: string | undefined
  /** The process it runs in, or ran in when that ended without a word. */
  readonly pid: number | undefined
  readonly key: string
  readonly ports: Readonly<Record<string, number>>
}

/** Reads what a service that runs on this data folder, here or in another process, tells of itself. */
export function toldService(data: string, name: string): ToldService | undefined {
  try {
    const told = JSON.parse(readFileSync(join(serviceFolder(data, name), 'service.json'), 'utf8')) as Record<
      string,
      unknown
    >
    if (typeof told.key !== 'string') return undefined
    return {
      url: typeof told.url === 'string' ? told.url : undefined,
      pid: typeof told.pid === 'number' ? told.pid : undefined,
      key: told.key,
      ports: (told.ports ?? {}) as Record<string, number>,
    }
  } catch {
    // The service has never been started on this folder.
    return undefined
  }
}

/** Where a service keeps its data. */
export const serviceFolder = (data: string, name: string): string => join(data, 'services', name)
