import { isAbsolute, relative, resolve } from 'node:path'
import { isFlowsteadError } from '@flowstead/errors'
import type { Command } from 'commander'
import type { ApiClient } from '../api-client.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { readFlowPaths } from '../flow-files.ts'
import { formatImportPlan } from '../import-text.ts'
import { plural } from '../problem-text.ts'
import type { FlowSummary, ImportRecord, ListOf } from '../records.ts'
import type { Session } from '../session.ts'
import type { Shell } from '../shell.ts'
import { tellSilentTriggers } from '../silent-triggers.ts'

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
  const { cwd } = session.io
  const project = projectFolder(session)
  const files = readFlowPaths(paths, cwd).map(({ name, bytes }) => ({
    name: placeOf(resolve(cwd, name), project),
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
  if (options.on) await tellSilent(session, api, new Set(result.flows.map(({ id }) => id)))
  return exitCodes.good
}

async function tellSilent(session: Session, api: ApiClient, imported: ReadonlySet<string>): Promise<void> {
  const { value } = await api.send<ListOf<FlowSummary>>('/api/flows')
  tellSilentTriggers(
    session,
    value.filter(({ id }) => imported.has(id)),
  )
}

/** `undefined` outside a project, where a server is named with --server. */
function projectFolder(session: Session): string | undefined {
  try {
    return session.project().dir
  } catch (error) {
    if (isFlowsteadError(error) && error.code === 'Project.NotFound') return undefined
    throw error
  }
}

/**
 * The path a file goes by on the server, with slashes: as the project names it, absolute outside of it. A flow
 * without an id of its own is known by it, so it must not depend on the folder the command is called from.
 */
export function placeOf(file: string, project: string | undefined): string {
  const inside = project === undefined ? file : relative(project, file)
  return (inside.startsWith('..') || isAbsolute(inside) ? file : inside).replaceAll('\\', '/')
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
