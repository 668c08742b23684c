import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from './syntax/parse.ts'
import { print } from './syntax/print.ts'
import { parseTemplateText } from './syntax/template-text.ts'
import type { Tree } from './syntax/tree.ts'

const folder = fileURLToPath(new URL('../../../conformance/corpus/', import.meta.url))

/** Every string in the JSON files of the corpus, keys included; those in brackets are of another language. */
function stringsOfCorpus(): string[] {
  const strings: string[] = []
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.json')) {
      const text = readFileSync(join(folder, name), 'utf8')
      JSON.parse(text.replace(/^\ufeff/, ''), (key: string, value: unknown) => {
        strings.push(key)
        if (typeof value === 'string' && !value.startsWith('[')) strings.push(value)
        return value
      })
    }
  return strings
}

function treesOf(text: string): Tree[] {
  const template = parseTemplateText(text)
  if (template.kind === 'text') return []
  return template.kind === 'expression'
    ? [template.tree]
    : template.parts.filter((part) => typeof part !== 'string')
}

/** A tree without its spans. */
function shape(tree: Tree): string {
  return JSON.stringify(tree, (key, value: unknown) => (key === 'start' || key === 'end' ? undefined : value))
}

test('every expression of the corpus parses, and its printed form parses to the same tree', () => {
  const trees = stringsOfCorpus().flatMap(treesOf)
  expect(trees.length).toBeGreaterThan(2_900)
  const changed = trees.filter((tree) => shape(parse(print(tree), { maxLength: 100_000 })) !== shape(tree))
  expect(changed.map(print)).toEqual([])
})
