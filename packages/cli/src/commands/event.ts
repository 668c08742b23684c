import type { Command } from 'commander'
import { apiPath } from '../api-client.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { type ListOptions, listQuery } from '../list-query.ts'
import { type Paint, paintStatus } from '../paint.ts'
import type { EventRecord, ListOf, ReplayedRecord } from '../records.ts'
import type { Session } from '../session.ts'
import type { Shell } from '../shell.ts'
import { formatTable } from '../table.ts'

/** `event list | show | replay | page`. */
export function addEventCommands(program: Command, shell: Shell): void {
  const event = program.command('event').description('Events: what reached the triggers of flows.')
  shell.handle(
    event
      .command('list')
      .alias('ls')
      .description('Events that reached webhook triggers, newest first.')
      .option('--name <event>', 'only of this name, such as reservation.created')
      .option('--flow <flow>', 'only of this flow (id or name)')
      .option('--status <status>', 'only with this status, such as DEAD_LETTERED')
      .option('--key <key>', 'only of this occurrence: the webhook-id of its delivery')
      .option('--limit <n>', 'how many', '20')
      .option('--before <event>', 'only earlier ones than the event of this id'),
    listEvents,
  )
  shell.handle(
    event
      .command('show')
      .description('One event with what it carried and the runs it started.')
      .argument('<event>', 'id of the event'),
    showEvent,
  )
  shell.handle(
    event
      .command('replay')
      .description('Delivers the data of an event to its flow once more, as an event of its own.')
      .argument('<event>', 'id of the event'),
    replayEvent,
  )
  shell.handle(
    event
      .command('page')
      .description('A link, good for once, to the pages of the events: schemas, examples, graph.')
      .argument('[event]', 'name of the event, such as VCSessionScheduledEvent; default: all of them'),
    linkToPage,
  )
}

interface EventListOptions extends ListOptions {
  readonly name?: string
  readonly status?: string
  readonly key?: string
  readonly before?: string
}

async function listEvents(session: Session, options: EventListOptions): Promise<ExitCode> {
  const query = await listQuery(session, options, ['name', 'status', 'key', 'before'])
  const api = session.server()
  const list = await api.send<ListOf<EventRecord>>(`/api/events?${query}`)
  if (session.isJson) session.printJson('events/1', list)
  else if (list.value.length === 0) session.say('No events.')
  else session.print(formatTable(list.value.map((event) => listRow(event, session.paint))))
  return exitCodes.good
}

function listRow(event: EventRecord, paint: Paint): string[] {
  const { createdAt, eventName, flow, id, runs } = event
  return [
    String(id),
    paintStatus(event.status, paint),
    createdAt.slice(0, 19).replace('T', ' '),
    eventName,
    flow.name,
    runs.length > 1 ? `${runs[0]} and ${runs.length - 1} more` : (runs[0] ?? ''),
    paint.dim(notes(event)),
  ]
}

function notes({ deliveries, error, replayOf }: EventRecord): string {
  return [
    replayOf === null ? '' : `replay of ${replayOf}`,
    deliveries > 1 ? `arrived ${deliveries} times` : '',
    error?.code ?? '',
  ]
    .filter(Boolean)
    .join(', ')
}

async function showEvent(session: Session, _options: object, id: string): Promise<ExitCode> {
  const event = await session.server().send<EventRecord>(apiPath`/api/events/${id}`)
  if (session.isJson) session.printJson('event/1', event)
  else session.print(eventText(event, session.paint))
  return exitCodes.good
}

function eventText(event: EventRecord, paint: Paint): string {
  const rows = [
    ['key', event.keyId],
    ['version', String(event.version)],
    ['arrived', `${event.createdAt}${event.deliveries > 1 ? `, ${event.deliveries} times` : ''}`],
    ['published by', event.publisherNodeId],
    ['processed by', event.processorNodeId ?? ''],
    ['flow', `${event.flow.name}, trigger ${event.flow.trigger}`],
    ['runs', event.runs.join(', ')],
    ['replay of', event.replayOf === null ? '' : String(event.replayOf)],
    ['error', event.error === null ? '' : `${event.error.code}: ${event.error.message}`],
  ].filter(([, value]) => value !== '')
  const title = `Event ${event.id}   ${event.eventName}   ${paintStatus(event.status, paint)}\n`
  return `${title}${formatTable(rows, '  ')}${JSON.stringify(event.eventData, null, 2)}\n`
}

async function replayEvent(session: Session, _options: object, id: string): Promise<ExitCode> {
  const api = session.server()
  const replayed = await api.send<ReplayedRecord>(apiPath`/api/events/${id}/replay`, { method: 'POST' })
  if (session.isJson) session.printJson('replayed/1', replayed)
  else if (replayed.run === null) session.print(`No run was started: ${replayed.reason ?? ''}\n`)
  else session.print(`Event ${replayed.event.id} started run ${replayed.run} (server ${api.url})\n`)
  return replayed.run === null ? exitCodes.wrong : exitCodes.good
}

async function linkToPage(session: Session, _options: object, name?: string): Promise<ExitCode> {
  const to = name === undefined ? '/events' : apiPath`/events/${name}`
  const { url } = await session.server().send<{ url: string }>('/api/links', { method: 'POST', body: { to } })
  if (session.isJson) session.printJson('link/1', { url })
  else session.print(`${url}\n`)
  return exitCodes.good
}
