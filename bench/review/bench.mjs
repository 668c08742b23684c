// What a review costs: all published flows through the command with start-up, one big flow with its diagram, and
// actions a second in this process as a ratio to JSON.parse of the same files.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { review } from '@flowstead/review'
import { generatedFlow } from './generated-flow.mjs'

const rounds = 7
const inRoot = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const corpus = inRoot('conformance/corpus')
/** Marks: seconds of the whole command on one core, and bytes of its memory. */
const marks = { corpusSeconds: 1.5, bigSeconds: 1, megabytes: 250 }

export async function run() {
  const { definitions } = JSON.parse(readFileSync(join(corpus, 'index.json'), 'utf8'))
  const names = [...new Set(definitions.map(({ file }) => file))]
  const folder = mkdtempSync(join(tmpdir(), 'flowstead-bench-'))
  try {
    process.stdout.write(
      `review: medians of ${rounds} rounds, Node ${process.versions.node}, ${isPinned() ? 'one core' : 'cores not pinned (no taskset here)'}\n\n`,
    )
    const all = timed(['review', ...names, '--format', 'json', '-o', join(folder, 'all.json')], corpus)
    const { flows } = JSON.parse(readFileSync(join(folder, 'all.json'), 'utf8'))
    const actions = flows.reduce((sum, { steps }) => sum + steps, 0)
    tell(
      `${flows.length} published flows, ${actions} actions, command with start-up`,
      all,
      marks.corpusSeconds,
    )
    const bare = timed(['--version'], corpus)
    tell('of that: a command that does nothing', bare)
    writeFileSync(join(folder, 'big.json'), JSON.stringify(generatedFlow(400)))
    const big = timed(['review', 'big.json', '--format', 'html', '-o', 'big.html'], folder)
    tell('400 actions nested five deep, review with diagram', big, marks.bigSeconds)
    throughput(names, actions)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function isPinned() {
  return process.platform === 'linux' && spawnSync('taskset', ['-V']).status === 0
}

/** Medians of seconds and peak megabytes of one command. */
function timed(args, cwd) {
  const probe = fileURLToPath(new URL('./peak-memory.mjs', import.meta.url))
  const node = [
    process.execPath,
    '--import',
    new URL(`file://${probe}`).href,
    inRoot('packages/cli/bin/flowstead.mjs'),
    ...args,
  ]
  const [command, ...rest] = isPinned() ? ['taskset', '-c', '1', ...node] : node
  const seen = Array.from({ length: rounds }, () => {
    const started = performance.now()
    const { stderr, status } = spawnSync(command, rest, { cwd, encoding: 'utf8', maxBuffer: 1 << 30 })
    const seconds = (performance.now() - started) / 1000
    const peak = /peak-kilobytes (\d+)/.exec(stderr)
    if (status === null || status > 1 || peak === null) throw new Error(`The command failed: ${stderr}`)
    return { seconds, megabytes: Number(peak[1]) / 1024 }
  })
  return {
    seconds: median(seen.map((each) => each.seconds)),
    megabytes: median(seen.map((each) => each.megabytes)),
  }
}

function tell(what, { seconds, megabytes }, mark) {
  const verdict =
    mark === undefined
      ? ''
      : `   marks ${mark} s, ${marks.megabytes} MB: ${seconds <= mark && megabytes <= marks.megabytes ? 'held' : 'MISSED'}`
  process.stdout.write(`${what}: ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB${verdict}\n`)
}

function throughput(names, actions) {
  const files = names.map((name) => ({ name, bytes: readFileSync(join(corpus, name)) }))
  const texts = files.map(({ bytes }) => bytes.toString('utf8').replace(/^\uFEFF/, ''))
  const parsable = texts.filter((text) => {
    try {
      return JSON.parse(text) !== undefined
    } catch {
      // A few published files hold comments; parsing them is not measured.
      return false
    }
  })
  const reviewing = []
  const parsing = []
  for (let round = 0; round < rounds; round += 1) {
    reviewing.push(secondsOf(() => files.map((file) => review([file]).flows.length)))
    parsing.push(secondsOf(() => parsable.map((text) => JSON.parse(text))))
  }
  const [ours, json] = [median(reviewing), median(parsing)]
  process.stdout.write(
    `\nin one warm process: ${Math.round(actions / ours).toLocaleString('en')} actions a second, ` +
      `${(ours / json).toFixed(0)} times JSON.parse of the same files (${(json * 1000).toFixed(1)} ms)\n`,
  )
}

function secondsOf(work) {
  const started = performance.now()
  work()
  return (performance.now() - started) / 1000
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]
}
