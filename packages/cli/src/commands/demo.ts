import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FlowsteadError } from '@flowstead/errors'
import { type RunningServer, startServer } from '@flowstead/server'
import type { Command } from 'commander'
import { type BookingStory, findSampleFlow, type Row, tellBooking } from '../booking-story.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { storyPlaces } from '../local-server.ts'
import type { Session } from '../session.ts'
import type { Shell } from '../shell.ts'
import { randomVolunteerName } from '../volunteer-names.ts'

/** `demo`: the booking story once, in a temporary folder on free ports. */
export function addDemoCommand(program: Command, shell: Shell): void {
  shell.handle(
    program
      .command('demo')
      .description('Books one shift in a temporary folder on free ports and prints the run as JSON.')
      .option('--name <name>', 'the volunteer; default: a random name'),
    runDemo,
  )
}

async function runDemo(session: Session, options: { readonly name?: string }): Promise<ExitCode> {
  const name = volunteerName(options.name)
  const project = session.project()
  const interrupted = session.io.interrupted()
  const folder = mkdtempSync(join(tmpdir(), 'flowstead-demo-'))
  try {
    const server = await startServer({ project, data: folder, port: 0, mode: 'dev', servicePorts: 'any' })
    try {
      const story = demoStory(server, name)
      // After Ctrl-C the story fails with the server it is told on; nobody waits for it any more.
      story.catch(() => undefined)
      const told = await Promise.race([story, interrupted])
      return typeof told === 'string' ? exitCodes.interrupted : tell(session, told)
    } finally {
      await server.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** One blank between words, as Vome keeps first and last names. */
function volunteerName(wanted: string | undefined): string {
  if (wanted === undefined) return randomVolunteerName()
  const name = wanted.trim().replaceAll(/\s+/g, ' ')
  if (name === '') throw new FlowsteadError('Cli.Usage', 'The name is empty.')
  return name
}

async function demoStory(server: RunningServer, name: string): Promise<BookingStory> {
  const places = storyPlaces(server)
  const flow = places && (await findSampleFlow(places.api))
  if (places === undefined || flow === undefined) {
    throw new FlowsteadError(
      'Cli.StoryFailed',
      'This project has no flow "Booking confirmation" that is on.',
      {
        hint: 'Run the demo in the checkout of Flowstead, or name it with --dir.',
      },
    )
  }
  return tellBooking(places, flow, name)
}

function tell(session: Session, story: BookingStory): ExitCode {
  const { name, run, client, lead, mail } = story
  const { properties, ...head } = run
  session.printJson('demo/1', {
    name,
    status: run.properties.status,
    run: { ...head, ...properties },
    client: client ?? null,
    lead: lead ?? null,
    mail: mail ?? null,
  })
  const reason = whyIncomplete(story)
  if (reason === undefined) return exitCodes.good
  session.io.stderr(`${reason}\n`)
  return exitCodes.wrong
}

/** What the story lacks, in one sentence; `undefined` when it is whole. */
function whyIncomplete({ name, run, client, lead, mail }: BookingStory): string | undefined {
  const { status, error } = run.properties
  if (status !== 'Succeeded')
    return `The run ended as ${status}${error ? `: ${error.code}, ${error.message.replace(/\.$/, '')}` : ''}.`
  if (client === undefined) return `HotProfile has no client ${name}.`
  if (!carries(lead, name)) return `HotProfile has no lead of ${name}.`
  if (!carries(mail, name)) return `The mail box has no mail to ${name}.`
  return undefined
}

function carries(row: Row | undefined, name: string): boolean {
  return Object.values(row ?? {}).some((value) => typeof value === 'string' && value.includes(name))
}
