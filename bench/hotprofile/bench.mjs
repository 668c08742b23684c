// Searches over 100,000 cards against a bare read by primary key, then search and create under load against a bare
// insert. Each search answers a page of 20 and the exact number of all that match.
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { load } from '../load.mjs'

const rounds = 5
const roundSeconds = 1
const loadSeconds = Number(process.env.BENCH_SECONDS ?? 10)
/** A search is to answer within this at the median, ms. */
const mark = 20

const cards = '/rest_api/v1/business_cards/get_entry_list'
const leads = '/rest_api/v1/leads/get_entry_list_flow'
const searches = [
  ['prefix: e-mail "person12"', cards, { 'search[email]': 'person12' }],
  ['infix: address "芝公園3-1"', cards, { 'search[address]': '芝公園3-1' }],
  ['two-character kanji name "山田"', cards, { 'search[family_name]': '山田' }],
  ['search[multiple] of three words', leads, { 'search[multiple]': '山田 部長 みらい商事' }],
  [
    'date range with order',
    cards,
    {
      'search[from_trade_on]': '2025/01/01',
      'search[to_trade_on]': '2025/12/31',
      'order[key]': 'trade_on',
      'order[type]': 'desc',
    },
  ],
]
const card = {
  client_id: 1,
  family_name: '山田',
  first_name: '太郎',
  email: 'taro@example.co.jp',
  note: '展示会の二日目に交換。来月に訪問する予定。',
  status: 1,
  open_status: 1,
}

export async function run() {
  const cores = availableParallelism()
  const isPinned = pinSelf('1')
  process.stdout.write(
    `hotprofile: 100,000 cards, 100,000 leads, 5,000 clients; Node ${process.versions.node}, ${cores} cores, ` +
      `${isPinned ? 'server on core 0, load on core 1' : 'cores not pinned (no taskset here)'}\n\n`,
  )
  const bare = await startTarget('target-bare.mjs', isPinned)
  const service = await startTarget('target-service.mjs', isPinned)
  try {
    await measureSearches(bare, service)
    await measureLoad(bare, service)
  } finally {
    bare.child.disconnect()
    service.child.disconnect()
    await Promise.all([once(bare.child, 'exit'), once(service.child, 'exit')])
  }
}

async function measureSearches(bare, service) {
  const targets = [
    { name: 'bare read by primary key', ...target(bare, '/read', { id: 4711 }, '"id"') },
    ...searches.map(([name, path, query]) => ({ name, ...target(service, path, query, '"total_count"') })),
  ]
  const results = targets.map(() => [])
  for (const one of targets) await measure(one, { connections: 1, seconds: 0.3 })
  for (let round = 0; round < rounds; round++) {
    for (const [index, one] of targets.entries()) {
      results[index].push(await measure(one, { connections: 1, seconds: roundSeconds }))
    }
  }
  const floor = median(results[0], 'p50')
  process.stdout.write(`${'search'.padEnd(36)}      found   p50 ms   p99 ms   times a bare read   mark\n`)
  for (const [index, one] of targets.entries()) {
    const p50 = median(results[index], 'p50')
    const row = [
      fit(one.name, 36),
      String(index === 0 ? '' : await countOf(one)).padStart(9),
      p50.toFixed(2).padStart(7),
      median(results[index], 'p99').toFixed(2).padStart(7),
      (p50 / floor).toFixed(1).padStart(18),
      index === 0 ? '' : p50 <= mark ? ' under 20 ms' : ' OVER 20 ms',
    ]
    process.stdout.write(`${row.join('  ').trimEnd()}\n`)
  }
}

/** Half of the connections search, half create; the floor reads by key and inserts in the same way. */
async function measureLoad(bare, service) {
  const options = { connections: 4, seconds: loadSeconds }
  const both = (read, create) => Promise.all([measure(read, options), measure(create, options)])
  const [read, insert] = await both(
    target(bare, '/read', { id: 4711 }, '"id"'),
    target(bare, '/create', card, '"id"'),
  )
  const [name, path, query] = searches[0]
  const [search, create] = await both(
    target(service, path, query, '"total_count"'),
    target(service, '/rest_api/v1/business_cards/create', card, '"id"'),
  )
  const perSecond = (result) => result.perSecond.toFixed(0).padStart(7)
  const share = (create.perSecond / insert.perSecond).toFixed(2)
  process.stdout.write(
    `\n${loadSeconds} s of load, 4 connections each, 0 errors:\n` +
      `  bare     ${perSecond(read)} reads/s      ${perSecond(insert)} inserts/s\n` +
      `  service  ${perSecond(search)} searches/s   ${perSecond(create)} creates/s   ${share} of the bare inserts   (search: ${name})\n`,
  )
}

function target({ ready }, path, query, expect) {
  const given = ready.key === undefined ? query : { api_key: ready.key, ...query }
  return { host: '127.0.0.1', port: ready.port, path: `${path}?${new URLSearchParams(given)}`, expect }
}

async function measure(one, options) {
  const result = await load({ ...one, body: '{}' }, options)
  if (result.errors > 0) throw new Error(`${result.errors} wrong answers, the first: ${result.firstError}`)
  return result
}

async function countOf({ host, port, path }) {
  const answer = await fetch(`http://${host}:${port}${path}`, { method: 'POST' })
  return (await answer.json()).pages.total_count
}

async function startTarget(file, isPinned) {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const child = fork(
    path,
    [],
    isPinned ? { execPath: 'taskset', execArgv: ['-c', '0', process.execPath] } : {},
  )
  const [{ ready }] = await once(child, 'message')
  return { child, ready }
}

/** Keeps this process off the server's core where the system can do that. */
function pinSelf(core) {
  if (process.platform !== 'linux' || availableParallelism() < 2) return false
  return spawnSync('taskset', ['-a', '-p', '-c', core, String(process.pid)]).status === 0
}

function median(results, figure) {
  const sorted = results.map((result) => result[figure]).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** Padded to so many columns; kanji take two. */
function fit(text, columns) {
  const width = [...text].reduce((sum, character) => sum + (character > '\u2e80' ? 2 : 1), 0)
  return text + ' '.repeat(Math.max(0, columns - width))
}
