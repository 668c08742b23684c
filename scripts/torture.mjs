// npm run torture -- kill [rounds]: destructive tests that take longer than the test suite may.
import { killRound } from './torture/kill-round.mjs'

const [name, count = '1'] = process.argv.slice(2)
const rounds = Number(count)
if (name !== 'kill' || !Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write('Usage: npm run torture -- kill [rounds]\n')
  process.exit(2)
}
let failed = 0
for (let round = 1; round <= rounds; round++) {
  const { broken, facts } = await killRound()
  process.stdout.write(`round ${round}/${rounds}: ${facts}\n`)
  for (const line of broken) process.stdout.write(`  broken: ${line}\n`)
  if (broken.length > 0) failed += 1
}
process.stdout.write(`${rounds - failed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
