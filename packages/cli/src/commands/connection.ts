import type { Command } from 'commander'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { ConnectionRecord, ListOf } from '../records.ts'
import type { Session } from '../session.ts'
import type { Shell } from '../shell.ts'
import { formatTable } from '../table.ts'

/** `connection list`. */
export function addConnectionCommands(program: Command, shell: Shell): void {
  const connection = program.command('connection').description('Connections: where connectors go.')
  shell.handle(
    connection.command('list').alias('ls').description('Connections with their targets and what they lack.'),
    listConnections,
  )
}

async function listConnections(session: Session): Promise<ExitCode> {
  const list = await session.server().send<ListOf<ConnectionRecord>>('/api/connections')
  if (session.isJson) session.printJson('connections/1', list)
  else if (list.value.length === 0) session.say('No connections. They stand in flowstead.json.')
  else {
    const { paint } = session
    const rows = list.value.map(({ key, connector, target, status, missing }) => [
      key,
      connector,
      target,
      status === 'ready' ? paint.good(status) : paint.warn(status),
      missing.length === 0 ? '' : `missing: ${missing.join(', ')}`,
    ])
    session.print(formatTable(rows))
  }
  return exitCodes.good
}
