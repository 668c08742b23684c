import type { BookingStory, Row } from './booking-story.ts'
import type { Paint } from './paint.ts'
import { type ActionTree, formatRun } from './run-text.ts'
import { formatTable } from './table.ts'

/** The run that a booking caused, and what is new in HotProfile and in the mail box. */
export function formatStory(story: BookingStory, tree: readonly ActionTree[], paint: Paint): string {
  const { client, lead, mail } = story
  const changes = [
    ['HotProfile', 'client', described(client, ['id', 'name'])],
    ['', 'lead', described(lead, ['id', 'client_name', 'lead_source'])],
    ['Mail box', 'mail', mailText(mail)],
  ]
  return `${formatRun(story.run, tree, paint)}What changed\n${formatTable(changes, '  ')}`
}

function described(row: Row | undefined, members: readonly string[]): string {
  if (row === undefined) return 'none'
  return members
    .map((member) => row[member])
    .filter((value) => value !== undefined && value !== null && value !== '')
    .join('   ')
}

function mailText(mail: Row | undefined): string {
  if (mail === undefined) return 'none'
  const addresses = Array.isArray(mail.envelope_to) ? mail.envelope_to : []
  return `"${String(mail.subject)}" to ${addresses.join(', ')}`
}
