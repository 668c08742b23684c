import {
  type ActionDefinition,
  members,
  plainKeys,
  pointerTo,
  type TriggerDefinition,
  typesWithSchema,
} from '@flowstead/definition'
import type { Tree, Value } from '@flowstead/expressions'
import type { PlacedExpression } from './expressions.ts'

export type Owner = ActionDefinition | TriggerDefinition

/** One string value of a trigger or action, with or without expressions. */
export interface PlacedText {
  readonly owner: Owner
  readonly text: string
  /** Keys from the trigger or action to the string: `['inputs', 'headers', 'Accept']`. */
  readonly keys: readonly string[]
  readonly pointer: string
  /** `undefined` for plain text. */
  readonly expression: PlacedExpression | undefined
}

/**
 * Every string value of a trigger or of an action itself, in the order of the file; schemas are left out.
 * @param own its expressions.
 */
export function readTexts(owner: Owner, own: readonly PlacedExpression[]): PlacedText[] {
  const expressions = new Map(own.map((each) => [each.pointer, each]))
  const found: PlacedText[] = []
  const isLeftOut = (keys: readonly string[], key: string): boolean =>
    keys.length === 0
      ? plainKeys.has(key)
      : keys.length === 1 && key === 'schema' && typesWithSchema.has(owner.type)
  const collect = (value: Value, keys: readonly string[], pointer: string): void => {
    const entries = Array.isArray(value) ? value.entries() : members(value)
    for (const [index, inner] of entries) {
      const key = String(index)
      // Most values that are no text are numbers and switches, for which no path is made.
      if ((typeof inner !== 'string' && !isContainer(inner)) || isLeftOut(keys, key)) continue
      const at = pointerTo(pointer, key)
      const path = [...keys, key]
      if (typeof inner !== 'string') collect(inner, path, at)
      else found.push({ owner, text: inner, keys: path, pointer: at, expression: expressions.get(at) })
    }
  }
  collect(owner.raw, [], owner.pointer)
  return found
}

function isContainer(value: Value): boolean {
  return typeof value === 'object' && value !== null
}

/** What the author typed into a string: the text between expressions, and the text literals inside them. */
export function typedTexts({ text, expression }: PlacedText): string[] {
  const template = expression?.template
  if (template === undefined) return [text]
  if (template.kind === 'text') return [template.text]
  if (template.kind === 'expression') return textLiterals(template.tree)
  return template.parts.flatMap((part) => (typeof part === 'string' ? [part] : textLiterals(part)))
}

const readers: ReadonlySet<string> = new Set([
  'actionbody',
  'actionoutputs',
  'actions',
  'appsetting',
  'body',
  'items',
  'iterationindexes',
  'outputs',
  'parameters',
  'result',
  'variables',
])

/** Text literals of an expression; names of actions, variables and keys are not among them. */
function textLiterals(tree: Tree): string[] {
  if (tree.kind === 'literal') return typeof tree.value === 'string' ? [tree.value] : []
  if (tree.kind === 'access') return textLiterals(tree.target)
  return readers.has(tree.name.toLowerCase()) ? [] : tree.args.flatMap(textLiterals)
}
