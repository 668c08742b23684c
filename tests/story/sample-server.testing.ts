import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProject, type RunningServer, startServer } from '@flowstead/server'
import { vi } from 'vitest'

/** An answer of a service or of the server; a test names the members it looks at. */
// biome-ignore lint/suspicious/noExplicitAny: stories look into answers of many shapes
export type Row = { readonly [member: string]: any }

export interface Run {
  readonly name: string
  readonly status: string
  /** Status of each action by name. */
  readonly actions: Readonly<Record<string, string>>
  readonly triggerBody: Row
}

/** Performs one operation of a service; a body makes it a POST unless `method` says otherwise. */
export type Ask = (path: string, body?: unknown, method?: string) => Promise<Row>

export interface SampleServer {
  readonly vome: Ask
  readonly planado: Ask
  readonly phoenix: Ask
  /** `POST` with the arguments in the query, as HotProfile takes them. */
  hotprofile(path: string, query: Readonly<Record<string, string | number>>): Promise<Row>
  /** What matches a search, at most a hundred. */
  records(
    type: 'clients' | 'leads' | 'business_cards',
    search: Record<string, string>,
  ): Promise<readonly Row[]>
  /** Mails to an address, newest first, whole. */
  mails(to: string): Promise<readonly Row[]>
  /** The text of an attachment of a mail. @param number its place, from 1 */
  attachment(mail: Row, number: number): Promise<string>
  /** The signed address of a Request trigger. */
  triggerUrl(flow: string): string
  /**
   * Runs of a flow whose trigger body `concerns` says are meant, oldest first, when so many have ended.
   * @throws when that takes longer than 50 s
   */
  runs(flow: string, count: number, concerns?: (body: Row) => boolean): Promise<readonly Run[]>
  /** Starts a flow by hand, whatever its trigger. */
  start(flow: string): Promise<unknown>
  /** What an action of a run gave. */
  outputs(run: Run, action: string): Promise<Row>
  /** Starts a run again with the same trigger. */
  resubmit(run: Run): Promise<unknown>
  /** Resolves when everything that the service has to tell has arrived: what it starts has been started. */
  everythingTold(service: keyof typeof allServices): Promise<void>
  close(): Promise<void>
}

/** Who is told by the sample flows. */
export const coordinator = 'coordinator@flowstead.example'

/** Subjects of mails, in their order. */
export const subjects = (mails: readonly Row[]): readonly string[] => mails.map(({ subject }) => subject)

const root = fileURLToPath(new URL('../..', import.meta.url))
const allServices = {
  vome: 'Vome',
  hotprofile: 'HotProfile',
  planado: 'Planado',
  phoenix: 'Phoenix',
  autoreview: 'AutoReview',
  mail: 'SMTP',
}
/** Connections to the server itself. */
const ownConnections = {
  shared_flowmanagement: { connector: 'FlowManagement', target: 'local:server', throttle: null },
  shared_commondataserviceforapps: { connector: 'CommonDataServiceForApps', target: 'local:server' },
}

