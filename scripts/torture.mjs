// npm run torture -- <kill | vome | hotprofile> [rounds]: destructive tests that take longer than the suite may.
// kill: the server under 200 bookings; vome, hotprofile: a service alone while it is written to.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { killRound } from './torture/kill-round.mjs'

const services = { vome: './torture/vome-kill.mjs', hotprofile: './torture/hotprofile-kill.mjs' }

const [name, count = '1'] = process.argv.slice(2)
const rounds = Number(count)
if ((name !== 'kill' && !Object.hasOwn(services, name ?? '')) || !Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write(`Usage: npm run torture -- <kill | ${Object.keys(services).join(' | ')}> [rounds]\n`)
  process.exit(2)
}
process.exitCode = name === 'kill' ? await killServer() : killService(services[name])

async function killServer() {
  let failed = 0
  for (let round = 1; round <= rounds; round++) {
    const { broken, facts } = await killRound()
    process.stdout.write(`round ${round}/${rounds}: ${facts}\n`)
    for (const line of broken) process.stdout.write(`  broken: ${line}\n`)
    if (broken.length > 0) failed += 1
  }
  process.stdout.write(`${rounds - failed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
}

function killService(script) {
  const file = fileURLToPath(new URL(script, import.meta.url))
  return spawnSync(process.execPath, [file, String(rounds)], { stdio: 'inherit' }).status ?? 1
}
