import type { CallTree, Span, Tree } from './tree.ts'

/** One place where an expression names something of the run: an action, a variable, a parameter, a loop … */
export interface Reference extends Span {
  /** Canonical spelling of the function: `outputs`, `variables`, `items` … */
  readonly fn: string
  /** The first argument when it is a literal text; `undefined` when it is computed or absent. */
  readonly name: string | undefined
  /** Where the name stands, quotes included; absent when there is no literal name. */
  readonly nameSpan?: Span
  /** Whether the call has arguments but the name is computed, so that anything may be meant. */
  readonly isComputed: boolean
  /** Literal keys read after the call, up to the first computed one: `['body', 'value']`. */
  readonly path: readonly (string | number)[]
  /** JSON pointer of the string inside the template; empty for a single expression. */
  readonly pointer: string
}

/** What `references` must know of functions: the canonical names of those that read the run, by lower-case name. */
export type ReferenceNames = ReadonlyMap<string, string>

/** All references in a tree, in the order of the text. */
export function collectReferences(tree: Tree, names: ReferenceNames, pointer = ''): Reference[] {
  const found: Reference[] = []
  visit(tree)
  return found

  function visit(node: Tree): void {
    const { target, keys, path } = unchained(node)
    if (target.kind === 'call') visitCall(target, path)
    for (const key of keys) visit(key)
  }

  function visitCall(call: CallTree, path: readonly (string | number)[]): void {
    const fn = names.get(call.name.toLowerCase())
    if (fn !== undefined) found.push(referenceOf(call, fn, path, pointer))
    for (const argument of call.args) visit(argument)
  }
}

function referenceOf(
  call: CallTree,
  fn: string,
  path: readonly (string | number)[],
  pointer: string,
): Reference {
  const { start, end } = call
  const first = call.args[0]
  if (first?.kind === 'literal' && typeof first.value === 'string')
    return {
      fn,
      name: first.value,
      nameSpan: { start: first.start, end: first.end },
      isComputed: false,
      path,
      pointer,
      start,
      end,
    }
  return { fn, name: undefined, isComputed: first !== undefined, path, pointer, start, end }
}

/** What a chain of accesses starts from, its keys from left to right, and the literal ones up to the first computed. */
function unchained(tree: Tree) {
  const keys: Tree[] = []
  let target = tree
  for (; target.kind === 'access'; target = target.target) keys.push(target.key)
  keys.reverse()
  const path: (string | number)[] = []
  for (const key of keys) {
    if (key.kind !== 'literal' || (typeof key.value !== 'string' && typeof key.value !== 'number')) break
    path.push(key.value)
  }
  return { target, keys, path }
}

/** Every call in a tree, outermost first: for checks of names and numbers of arguments. */
export function callsIn(tree: Tree): CallTree[] {
  const calls: CallTree[] = []
  collectCalls(tree, calls)
  return calls
}

function collectCalls(tree: Tree, calls: CallTree[]): void {
  const { target, keys } = unchained(tree)
  if (target.kind === 'call') {
    calls.push(target)
    for (const argument of target.args) collectCalls(argument, calls)
  }
  for (const key of keys) collectCalls(key, calls)
}
