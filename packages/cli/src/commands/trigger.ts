import type { Command } from 'commander'
import { apiPath } from '../api-client.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { findFlow, findTrigger } from '../find-flow.ts'
import type { Session } from '../session.ts'
import type { Shell } from '../shell.ts'

/** `trigger url`. */
export function addTriggerCommands(program: Command, shell: Shell): void {
  const trigger = program.command('trigger').description('Triggers: what starts a flow.')
  shell.handle(
    trigger
      .command('url')
      .description('The signed address that starts a flow. Who has it can start the flow.')
      .argument('<flow>', 'id or name')
      .argument('[trigger]', 'name of the trigger; default: the only one'),
    showUrl,
  )
}

async function showUrl(session: Session, _options: object, wanted: string, name?: string): Promise<ExitCode> {
  const api = session.server()
  const flow = await findFlow(api, wanted)
  const trigger = findTrigger(flow, name)
  const answer = await api.send<{ url: string; method: string }>(
    apiPath`/api/flows/${flow.id}/triggers/${trigger.name}/url`,
  )
  if (session.isJson) session.printJson('trigger-url/1', { url: answer.url, method: answer.method })
  else session.print(`${answer.url}\n`)
  return exitCodes.good
}
