import { quoted } from '@flowstead/errors'
import { print, type Tree } from '@flowstead/expressions'
import type { Report, Settings } from '../../rule.ts'
import type { PlacedExpression } from '../../subject/expressions.ts'
import type { Place } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { namesActions } from './action-references.ts'

type Limits = Settings & {
  readonly maxCharacters: number
  readonly maxDepth: number
  readonly maxExpressions: number
  /** Longer texts are letters and pages, which may well have many expressions. */
  readonly shortText: number
}

/** Reports each text once, for the limit it is over. */
export function checkExpressionSize(subject: Subject, report: Report, limits: Limits): void {
  for (const expression of subject.expressions) {
    const message = tooLarge(expression, limits)
    if (message !== undefined) report(placeOf(expression), message)
  }
}

function tooLarge(
  expression: PlacedExpression,
  limits: Limits,
): { readonly message: string; readonly severity?: 'info' } | undefined {
  const { trees, text, owner } = expression
  const where = owner === undefined ? 'The outputs of the flow' : quoted(owner.name)
  const longest = trees.reduce((length, tree) => Math.max(length, lengthWithoutNames(expression, tree)), 0)
  if (longest > limits.maxCharacters) {
    const isCode = trees.some((tree) => tree.end - tree.start - textsIn(tree) > limits.maxCharacters)
    const message = `${where} has an expression of ${longest} characters; the limit is ${limits.maxCharacters}.`
    return { message, ...(isCode ? {} : { severity: 'info' }) }
  }
  const deepest = trees.reduce((depth, tree) => Math.max(depth, depthOf(tree)), 0)
  if (deepest > limits.maxDepth)
    return {
      message: `${where} has ${deepest} functions inside one another; the limit is ${limits.maxDepth}.`,
    }
  if (trees.length <= limits.maxExpressions || text.length > limits.shortText || /[<\n]/.test(text))
    return undefined
  return { message: `${where} puts a text together from ${trees.length} expressions.`, severity: 'info' }
}

/** Characters of an expression; long names of actions are good names and do not count. */
function lengthWithoutNames({ references }: PlacedExpression, { start, end }: Tree): number {
  return references.reduce((length, { fn, nameSpan }) => {
    const isName = nameSpan !== undefined && nameSpan.start >= start && nameSpan.end <= end
    return isName && namesActions(fn) ? length - (nameSpan.end - nameSpan.start) : length
  }, end - start)
}

/** Characters of the texts that are given to functions. */
function textsIn(tree: Tree): number {
  if (tree.kind === 'literal') return 0
  if (tree.kind === 'access') return textsIn(tree.target) + textsIn(tree.key)
  return tree.args.reduce(
    (length, argument) =>
      length + (argument.kind === 'literal' ? argument.end - argument.start : textsIn(argument)),
    0,
  )
}

/**
 * Functions inside one another; reading a value of the run is none, and a function straight inside itself is read as
 * one: `replace(replace(…))` does one thing after the other. Only `if` in `if` has to be taken apart.
 */
function depthOf(tree: Tree): number {
  if (tree.kind === 'literal') return 0
  if (tree.kind === 'access') return Math.max(depthOf(tree.target), depthOf(tree.key))
  const isReading = tree.args.every(({ kind }) => kind === 'literal') && tree.args.length < 2
  const own = isReading ? 0 : 1
  const name = tree.name.toLowerCase()
  return tree.args.reduce((depth, argument) => {
    const isSame = name !== 'if' && argument.kind === 'call' && argument.name.toLowerCase() === name
    return Math.max(depth, depthOf(argument) + (isSame ? 0 : own))
  }, own)
}

/** Reports each expression that is worth a name at its first place. */
export function checkRepeatedExpressions(
  subject: Subject,
  report: Report,
  { minPlaces, minCharacters }: Settings & { readonly minPlaces: number; readonly minCharacters: number },
): void {
  const found = new Map<string, { readonly first: PlacedExpression; count: number }>()
  for (const expression of subject.expressions) {
    if (isMadeByDesigner(expression)) continue
    for (const tree of expression.trees) {
      if (lengthWithoutNames(expression, tree) < minCharacters || !computes(tree)) continue
      const key = print(tree)
      const known = found.get(key)
      if (known === undefined) found.set(key, { first: expression, count: 1 })
      else known.count += 1
    }
  }
  for (const [text, { first, count }] of found) {
    if (count < minPlaces) continue
    report(placeOf(first), { message: `The expression ${quoted(text)} stands in ${count} places.` })
  }
}

/** Authentication, connection and path of a connector call are written by the designer, not by people. */
function isMadeByDesigner({ owner, pointer }: PlacedExpression): boolean {
  if (owner === undefined || !/^(Open)?ApiConnection/.test(owner.type)) return false
  return /^\/inputs\/(authentication|host|path)(\/|$)/.test(pointer.slice(owner.pointer.length))
}

/** Calls a function on something; `outputs('X')?['body/value']` only reads. */
function computes(tree: Tree): boolean {
  const target = tree.kind === 'access' ? tree.target : tree
  if (target.kind === 'access') return computes(target)
  return target.kind === 'call' && target.args.some(({ kind }) => kind !== 'literal')
}

function placeOf({ owner, pointer }: PlacedExpression): Place {
  return owner === undefined ? { pointer } : { name: owner.name, pointer }
}
