import { rmSync } from 'node:fs'
import { FlowsteadError, quoted } from '@flowstead/errors'
import type { RunningService } from '@flowstead/service-kit'
import { type LocalServiceOptions, serviceFolder, startLocalService } from './local-services.ts'

/** The local services that run in this process. */
export interface ServiceDesk {
  /** In the order in which they were started; changes in place. */
  readonly running: readonly RunningService[]
  start(name: string): Promise<void>
  /** @throws `Service.NotHere` */
  stop(name: string): Promise<void>
  /** Stops the service, deletes its data, and starts it where it was. @throws `Service.NotHere` */
  reset(name: string): Promise<RunningService>
  close(): Promise<void>
}

/** @param options for every service */
export function createServiceDesk(options: LocalServiceOptions): ServiceDesk {
  const running: RunningService[] = []
  const placeOf = (name: string): number => {
    const at = running.findIndex((service) => service.name === name)
    if (at >= 0) return at
    throw new FlowsteadError('Service.NotHere', `The service ${quoted(name)} does not run in this server.`, {
      hint: '"flowstead service list" shows what runs.',
    })
  }
  return {
    running,
    async start(name) {
      running.push(await startLocalService(name, options))
    },
    async stop(name) {
      const [service] = running.splice(placeOf(name), 1)
      await service?.close()
    },
    async reset(name) {
      const at = placeOf(name)
      const { close, port, ports } = running[at] as RunningService
      await close()
      running.splice(at, 1)
      rmSync(serviceFolder(options.data, name), { recursive: true, force: true, maxRetries: 5 })
      const smtp = ports.smtp === undefined ? {} : { smtpPort: ports.smtp }
      const service = await startLocalService(name, { ...options, port, ...smtp })
      running.splice(at, 0, service)
      return service
    },
    async close() {
      for (const service of running.splice(0).reverse()) await service.close()
    },
  }
}
