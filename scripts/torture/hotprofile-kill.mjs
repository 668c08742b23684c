// node scripts/torture/hotprofile-kill.mjs [rounds]: leads are registered and updated by eight clients while the
// service is killed without warning; after each restart everything that was acknowledged is there, once, and is
// found by its texts. What was under way is sent again with its Idempotency-Key and must not double anything.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isReachable, kill, readTold, startProcess } from './processes.mjs'

const clients = 8
const shortestMs = 150
const longestMs = 600
const pageSize = 100

const rounds = Number(process.argv[2] ?? 10)
if (!Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write('Usage: node scripts/torture/hotprofile-kill.mjs [rounds]\n')
  process.exit(2)
}

const dir = mkdtempSync(join(tmpdir(), 'flowstead-kill-'))
let service
let failed = 0
try {
  mkdirSync(join(dir, '.flowstead'))
  writeFileSync(join(dir, 'flowstead.json'), JSON.stringify({ flows: [], connectors: [] }))
  const leads = []
  service = await start()
  for (let round = 1; round <= rounds; round++) {
    const known = leads.length
    await killWhileWriting(leads, round)
    service = await start()
    const repeated = await sendAgain(leads)
    const broken = await brokenPromises(leads)
    process.stdout.write(
      `round ${round}/${rounds}: ${leads.length - known} new leads, ${repeated} requests sent again, ${leads.length} leads checked\n`,
    )
    for (const line of broken) process.stdout.write(`  broken: ${line}\n`)
    if (broken.length > 0) failed += 1
  }
} finally {
  if (service) await kill(service.child)
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
}
process.stdout.write(`${rounds - failed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1

async function start() {
  let told
  const args = ['service', 'start', 'hotprofile', '--dir', dir, '--port', '0', '--throttle', 'off']
  const child = await startProcess(args, () => {
    told = readTold(dir, '.flowstead', 'services', 'hotprofile', 'service.json')
    return told?.url && isReachable(`${told.url}/health`)
  })
  return { child, ...told }
}

/** Each client registers a lead, updates it twice, takes the next one, until the service is gone. */
async function killWhileWriting(leads, round) {
  const { child } = service
  let isGone = false
  const work = async (client) => {
    for (let n = 0; !isGone; n++) {
      const lead = { name: `Kill-${round}-${client}-${n}`, acknowledged: {}, pending: undefined }
      leads.push(lead)
      for (const note of ['', 'first', 'second']) if (!(await write(lead, note))) return
    }
  }
  const all = Promise.all(Array.from({ length: clients }, (_, client) => work(client)))
  const killAt = shortestMs + Math.random() * (longestMs - shortestMs)
  await new Promise((resolve) => setTimeout(resolve, killAt))
  await kill(child)
  isGone = true
  await all
}

/** Registers the lead (no note yet) or updates its note; `false` when nobody answered. */
async function write(lead, note) {
  const { id } = lead.acknowledged
  const given = { client_id: 1, customer_id: lead.name, note }
  const isNew = id === undefined
  lead.pending = {
    note,
    path: isNew ? 'leads/create' : 'leads/update',
    query: isNew ? { ...given, family_name: lead.name } : { ...given, id },
    key: `${lead.name}/${note}`,
  }
  return send(lead)
}

async function send(lead) {
  const { key, note, path, query } = lead.pending
  try {
    const answer = await post(path, query, { 'idempotency-key': key })
    lead.acknowledged = { id: answer.id, note }
    lead.pending = undefined
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** What had no answer before the kill is asked again with the same key. */
async function sendAgain(leads) {
  const open = leads.filter(({ pending }) => pending !== undefined)
  for (const lead of open) {
    if (!(await send(lead))) throw new Error(`${lead.name}: the restarted service does not answer`)
  }
  return open.length
}

async function brokenPromises(leads) {
  const rows = []
  for (let page = 1; ; page++) {
    const answer = await post('leads/get_entry_list_flow', {
      'search[customer_id]': 'Kill-',
      'page[number]': page,
      'page[display_number]': pageSize,
    })
    rows.push(...answer.leads)
    if (page >= answer.pages.total_number) break
  }
  const lines = []
  for (const { acknowledged, name } of leads) {
    const own = rows.filter(({ family_name: shown }) => shown === name)
    if (own.length !== 1) lines.push(`${name} is there ${own.length} times`)
    else if (own[0].id !== acknowledged.id) lines.push(`${name} is ${own[0].id}, not ${acknowledged.id}`)
    else if (own[0].note !== acknowledged.note) lines.push(`${name}: note "${own[0].note}"`)
  }
  if (rows.length !== leads.length) lines.push(`${rows.length} leads are listed, ${leads.length} were made`)
  const seconds = leads.filter(({ acknowledged }) => acknowledged.note === 'second').length
  const found = await post('leads/get_entry_list_flow', {
    'search[note]': 'eco',
    'search[multiple]': 'Kill-',
  })
  if (found.pages.total_count !== seconds) lines.push(`${found.pages.total_count} notes found of ${seconds}`)
  return lines
}

async function post(path, query, headers = {}) {
  const given = new URLSearchParams({ api_key: service.key, ...query })
  const answer = await fetch(`${service.url}/rest_api/v1/${path}?${given}`, { method: 'POST', headers })
  const body = await answer.json()
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${JSON.stringify(body)}`)
  return body
}
