import type { Command } from 'commander'
import type { ApiClient } from '../api-client.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { readFlowPaths } from '../flow-files.ts'
import { formatImportPlan } from '../import-text.ts'
import { plural } from '../problem-text.ts'
import type { ImportRecord } from '../records.ts'
import type { Session } from '../session.ts'
import type { Shell } from '../shell.ts'

interface ImportOptions {
  readonly plan?: boolean
  readonly on?: boolean
  readonly replace?: boolean
}

/** `import`: shows the plan, then imports. */
export function addImportCommand(program: Command, shell: Shell): void {
  shell.handle(
    program
      .command('import')
      .description('Brings flows to the server: shows the plan, then imports all or nothing.')
      .argument('<paths...>', 'solution or package zips, .json files, or folders of them')
      .option('--plan', 'only show what would happen')
      .option('--on', 'turn the flows on')
      .option('--replace', 'replace flows the server has already'),
    importFlows,
  )
}

async function importFlows(
  session: Session,
  options: ImportOptions,
  paths: readonly string[],
): Promise<ExitCode> {
  const files = readFlowPaths(paths, session.io.cwd).map(({ name, bytes }) => ({
    name,
    content: Buffer.from(bytes).toString('base64'),
  }))
  const api = session.server()
  const body = { files, on: options.on === true, replace: options.replace === true }
  // People see the plan before anything changes; a program gets the one result it asked for.
  if (session.isJson) {
    const isPlan = options.plan === true
    return printResult(session, await send(api, { ...body, plan: isPlan }), isPlan)
  }
  const plan = await send(api, { ...body, plan: true })
  session.print(formatImportPlan(plan, session.paint))
  if (isRefused(plan)) {
    session.say('Nothing was imported.')
    return exitCodes.wrong
  }
  if (options.plan) return exitCodes.good
  const result = await send(api, { ...body, plan: false })
  if (!result.imported) {
    session.print(formatImportPlan(result, session.paint))
    session.say('Nothing was imported.')
    return exitCodes.wrong
  }
  session.print(`Imported ${plural(result.flows.length, 'flow')} (server ${api.url})\n`)
  const off = result.flows.filter(({ state }) => state === 'off')
  for (const { name, id } of off) session.say(`${name} is off; "flowstead flow enable ${id}" turns it on.`)
  return exitCodes.good
}

/** 422 carries the same document, with the problems that forbid the import. */
function send(api: ApiClient, body: object): Promise<ImportRecord> {
  return api.send<ImportRecord>('/api/flows/import', { method: 'POST', body, accept: [422] })
}

function printResult(session: Session, result: ImportRecord, isPlan: boolean): ExitCode {
  session.printJson('import/1', result)
  return isRefused(result) || !(isPlan || result.imported) ? exitCodes.wrong : exitCodes.good
}

function isRefused({ flows, problems }: ImportRecord): boolean {
  return flows.length === 0 || problems.some(({ severity }) => severity === 'error')
}
