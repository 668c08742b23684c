import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A definition of the corpus with the counts it must be read with. */
export interface CorpusEntry {
  readonly file: string
  readonly kind: string
  readonly definitionAt: string
  readonly actions: number
  readonly maxDepth: number
  /** `Type/Kind` as written. */
  readonly triggers: readonly string[]
  readonly actionTypes: Readonly<Record<string, number>>
}

interface CorpusPackage {
  readonly file: string
  readonly kind: string
  readonly definitions: number
}

const folder = fileURLToPath(new URL('../../../conformance/corpus/', import.meta.url))

/** The bytes of a corpus file. */
export function corpusBytes(file: string): Uint8Array {
  return readFileSync(folder + file)
}

/** What the corpus holds. */
export const corpus = JSON.parse(readFileSync(`${folder}index.json`, 'utf8')) as {
  readonly definitions: readonly CorpusEntry[]
  readonly packages: readonly CorpusPackage[]
}
