// Request flow of five pure actions + Response against a bare node:http echo: server on one core, load on another.
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { load } from '../load.mjs'

const rounds = 3
const seconds = Number(process.env.BENCH_SECONDS ?? 3)
const body = JSON.stringify({
  name: 'Jana Nováková',
  items: Array.from({ length: 10 }, (_, n) => ({ id: n, price: n * 1.25 })),
})
const expect = '"count":10'

export async function run() {
  const cores = availableParallelism()
  const isPinned = pinSelf('1')
  process.stdout.write(
    `request-flow: ${rounds} interleaved rounds of ${seconds} s; Node ${process.versions.node}, ${cores} cores, ` +
      `${isPinned ? 'server on core 0, load on core 1' : 'cores not pinned (no taskset here)'}\n\n`,
  )
  const bare = await startTarget('target-bare.mjs', isPinned)
  const flow = await startTarget('target-flow.mjs', isPinned)
  process.stdout.write(
    'connections  target       answers/s   p50 ms   p99 ms   CPU us each   share of bare HTTP\n',
  )
  for (const connections of [1, 16, 64]) {
    const results = { bare: [], flow: [] }
    await measure(bare, connections, 1)
    await measure(flow, connections, 1)
    for (let round = 0; round < rounds; round++) {
      results.bare.push(await measure(bare, connections, seconds))
      results.flow.push(await measure(flow, connections, seconds))
    }
    print(connections, 'bare HTTP', results.bare)
    print(
      connections,
      'flow',
      results.flow,
      median(results.flow, 'perSecond') / median(results.bare, 'perSecond'),
    )
  }
  bare.child.disconnect()
  flow.child.disconnect()
  await Promise.all([once(bare.child, 'exit'), once(flow.child, 'exit')])
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

async function measure({ child, ready }, connections, forSeconds) {
  const before = await cpuOf(child)
  const result = await load(
    { host: '127.0.0.1', ...ready, body, expect },
    { connections, seconds: forSeconds },
  )
  if (result.errors > 0) throw new Error(`${result.errors} wrong answers, the first: ${result.firstError}`)
  const cpu = (await cpuOf(child)) - before
  return { ...result, cpu: cpu / result.answers }
}

async function cpuOf(child) {
  child.send('cpu')
  const [{ cpu }] = await once(child, 'message')
  return cpu.user + cpu.system
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

function print(connections, name, results, share) {
  const figure = (key, digits) => median(results, key).toFixed(digits)
  const row = [
    String(connections).padStart(11),
    name.padEnd(10),
    figure('perSecond', 0).padStart(11),
    figure('p50', 2).padStart(8),
    figure('p99', 2).padStart(8),
    figure('cpu', 1).padStart(13),
    share === undefined ? '' : share.toFixed(2).padStart(20),
  ]
  process.stdout.write(`${row.join('  ').trimEnd()}\n`)
}
