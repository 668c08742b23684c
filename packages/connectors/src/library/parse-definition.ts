import { createRequire } from 'node:module'
import { type ObjectValue, setOwn, type Value } from '@flowstead/expressions'
import type { Node, ParseError } from 'jsonc-parser'

const require = createRequire(import.meta.url)
/** Loaded with the first definition that is no strict JSON. */
const tolerant = (): typeof import('jsonc-parser') => require('jsonc-parser')

/** Something odd in a file of a connector; the rest of the file is used. */
export interface FileWarning {
  readonly file: string
  readonly message: string
  /** 1-based. */
  readonly line?: number
  readonly column?: number
}

export interface ParsedDefinition {
  /** `undefined` when nothing could be made of the text. */
  readonly value: Value | undefined
  readonly warnings: readonly FileWarning[]
}

/**
 * Reads JSON as public definitions have it: strict first, then with recovery from byte-order marks, comments,
 * trailing and missing commas. Bytes that are not UTF-8 are replaced.
 */
export function parseDefinition(bytes: Uint8Array, file: string): ParsedDefinition {
  const text = new TextDecoder().decode(bytes)
  const warnings: FileWarning[] = text.includes('\ufffd')
    ? [{ file, message: 'The file has bytes that are not UTF-8; they are replaced.' }]
    : []
  try {
    return { value: JSON.parse(text) as Value, warnings }
  } catch {
    // The tolerant parser below gives the place of every error, which JSON.parse does not.
  }
  return recover(text, file, warnings)
}

/** Deeper nesting is refused: the tree is walked by recursion. */
const maxDepth = 200

function recover(text: string, file: string, warnings: FileWarning[]): ParsedDefinition {
  if (depthOf(text) > maxDepth) {
    return {
      value: undefined,
      warnings: [{ file, message: `The file nests deeper than ${maxDepth} levels.` }],
    }
  }
  const errors: ParseError[] = []
  const tree = tolerant().parseTree(text, errors, { allowTrailingComma: true })
  for (const error of errors) warnings.push({ file, ...placeOf(text, error) })
  return { value: tree === undefined ? undefined : treeValue(tree), warnings }
}

function placeOf(text: string, error: ParseError): Omit<FileWarning, 'file'> {
  const before = text.slice(0, error.offset)
  const line = before.split('\n').length
  const column = error.offset - before.lastIndexOf('\n')
  const words = tolerant()
    .printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
  return { message: `The JSON is not valid here: ${words.toLowerCase()}.`, line, column }
}

/** jsonc-parser's own objects would let a key `__proto__` change their prototype. */
function treeValue(node: Node): Value {
  if (node.type === 'array') return (node.children ?? []).map(treeValue)
  if (node.type !== 'object') return node.value as Value
  const object: ObjectValue = {}
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? []
    if (key !== undefined && value !== undefined) setOwn(object, key.value as string, treeValue(value))
  }
  return object
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const character of text) {
    if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth)
    else if (character === '}' || character === ']') depth -= 1
  }
  return deepest
}
