// Writes docs/reference/expressions.md from the tables of functions, after building the package that has them.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const build = spawnSync(
  process.execPath,
  [inRoot('node_modules/typescript/bin/tsc'), '-b', inRoot('packages/expressions')],
  { stdio: ['ignore', 2, 2] },
)
if (build.status !== 0) process.exit(build.status ?? 1)

const { functionReference } = await import('@flowstead/expressions')
writeFileSync(inRoot('docs/reference/expressions.md'), functionReference())
