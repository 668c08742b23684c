// node scripts/torture/hotprofile-hostile.mjs [count] [seed]: sends hostile values for each of HotProfile's 307
// parameters in turn, 10,000 in all by default, with a new seed each time.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const [count = '10000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2)
if (!/^\d+$/.test(count) || !/^\d+$/.test(seed)) {
  process.stderr.write('Usage: node scripts/torture/hotprofile-hostile.mjs [count] [seed]\n')
  process.exit(2)
}
process.stdout.write(`${count} hostile inputs from seed ${seed}\n`)
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'services/hotprofile/src/hostile.test.ts'],
  {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: 'inherit',
    env: { ...process.env, FLOWSTEAD_FUZZ_COUNT: count, FLOWSTEAD_FUZZ_SEED: seed },
  },
)
process.exit(status ?? 1)
