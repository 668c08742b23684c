/**
 * The story that `dev` and `demo` tell: a booking in Vome starts a run, the run registers a client and a
 * lead in HotProfile and sends a mail. Everything told is read back over the APIs of those who keep it.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { FlowsteadError, quoted } from '@flowstead/errors'
import { type ApiClient, apiPath } from './api-client.ts'
import type { FlowSummary, ListOf, RunRecord } from './records.ts'
import { waitForRun } from './run-wait.ts'

/** Name of the sample flow; the story is about it and nothing else is. */
const sampleFlow = 'Booking confirmation'
const millisecondsToStart = 30_000
const secondsToEnd = 120

/** Where a local service answers and the key of its owner. */
export interface ServiceAddress {
  readonly url: string
  readonly key: string
}

export interface StoryPlaces {
  readonly api: ApiClient
  readonly vome: ServiceAddress
  readonly hotprofile: ServiceAddress
  readonly mail: ServiceAddress
}

export type Row = Readonly<Record<string, unknown>>

export interface BookingStory {
  /** The volunteer's name. */
  readonly name: string
  readonly run: RunRecord
  /** Absent when HotProfile or the mail box has nothing under that name. */
  readonly client: Row | undefined
  readonly lead: Row | undefined
  readonly mail: Row | undefined
}

/** The sample flow, when the server has it turned on. */
export async function findSampleFlow(api: ApiClient): Promise<FlowSummary | undefined> {
  const { value } = await api.send<ListOf<FlowSummary>>('/api/flows')
  return value.find(({ name, state }) => name === sampleFlow && state === 'on')
}

/**
 * Books a shift for `name` and follows what that causes to its end.
 * @throws `Cli.StoryFailed` when the booking is refused or no run starts within 30 s
 */
export async function tellBooking(
  places: StoryPlaces,
  flow: FlowSummary,
  name: string,
): Promise<BookingStory> {
  const reservation = await book(places.vome, name)
  const started = await runOf(places.api, flow, reservation)
  const run = await waitForRun(places.api, started, secondsToEnd)
  const client = await findClient(places.hotprofile, name)
  return {
    name,
    run,
    client,
    lead: client === undefined ? undefined : await findLead(places.hotprofile, client),
    mail: await findMail(places.mail, name, run),
  }
}

/** The id of the new reservation. */
async function book(vome: ServiceAddress, name: string): Promise<string> {
  const answer = await call(`${vome.url}/api/v1/bookings`, {
    method: 'POST',
    headers: { 'x-api-key': vome.key, 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  })
  return String(answer.id)
}

/** The run whose trigger carries the reservation. */
async function runOf(api: ApiClient, flow: FlowSummary, reservation: string): Promise<string> {
  const deadline = Date.now() + millisecondsToStart
  const others = new Set<string>()
  while (Date.now() < deadline) {
    const { value } = await api.send<ListOf<RunRecord>>(apiPath`/api/runs?flow=${flow.id}&limit=${20}`)
    for (const { name } of value.filter((run) => !others.has(run.name))) {
      const run = await api.send<RunRecord>(apiPath`/api/runs/${name}`)
      if (triggerBody(run).id === reservation) return name
      others.add(name)
    }
    await pause(50)
  }
  throw new FlowsteadError(
    'Cli.StoryFailed',
    `The booking ${quoted(reservation)} started no run within 30 s.`,
    {
      hint: 'docs/guides/first-flow.md says how to see what was delivered.',
    },
  )
}

function triggerBody(run: RunRecord): Row {
  return asRow(asRow(run.properties.trigger.outputs)?.body) ?? {}
}

async function findClient(hotprofile: ServiceAddress, name: string): Promise<Row | undefined> {
  const { clients } = await hotprofileList(hotprofile, 'clients', { 'search[name]': name })
  return rows(clients).find((client) => client.name === name)
}

/** The newest lead of the client. */
async function findLead(hotprofile: ServiceAddress, client: Row): Promise<Row | undefined> {
  const { leads } = await hotprofileList(hotprofile, 'leads', { 'search[client_id]': String(client.id) })
  return rows(leads).reduce<Row | undefined>(
    (newest, lead) => (newest === undefined || Number(lead.id) > Number(newest.id) ? lead : newest),
    undefined,
  )
}

function hotprofileList(
  { url, key }: ServiceAddress,
  what: 'clients' | 'leads',
  search: Record<string, string>,
): Promise<Row> {
  const query = new URLSearchParams({ api_key: key, ...search })
  return call(`${url}/rest_api/v1/${what}/get_entry_list_flow?${query}`, { method: 'POST' })
}

/** The newest message to the volunteer that carries the name. */
async function findMail(mail: ServiceAddress, name: string, run: RunRecord): Promise<Row | undefined> {
  const email = asRow(triggerBody(run).user)?.email
  const query = new URLSearchParams({
    text: name,
    ...(typeof email === 'string' ? { to: email } : {}),
    limit: '1',
  })
  const headers = { 'x-api-key': mail.key }
  const list = await call(`${mail.url}/api/messages?${query}`, { headers })
  const [newest] = rows(list.messages)
  return newest === undefined
    ? undefined
    : call(mail.url + apiPath`/api/messages/${String(newest.id)}`, { headers })
}

async function call(url: string, init: RequestInit): Promise<Row> {
  const { origin, pathname } = new URL(url)
  const response = await fetch(url, init)
  const answer: unknown = await response.json().catch(() => undefined)
  const row = asRow(answer)
  if (response.ok && row !== undefined) return row
  const said = answer === undefined ? '' : `: ${JSON.stringify(answer).slice(0, 200)}`
  // The query is left out of the message: HotProfile's key stands in it.
  throw new FlowsteadError('Cli.StoryFailed', `${origin}${pathname} answered ${response.status}${said}.`)
}

function asRow(value: unknown): Row | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : undefined
}

function rows(value: unknown): Row[] {
  return Array.isArray(value) ? value.map(asRow).filter((row) => row !== undefined) : []
}
