import { type Flow, type NamedFile, pointerKeys, readFlowFiles } from '@flowstead/definition'
import { parseJson, printJson, type Value } from '@flowstead/expressions'
import { corpusFiles } from '../corpus.testing.ts'

/** One published file as a value, with the flows in it. */
export interface CorpusDocument {
  readonly value: Value
  readonly flows: readonly Flow[]
}

/** The published files that are plain JSON and hold flows, by name. */
export function corpusDocuments(): Map<string, CorpusDocument> {
  const found = new Map<string, CorpusDocument>()
  for (const file of corpusFiles()) {
    const { flows } = readFlowFiles([file])
    const value = flows[0] === undefined ? undefined : plainJson(flows[0].text)
    if (value !== undefined) found.set(file.name, { value, flows })
  }
  return found
}

/** One of the documents, by the name that a property has drawn. */
export function documentNamed(documents: ReadonlyMap<string, CorpusDocument>, name: string): CorpusDocument {
  const found = documents.get(name)
  if (found === undefined) throw new Error(`There is no document "${name}".`)
  return found
}

function plainJson(text: string): Value | undefined {
  try {
    return parseJson(text)
  } catch {
    // Comments and repeated keys: the readers take them, these proofs leave such files out.
    return undefined
  }
}

/** A document as the file it came from. */
export function fileOf(name: string, value: Value): NamedFile {
  return { name, bytes: new TextEncoder().encode(printJson(value)) }
}

/** A document with the value at a JSON pointer changed; the pointer may lead into a JSON text. */
export function changedAt(value: Value, pointer: string, change: (value: Value) => Value): Value {
  return changedUnder(value, pointerKeys(pointer), change)
}

function changedUnder(value: Value, keys: readonly string[], change: (value: Value) => Value): Value {
  const [key, ...rest] = keys
  if (key === undefined) return change(value)
  if (typeof value === 'string') return printJson(changedUnder(parseJson(value), keys, change))
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? changedUnder(item, rest, change) : item))
  return mapEntries(value, ([name, inner]) => [
    name,
    name === key ? changedUnder(inner, rest, change) : inner,
  ])
}

type Entry = readonly [key: string, value: Value]

/** An object with each entry replaced, in the same order; anything else as it is. */
export function mapEntries(value: Value, change: (entry: Entry) => Entry): Value {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  return Object.fromEntries(Object.entries(value as Record<string, Value>).map(change))
}

/** `mapEntries` that leaves the keys. */
export function mapValues(value: Value, change: (value: Value) => Value): Value {
  return mapEntries(value, ([key, inner]) => [key, change(inner)])
}
