import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FlowsteadError, quoted } from '@flowstead/errors'
import { autoreviewService } from '@flowstead/service-autoreview'
import { hotprofileService } from '@flowstead/service-hotprofile'
import {
  type RunningService,
  type ServiceDefinition,
  startService,
  type Throttle,
} from '@flowstead/service-kit'
import { mailService } from '@flowstead/service-mail'
import { phoenixService } from '@flowstead/service-phoenix'
import { planadoService } from '@flowstead/service-planado'
import { vomeService } from '@flowstead/service-vome'

/** The services that come with Flowstead, in the order in which they start. */
const definitions: readonly ServiceDefinition[] = [
  vomeService,
  hotprofileService,
  planadoService,
  phoenixService,
  autoreviewService,
  mailService,
]

export interface LocalService {
  readonly name: string
  readonly title: string
  readonly defaultPort: number
}

/** Names, titles and usual ports of the local services. */
export const localServices: readonly LocalService[] = definitions.map(({ name, title, port }) => ({
  name,
  title,
  defaultPort: port,
}))

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
  const definition = definitions.find((candidate) => candidate.name === name)
  if (!definition) {
    throw new FlowsteadError('Service.Unknown', `There is no local service ${quoted(name)}.`, {
      hint: `There are: ${definitions.map((known) => known.name).join(', ')}.`,
    })
  }
  const { data, port, smtpPort, throttle, latencyMs, schedule } = options
  return startService(definition, {
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
