import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { openConnectorLibrary } from '@flowstead/connectors'
import { FlowsteadError, isFlowsteadError } from '@flowstead/errors'
import { localServices, type Project, readServerFile } from '@flowstead/server'
import { type ApiClient, createApiClient } from './api-client.ts'
import { plural } from './problem-text.ts'
import type { ListOf, ServiceRecord } from './records.ts'
import type { Session } from './session.ts'

/** One thing that was looked at; `fix` says what to do when it is not ok. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly message: string
  readonly fix?: string
}

const serverPort = 7272
const smtpPort = 7225

/** Everything the doctor looks at, in the order it is shown. Nothing here throws. */
export async function checkAll(session: Session): Promise<Check[]> {
  const { project, check } = checkProject(session)
  const first = [checkNode(process.versions.node), check]
  if (project === undefined) return first
  const data = session.dataFolder()
  const api = await runningServer(data)
  const rest = [
    checkDataFolder(data),
    api === undefined
      ? { name: 'server', ok: true, message: 'not running; "npx flowstead dev" starts it' }
      : { name: 'server', ok: true, message: `answers at ${api.url}` },
    checkConnectors(project),
    ...(api === undefined ? await checkPorts() : await checkServices(api)),
  ]
  return [...first, ...rest]
}

/** Node 20.19 or newer. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const ok = major > 20 || (major === 20 && minor >= 19)
  const message = `Node ${version}`
  return ok
    ? { name: 'node', ok, message }
    : { name: 'node', ok, message, fix: 'Install Node 20.19 or newer.' }
}

function checkProject(session: Session): { project?: Project; check: Check } {
  try {
    const project = session.project()
    return { project, check: { name: 'project', ok: true, message: project.dir } }
  } catch (error) {
    return { check: failed('project', error) }
  }
}

function checkDataFolder(data: string): Check {
  const probe = join(data, `.doctor-${randomUUID()}`)
  try {
    mkdirSync(data, { recursive: true })
    writeFileSync(probe, '')
    rmSync(probe)
    return { name: 'data folder', ok: true, message: `${data} is writable` }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    return {
      name: 'data folder',
      ok: false,
      message: `${data} is not writable (${code})`,
      fix: 'Give yourself the right to write there, or name another folder with --data.',
    }
  }
}

async function runningServer(data: string): Promise<ApiClient | undefined> {
  try {
    const file = readServerFile(data)
    if (file === undefined) return undefined
    const api = createApiClient(file.url, file.token)
    await api.send('/api')
    return api
  } catch {
    // A file left by a killed server, or another program on its port: no server of ours answers.
    return undefined
  }
}

function checkConnectors(project: Project): Check {
  try {
    const { connectors, problems } = openConnectorLibrary(project.connectors).loadAll()
    if (problems.length === 0)
      return { name: 'connectors', ok: true, message: `${plural(connectors.length, 'definition')} load` }
    return {
      name: 'connectors',
      ok: false,
      message: problems.map(({ message }) => message).join(' '),
      fix: `Repair ${problems.map(({ folder }) => `"${folder}"`).join(', ')}; the others work without.`,
    }
  } catch (error) {
    return failed('connectors', error)
  }
}

async function checkServices(api: ApiClient): Promise<Check[]> {
  try {
    const { value } = await api.send<ListOf<ServiceRecord>>('/api/services')
    return Promise.all(value.filter(({ running }) => running).map(checkService))
  } catch (error) {
    return [failed('services', error)]
  }
}

async function checkService({ name, title, url }: ServiceRecord): Promise<Check> {
  const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(3000) }).catch(() => undefined)
  if (response?.ok) return { name: `service ${name}`, ok: true, message: `${title} answers at ${url}` }
  return {
    name: `service ${name}`,
    ok: false,
    message: `${title} does not answer at ${url}`,
    fix: 'Restart "npx flowstead dev".',
  }
}

function checkPorts(): Promise<Check[]> {
  const ports = [
    { name: 'server', port: serverPort },
    ...localServices.map(({ name, defaultPort }) => ({ name, port: defaultPort })),
    { name: 'smtp', port: smtpPort },
  ]
  return Promise.all(ports.map(({ name, port }) => checkPort(name, port)))
}

async function checkPort(name: string, port: number): Promise<Check> {
  if (await isFree(port)) return { name: `port ${port}`, ok: true, message: `free for ${name}` }
  const other = name === 'server' ? '--port' : '--any-ports'
  return {
    name: `port ${port}`,
    ok: false,
    message: `taken by another program; ${name} needs it`,
    fix: `Stop that program, or start with "npx flowstead dev ${other}".`,
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

function failed(name: string, error: unknown): Check {
  const known = isFlowsteadError(error) ? error : new FlowsteadError('Cli.Unexpected', String(error))
  const check = { name, ok: false, message: known.message }
  return known.hint === undefined ? check : { ...check, fix: known.hint }
}
