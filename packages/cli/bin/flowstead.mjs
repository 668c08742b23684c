#!/usr/bin/env node
import { existsSync } from 'node:fs'

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
