// Writes docs/reference/expressions.md from the tables of functions, after bringing the build up to date.
import { writeFileSync } from 'node:fs'
import './ready.mjs'

const { functionReference } = await import('@flowstead/expressions')
writeFileSync(new URL('../docs/reference/expressions.md', import.meta.url), functionReference())
