#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Flowstead needs Node 20.19 or newer; this is Node ${process.versions.node}.\n`)
  process.exit(4)
}
// The V8 of Node 20 hands what has run for a millisecond to its optimizer, which costs a command of a second a third of
// its time; six times the usual budget makes it wait as long as the V8 of newer versions does by itself.
if (major === 20) setFlagsFromString('--interrupt-budget=400000')
// Node 22 says at every start that its SQLite may still change; packages/sqlite is where that would be met.
const { emitWarning } = process
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).startsWith('SQLite is an experimental feature'))
    emitWarning.call(process, warning, ...rest)
}

const build = new URL('../dist/index.js', import.meta.url)
if (!existsSync(build)) {
  process.stderr.write('Flowstead is not built yet. Run "node scripts/ready.mjs" in the checkout first.\n')
  process.exit(4)
}
// Whoever reads the output may stop early, as `head` does.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error
})
const { main } = await import(build.href)
process.exitCode = await main(process.argv.slice(2))
