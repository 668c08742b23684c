// node scripts/torture/vome-kill.mjs [rounds]: shifts are booked and cancelled by eight clients while the service is
// killed without warning. After each restart every acknowledged change is there, stands in the log with exactly one
// event, and reached the subscriber; what was under way is sent again with its key and doubles nothing.
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask, isReachable, kill, readTold, startProcess, until } from './processes.mjs'

const clients = 8
const shortestMs = 150
const longestMs = 600
const cancelled = 7

const rounds = Number(process.argv[2] ?? 10)
if (!Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write('Usage: node scripts/torture/vome-kill.mjs [rounds]\n')
  process.exit(2)
}

const dir = mkdtempSync(join(tmpdir(), 'flowstead-kill-'))
/** Message ids by `event entity`, as the subscriber saw them. */
const received = new Map()
const subscriber = createServer(receive).listen(0, '127.0.0.1')
let service
let failed = 0
try {
  await once(subscriber, 'listening')
  mkdirSync(join(dir, '.flowstead'))
  writeFileSync(join(dir, 'flowstead.json'), JSON.stringify({ flows: [], connectors: [] }))
  service = await start()
  const shift = await prepare()
  const changes = []
  for (let round = 1; round <= rounds; round++) {
    const known = changes.length
    await killWhileWriting(changes, shift, round)
    service = await start()
    const repeated = await sendAgain(changes)
    const broken = await brokenPromises(changes)
    process.stdout.write(
      `round ${round}/${rounds}: ${changes.length - known} new changes, ${repeated} sent again, ${changes.length} checked\n`,
    )
    for (const line of broken) process.stdout.write(`  broken: ${line}\n`)
    if (broken.length > 0) failed += 1
  }
} finally {
  if (service) await kill(service.child)
  subscriber.close()
  subscriber.closeAllConnections()
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
}
process.stdout.write(`${rounds - failed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1

function receive(request, response) {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const { id } = JSON.parse(Buffer.concat(chunks).toString())
    const place = `${request.headers['webhook-event']} ${id}`
    received.set(place, new Set([...(received.get(place) ?? []), request.headers['webhook-id']]))
    response.writeHead(204).end()
  })
}

async function start() {
  let told
  const args = ['service', 'start', 'vome', '--dir', dir, '--port', '0', '--throttle', 'off']
  const child = await startProcess(args, () => {
    told = readTold(dir, '.flowstead', 'services', 'vome', 'service.json')
    return told?.url && isReachable(`${told.url}/health`)
  })
  return { child, ...told }
}

function call(path, options = {}) {
  return ask(service.url + path, { ...options, headers: { 'x-api-key': service.key, ...options.headers } })
}

/** Subscribes to both events and opens a shift with room for everybody. */
async function prepare() {
  const callback_url = `http://127.0.0.1:${subscriber.address().port}/`
  for (const event of ['reservation.created', 'reservation.updated']) {
    await call(`/api/v1/subscriptions/${event}`, { method: 'POST', body: { callback_url } })
  }
  const { data } = await call('/api/v1/opportunities')
  const at = Date.now() + 30 * 86_400_000
  return call('/api/v1/shifts', {
    method: 'POST',
    body: {
      opportunity_id: data.find(({ status }) => status === 'active').id,
      shift_title: 'Torture',
      shift_start_at: new Date(at).toISOString(),
      shift_end_at: new Date(at + 3_600_000).toISOString(),
      spots: 100_000,
    },
  })
}

/** Each client books for a new person and cancels every second booking, until the service is gone. */
async function killWhileWriting(changes, shift, round) {
  const { child } = service
  let isGone = false
  const work = async (client) => {
    for (let n = 0; !isGone; n++) {
      const name = `Kill Volunteer-${round}-${client}-${n}`
      const booking = change('reservation.created', name, '/api/v1/bookings', 'POST', {
        name,
        shift_id: shift.id,
      })
      changes.push(booking)
      if (!(await send(booking))) return
      if (n % 2 === 0) continue
      const path = `/api/v1/reservations/${booking.reservation}`
      const cancelling = change('reservation.updated', name, path, 'PATCH', { status: cancelled })
      changes.push(cancelling)
      if (!(await send(cancelling))) return
    }
  }
  const all = Promise.all(Array.from({ length: clients }, (_, client) => work(client)))
  await new Promise((resolve) => setTimeout(resolve, shortestMs + Math.random() * (longestMs - shortestMs)))
  await kill(child)
  isGone = true
  await all
}

function change(event, name, path, method, body) {
  return { event, path, method, body, key: `${event}/${name.replaceAll(' ', '-')}`, reservation: undefined }
}

/** `false` when nobody answered. */
async function send(one) {
  try {
    const { method, body, key } = one
    const { id } = await call(one.path, { method, body, headers: { 'idempotency-key': key } })
    one.reservation = id
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

async function sendAgain(changes) {
  const open = changes.filter(({ reservation }) => reservation === undefined)
  for (const one of open) {
    if (!(await send(one))) throw new Error(`${one.key}: the restarted service does not answer`)
  }
  return open.length
}

async function brokenPromises(changes) {
  await until('everything is delivered', async () =>
    (await deliveries()).every(({ state }) => state === 'delivered'),
  )
  const log = new Map()
  for (const { event, entity } of await deliveries()) {
    const place = `${event} ${entity}`
    log.set(place, (log.get(place) ?? 0) + 1)
  }
  const broken = []
  for (const { event, reservation, key } of changes) {
    const place = `${event} ${reservation}`
    if (log.get(place) !== 1) broken.push(`${key}: ${log.get(place) ?? 0} events in the log`)
    const ids = received.get(place)?.size ?? 0
    if (ids !== 1) broken.push(`${key}: the subscriber saw ${ids} events`)
    const { status } = await call(`/api/v1/reservations/${reservation}`)
    if (event === 'reservation.updated' && status !== cancelled) broken.push(`${key}: status ${status}`)
  }
  return broken
}

async function deliveries() {
  const rows = []
  for (let after = 0; ; ) {
    const page = await call(`/local/deliveries?after=${after}&limit=1000`)
    if (page.deliveries.length === 0) return rows
    rows.push(...page.deliveries)
    after = page.deliveries.at(-1).seq
  }
}
