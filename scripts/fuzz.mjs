// npm run fuzz -- <expressions | hotprofile> [count] [seed]: the random tests at full length. Default 1,000,000 and a new seed.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const suites = {
  expressions: 'packages/expressions/src/fuzz.test.ts',
  hotprofile: 'services/hotprofile/src/hostile.test.ts',
}

const [name = 'expressions', count = '1000000', seed = String(Date.now() % 2 ** 32)] = process.argv.slice(2)
const file = suites[name]
if (file === undefined || !/^\d+$/.test(count) || !/^\d+$/.test(seed)) {
  process.stderr.write(`Usage: npm run fuzz -- <${Object.keys(suites).join('|')}> [count] [seed]\n`)
  process.exit(2)
}

process.stdout.write(`${count} random ${name} from seed ${seed}\n`)
const root = fileURLToPath(new URL('..', import.meta.url))
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', file], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, FLOWSTEAD_FUZZ_COUNT: count, FLOWSTEAD_FUZZ_SEED: seed },
})
process.exit(status ?? 1)
