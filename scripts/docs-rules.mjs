// Writes docs/reference/rules.md from the rows of the rules and from their hits over the published flows.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ruleHits, ruleReference, rules } from '@flowstead/review'

const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const json = (path) => JSON.parse(readFileSync(inRoot(path), 'utf8'))
const names = new Set(json('conformance/corpus/index.json').definitions.map(({ file }) => file))
const files = [...names].map((name) => ({ name, bytes: readFileSync(inRoot(`conformance/corpus/${name}`)) }))
const notes = json('conformance/review/rule-notes.json')
writeFileSync(inRoot('docs/reference/rules.md'), ruleReference(rules, { ...ruleHits(files), notes }))
