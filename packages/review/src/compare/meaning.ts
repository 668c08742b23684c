// Texts and values in the form in which two versions are compared: expressions lose their spacing, spelling of
// functions and style of access; names of actions and variables are those of the later version, in lower case.
import { createHash } from 'node:crypto'
import { isFlowsteadError } from '@flowstead/errors'
import {
  type CallTree,
  isObject,
  parseTemplateText,
  print,
  printJson,
  type Tree,
  type Value,
} from '@flowstead/expressions'

/** What the names of one version are called in the later one; both take and give lower case. */
export interface Names {
  action(name: string): string
  variable(name: string): string
}

/** Reads the texts of one version. */
export interface Meaning extends Names {
  /** Two texts mean the same when these are equal. */
  text(written: string): string
  /** Two values mean the same when these are equal; the order of keys does not count. */
  value(value: Value): string
}

/** Functions whose first argument names an action or a loop. */
const actionReaders: ReadonlySet<string> = new Set([
  'actions',
  'outputs',
  'body',
  'result',
  'items',
  'iterationindexes',
  'formdatavalue',
  'formdatamultivalues',
  'multipartbody',
])

/** Remembers what it has read; made for one comparison. */
export function meaningWith(names: Names): Meaning {
  const texts = new Map<string, string>()
  const values = new Map<object, string>()
  const meaning: Meaning = {
    ...names,
    text(written) {
      if (!written.includes('@')) return written
      const known = texts.get(written) ?? textMeaning(written, names)
      texts.set(written, known)
      return known
    },
    value(value) {
      if (typeof value === 'string') return short(JSON.stringify(meaning.text(value)))
      if (typeof value !== 'object' || value === null) return printJson(value)
      const known = values.get(value) ?? short(structureMeaning(value, meaning))
      values.set(value, known)
      return known
    },
  }
  return meaning
}

/** Lists inside lists are read at every level: what stands for a long one must not grow with it. */
function short(text: string): string {
  return text.length <= 1_000 ? text : `#${createHash('sha256').update(text).digest('base64')}`
}

function structureMeaning(value: Value, meaning: Meaning): string {
  if (Array.isArray(value)) return `[${value.map((item) => meaning.value(item)).join()}]`
  if (!isObject(value)) return printJson(value)
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${meaning.value(value[key] as Value)}`).join()}}`
}

function textMeaning(written: string, names: Names): string {
  try {
    const template = parseTemplateText(written)
    if (template.kind === 'text') return written
    if (template.kind === 'expression') return `@${print(meant(template.tree, names))}`
    return template.parts
      .map((part) => (typeof part === 'string' ? part : `@{${print(meant(part, names))}}`))
      .join('')
  } catch (error) {
    if (isFlowsteadError(error)) return written
    throw error
  }
}

function meant(tree: Tree, names: Names): Tree {
  if (tree.kind === 'literal') return tree
  if (tree.kind === 'call') return meantCall(tree, names)
  const target = meant(tree.target, names)
  return target.kind === 'literal' ? tree : { ...tree, target, style: 'bracket', key: meant(tree.key, names) }
}

function meantCall(call: CallTree, names: Names): CallTree {
  const name = call.name.toLowerCase()
  const args = call.args.map((arg) => meant(arg, names))
  const [first] = args
  if (first?.kind === 'literal' && typeof first.value === 'string') {
    const lower = first.value.toLowerCase()
    if (actionReaders.has(name)) args[0] = { ...first, value: names.action(lower) }
    if (name === 'variables') args[0] = { ...first, value: names.variable(lower) }
  }
  return { ...call, name, args }
}