/** A server with local services and the flows of these examples, all turned on and without throttle. */
export async function startSamples(
  examples: readonly string[],
  services: readonly (keyof typeof allServices)[],
): Promise<SampleServer> {
  const dir = writeProject(examples, services)
  const server = await startServer({
    project: findProject(dir),
    mode: 'dev',
    only: services,
    port: 0,
    servicePorts: 'any',
    services: { throttle: 'off' },
  })
  if (server.problems.length > 0) throw new Error(server.problems.map(({ message }) => message).join('\n'))
  return {
    ...askers(server),
    ...runReaders(server),
    async close() {
      await server.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function writeProject(examples: readonly string[], services: readonly (keyof typeof allServices)[]): string {
  const dir = mkdtempSync(join(tmpdir(), 'flowstead-story-'))
  mkdirSync(join(dir, 'flows'))
  for (const example of examples) {
    cpSync(join(root, 'examples', example, 'Workflows'), join(dir, 'flows'), { recursive: true })
  }
  const connections = services.map((service) => {
    const connector = allServices[service]
    return [`shared_${connector.toLowerCase()}`, { connector, target: `local:${service}`, throttle: null }]
  })
  const project = {
    flows: ['flows/*.json'],
    connectors: [join(root, 'connectors')],
    connections: { ...ownConnections, ...Object.fromEntries(connections) },
  }
  writeFileSync(join(dir, 'flowstead.json'), JSON.stringify(project))
  return dir
}

async function ask(url: string, { body, ...init }: Omit<RequestInit, 'body'> & { body?: unknown } = {}) {
  const response = await fetch(url, {
    ...init,
    headers: { ...init.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${url} answered ${response.status} ${text}`)
  return (text === '' ? {} : JSON.parse(text)) as Row
}

function askers({ services }: RunningServer) {
  const service = (name: string) => {
    const found = services.find((one) => one.name === name)
    if (!found) throw new Error(`${name} does not run`)
    return found
  }
  const asker =
    (name: string, base: string, key: (key: string) => Record<string, string>): Ask =>
    (path, body, method = body === undefined ? 'GET' : 'POST') =>
      ask(service(name).url + base + path, { method, body, headers: key(service(name).key) })
  const inHeader = (key: string) => ({ 'x-api-key': key })
  const hotprofile: SampleServer['hotprofile'] = (path, query) => {
    const { key, url } = service('hotprofile')
    const text = Object.entries({ api_key: key, ...query }).map(([name, value]): [string, string] => [
      name,
      String(value),
    ])
    return ask(`${url}/rest_api/v1/${path}?${new URLSearchParams(text)}`, { method: 'POST' })
  }
  const mailbox = asker('mail', '/api', inHeader)
  return {
    vome: asker('vome', '/api/v1', inHeader),
    planado: asker('planado', '/v2', (key) => ({ authorization: `Bearer ${key}` })),
    phoenix: asker('phoenix', '/api/v1', inHeader),
    hotprofile,
    async records(type: 'clients' | 'leads' | 'business_cards', search: Record<string, string>) {
      const list = type === 'business_cards' ? 'get_entry_list' : 'get_entry_list_flow'
      const answer = await hotprofile(`${type}/${list}`, { ...search, 'page[display_number]': 100 })
      return answer[type] as Row[]
    },
    everythingTold: async (name: keyof typeof allServices) => {
      await vi.waitUntil(async () => {
        const local = asker(name, '/local', inHeader)
        return (await local('/deliveries?state=pending')).deliveries.length === 0
      }, patience)
    },
    async mails(to: string) {
      const { messages } = await mailbox(`/messages?to=${encodeURIComponent(to)}&limit=100`)
      return Promise.all((messages as Row[]).map(({ id }) => mailbox(`/messages/${id}`)))
    },
    async attachment({ id }: Row, number: number) {
      const { key, url } = service('mail')
      const headers = inHeader(key)
      const response = await fetch(`${url}/api/messages/${id}/attachments/${number}`, { headers })
      return response.text()
    },
  }
}

function runReaders(server: RunningServer) {
  const api = (path: string, method = 'GET') =>
    ask(server.url + path, { method, headers: { authorization: `Bearer ${server.token}` } })
  const flowNamed = (name: string) => {
    const found = server.flows().find((flow) => flow.name === name)
    if (!found) throw new Error(`There is no flow ${name}`)
    return found
  }
  // What has ended does not change: each run is read once.
  const read = new Map<string, Promise<Run>>()
  const endedRun = (name: string) => {
    const known = read.get(name) ?? api(`/api/runs/${name}`).then(shownRun)
    read.set(name, known)
    return known
  }
  return {
    triggerUrl(flow: string) {
      const [url] = flowNamed(flow).triggers.flatMap((trigger) => trigger.url ?? [])
      if (url === undefined) throw new Error(`The flow ${flow} has no address`)
      return url
    },
    start(flow: string) {
      const { id, triggers } = flowNamed(flow)
      return api(`/api/flows/${id}/triggers/${triggers[0]?.name}/run`, 'POST')
    },
    outputs: async ({ name }: Run, action: string) => {
      const { outputs } = await api(`/api/runs/${name}/actions/${action}`)
      return outputs as Row
    },
    resubmit: ({ name }: Run) => api(`/api/runs/${name}/resubmit`, 'POST'),
    runs: (flow: string, count: number, concerns: (body: Row) => boolean = () => true) =>
      vi.waitUntil(async () => {
        const { value } = await api(`/api/runs?flow=${flowNamed(flow).id}&limit=100`)
        const ended = (value as Row[]).filter(({ properties }) => properties.endTime !== undefined)
        const runs = await Promise.all(ended.map(({ name }) => endedRun(name)))
        const meant = runs.filter(({ triggerBody }) => concerns(triggerBody)).reverse()
        return meant.length >= count ? meant : undefined
      }, patience),
  }
}

function shownRun({ name, properties }: Row): Run {
  const actions = Object.entries(properties.actions as Row).map(([action, { status }]) => [action, status])
  return {
    name,
    status: properties.status,
    actions: Object.fromEntries(actions),
    triggerBody: properties.trigger.outputs?.body ?? {},
  }
}

const patience = { timeout: 50_000, interval: 50 }
