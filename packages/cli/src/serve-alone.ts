import { FlowsteadError, quoted } from '@flowstead/errors'
import {
  type LocalService,
  type LocalServiceOptions,
  localServices,
  startLocalService,
} from '@flowstead/server'
import { type ExitCode, exitCodes } from './exit-code.ts'
import { shortest } from './printed-command.ts'
import type { Session } from './session.ts'

/** The local service of this name. @throws `Cli.Usage` */
export function knownService(name: string): LocalService {
  const known = localServices.find((service) => service.name === name)
  if (known !== undefined) return known
  const names = localServices.map((service) => service.name).join(', ')
  throw new FlowsteadError('Cli.Usage', `There is no service ${quoted(name)}.`, {
    hint: `There are ${names}.`,
  })
}

/** Runs one local service in this process, until Ctrl-C or SIGTERM. */
export async function serveAlone(
  session: Session,
  { name, title }: LocalService,
  options: LocalServiceOptions,
): Promise<ExitCode> {
  const running = await startLocalService(name, options)
  try {
    if (session.isJson) session.printJson('service/1', { name, title, url: running.url })
    else {
      const folder = shortest(options.data, session.io.cwd)
      session.print(
        `${title} answers at ${running.url}/docs   key in ${folder}/services/${name}/service.json\n`,
      )
      session.say('Ctrl-C stops.')
    }
    const signal = await session.io.interrupted()
    return signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.good
  } finally {
    await running.close()
  }
}
