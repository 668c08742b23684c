// node scripts/draw-findings.mjs [--seed 7] [--count 100]: findings of the review over the published flows, drawn at
// random, as JSON rows to be judged by hand. Every finding has the same chance; the same seed draws the same ones.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { review } from '@flowstead/review'

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '7' }, count: { type: 'string', default: '100' } },
})
const [seed, count] = [values.seed, values.count].map(Number)
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(count) || count < 0) {
  process.stderr.write('Usage: node scripts/draw-findings.mjs [--seed <whole number>] [--count <how many>]\n')
  process.exit(2)
}

const findings = corpusFiles().flatMap((file) => {
  const { flows, findings: ofFile } = review([file])
  return [...flows.flatMap((flow) => flow.findings), ...ofFile]
})
const drawn = draw(findings, count, randomBelow(seed))
process.stderr.write(`${drawn.length} of ${findings.length} findings, seed ${seed}\n`)
process.stdout.write(`[\n${drawn.map((each) => ` ${JSON.stringify(row(each))}`).join(',\n')}\n]\n`)

/** Every published definition's file, each once, by name. */
function corpusFiles() {
  const folder = new URL('../conformance/corpus/', import.meta.url)
  const { definitions } = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8'))
  const names = [...new Set(definitions.map(({ file }) => file))].sort()
  return names.map((name) => ({ name, bytes: readFileSync(fileURLToPath(new URL(encodeURI(name), folder))) }))
}

/** The first turns of a Fisher-Yates shuffle: none twice, all equally likely. */
function draw(all, wanted, below) {
  const rest = [...all]
  const total = Math.min(wanted, rest.length)
  for (let turn = 0; turn < total; turn++) {
    const other = turn + below(rest.length - turn)
    const drawnNow = rest[other]
    rest[other] = rest[turn]
    rest[turn] = drawnNow
  }
  return rest.slice(0, total)
}

/** Whole numbers below a bound from a 32-bit state (mulberry32). */
function randomBelow(start) {
  let state = start >>> 0
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound)
  }
}

function row({ fingerprint, rule, severity, file, pointer, line, message }) {
  return { fingerprint, rule, severity, file, pointer, line, message }
}
