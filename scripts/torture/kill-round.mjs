// One round of the kill test: 200 bookings by 200 volunteers while the CRM is slow; the server is killed without
// warning while runs wait, call and have finished; after its restart every promise is checked.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ask, freePort, isReachable, kill, readTold, startProcess, until } from './processes.mjs'
import { brokenPromises } from './promises.mjs'

const bookings = 200
/** At the moment of the kill at least so many runs wait for their place, are inside a call, have finished. */
const witness = 20
/** Slow enough that runs wait behind the fifty that call; a machine that books slowly needs a slower CRM. */
const crmLatencies = [150, 400, 1000]
const root = fileURLToPath(new URL('../..', import.meta.url))
const sample = join(root, 'examples', 'booking-confirmation', 'Workflows')

/** @returns the broken promises, none when all is well, and a line of facts about the round */
export async function killRound() {
  for (const crmLatencyMs of crmLatencies) {
    const result = await tryRound(crmLatencyMs)
    if (result !== undefined) return result
  }
  throw new Error(`Runs never waited, called and had finished at the same time, ${witness} of each.`)
}

async function tryRound(crmLatencyMs) {
  const dir = mkdtempSync(join(tmpdir(), 'flowstead-kill-'))
  const children = []
  try {
    return await round(dir, children, crmLatencyMs)
  } finally {
    for (const child of children) await kill(child)
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Undefined when the witness came too late: everything had finished before it saw enough of each kind. */
async function round(dir, children, crmLatencyMs) {
  writeProject(dir)
  const services = await startServices(dir, children, crmLatencyMs)
  const port = await freePort()
  const server = await startServer(dir, port, children)
  await ask(`${server.url}/api/flows/import`, {
    method: 'POST',
    headers: server.headers,
    body: importBody(dir),
  })
  await until('the subscription stands', async () => {
    const { value } = await ask(`${server.url}/api/flows`, { headers: server.headers })
    return value.length === 1 && value[0].state === 'on' && value[0].problems.length === 0
  })

  const booked = await book(services.vome)
  const seen = await until('the witness has seen enough', () => look(server, services), { everyMs: 5 })
  if (seen.finished === bookings) return undefined
  await kill(server.child)
  const killedAt = new Date().toISOString()
  const again = await startServer(dir, port, children)
  await booked.all
  const runs = await until('every run has ended', () => endedRuns(again), { everyMs: 100, forMs: 90_000 })

  const broken = await brokenPromises({ server: again, services, runs, volunteers: booked.volunteers })
  const { repeated } = broken
  return {
    broken: broken.lines,
    facts: `killed ${killedAt} with ${seen.waiting} waiting, ${seen.calling} inside a call, ${seen.finished} finished; ${runs.length} runs, ${repeated} calls repeated with their key`,
  }
}

/** The sample flow, with many runs at once: the volunteers are all different, so they need not queue. */
function writeProject(dir) {
  const local = (connector, service) => ({ connector, target: `local:${service}`, throttle: null })
  const project = {
    flows: [],
    connectors: [join(root, 'connectors')],
    connections: {
      shared_vome: local('Vome', 'vome'),
      shared_hotprofile: local('HotProfile', 'hotprofile'),
      shared_smtp: local('SMTP', 'mail'),
    },
  }
  mkdirSync(join(dir, 'flows'))
  writeFileSync(join(dir, 'flowstead.json'), JSON.stringify(project))
  cpSync(sample, join(dir, 'flows'), { recursive: true })
  for (const file of readdirSync(sample).filter((name) => name.endsWith('.json'))) {
    const flow = JSON.parse(readFileSync(join(sample, file), 'utf8'))
    const [trigger] = Object.values(flow.properties.definition.triggers)
    trigger.runtimeConfiguration.concurrency = { runs: 50, maximumWaitingRuns: 200 }
    writeFileSync(join(dir, 'flows', file), JSON.stringify(flow))
  }
}

function importBody(dir) {
  const files = readdirSync(join(dir, 'flows')).map((name) => ({
    name,
    content: readFileSync(join(dir, 'flows', name)).toString('base64'),
  }))
  return { files, on: true }
}

async function startServices(dir, children, crmLatencyMs) {
  const told = {}
  for (const [name, options] of [
    ['vome', []],
    ['hotprofile', ['--latency', String(crmLatencyMs)]],
    ['mail', ['--smtp-port', '0']],
  ]) {
    const args = ['service', 'start', name, '--dir', dir, '--port', '0', '--throttle', 'off', ...options]
    const child = await startProcess(args, () => {
      told[name] = readTold(dir, '.flowstead', 'services', name, 'service.json')
      return told[name]?.url && isReachable(`${told[name].url}/health`)
    })
    children.push(child)
    told[name].headers = { 'x-api-key': told[name].key }
  }
  return told
}

async function startServer(dir, port, children) {
  let told
  const child = await startProcess(['start', '--dir', dir, '--port', String(port)], async () => {
    told = readTold(dir, '.flowstead', 'server.json')
    return told && (await answersItsToken(told))
  })
  children.push(child)
  return { child, url: told.url, headers: { authorization: `Bearer ${told.token}` } }
}

/** The file of a killed server is still there; its token opens nothing any more. */
async function answersItsToken({ url, token }) {
  try {
    return (await fetch(`${url}/api`, { headers: { authorization: `Bearer ${token}` } })).ok
  } catch {
    return false
  }
}

/** Books for 200 different people; `all` resolves when every booking is acknowledged. */
async function book({ url, headers }) {
  const { data: opportunities } = await ask(`${url}/api/v1/opportunities`, { headers })
  const start = new Date(Date.now() + 86_400_000)
  const shift = await ask(`${url}/api/v1/shifts`, {
    method: 'POST',
    headers,
    body: {
      opportunity_id: opportunities.find(({ status }) => status === 'active').id,
      shift_title: 'Torture',
      shift_start_at: start.toISOString(),
      shift_end_at: new Date(start.getTime() + 3_600_000).toISOString(),
      spots: bookings,
    },
  })
  const names = Array.from({ length: bookings }, (_, n) => `Kill Volunteer${String(n).padStart(3, '0')}`)
  const volunteers = []
  const rest = names.values()
  const worker = async () => {
    for (const name of rest) {
      const body = { name, shift_id: shift.id }
      const reservation = await ask(`${url}/api/v1/bookings`, { method: 'POST', headers, body })
      volunteers.push({ name, reservation: reservation.id })
    }
  }
  return { volunteers, all: Promise.all(Array.from({ length: 20 }, worker)) }
}

/** What runs are doing now, when there are enough of each kind or all have finished; undefined otherwise. */
async function look(server, { hotprofile }) {
  const count = async (status) =>
    (await ask(`${server.url}/api/runs?status=${status}&limit=1000`, { headers: server.headers })).value
      .length
  const { inFlight } = await ask(`${hotprofile.url}/local/attempts/summary`, { headers: hotprofile.headers })
  const seen = { waiting: await count('Waiting'), calling: inFlight, finished: await count('Succeeded') }
  const isEnough = Object.values(seen).every((number) => number >= witness)
  return isEnough || seen.finished === bookings ? seen : undefined
}

async function endedRuns({ url, headers }) {
  const { value } = await ask(`${url}/api/runs?limit=1000`, { headers })
  const isDone = value.length >= bookings && value.every(({ properties }) => properties.endTime !== undefined)
  return isDone ? value : undefined
}
