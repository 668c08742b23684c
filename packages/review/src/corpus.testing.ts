import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { NamedFile } from '@flowstead/definition'

const folder = fileURLToPath(new URL('../../../conformance/', import.meta.url))

/** A JSON file of the conformance data. */
export function conformanceJson<T>(file: string): T {
  return JSON.parse(readFileSync(folder + file, 'utf8')) as T
}

/** Every published definition with its file, each once. */
export function corpusFiles(): NamedFile[] {
  const { definitions } = conformanceJson<{ definitions: readonly { readonly file: string }[] }>(
    'corpus/index.json',
  )
  const names = [...new Set(definitions.map(({ file }) => file))]
  return names.map((name) => ({ name, bytes: readFileSync(`${folder}corpus/${name}`) }))
}
