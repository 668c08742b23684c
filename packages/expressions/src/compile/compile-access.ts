/**
 * A chain of property accesses is one loop over its steps. Only an error asks which step it was; it then names
 * the part of the expression that was null or lacked the property.
 */
import { quoted } from '@flowstead/errors'
import { asExpressionError, expressionError } from '../errors.ts'
import type { Scope } from '../scope.ts'
import { print } from '../syntax/print.ts'
import type { AccessTree, CallTree } from '../syntax/tree.ts'
import type { Value } from '../value.ts'
import type { CompileContext } from './compile-context.ts'
import type { Compile, Evaluate } from './evaluate.ts'
import { slashStep, step } from './property.ts'

interface Step {
  readonly tree: AccessTree
  readonly key: Evaluate | string | number
  /** The parts of a key with slashes. */
  readonly parts: readonly string[] | undefined
  readonly isOptional: boolean
}

/** The closure of an access; with an observer every access on the way is compiled as a whole of its own. */
export function compileAccess(tree: AccessTree, context: CompileContext, compile: Compile): Evaluate {
  const steps: Step[] = [stepOf(tree, context, compile)]
  let { target } = tree
  for (; target.kind === 'access' && context.observe === undefined; target = target.target)
    steps.push(stepOf(target, context, compile))
  return chain(compile(target, context, 'read'), steps.reverse())
}

function chain(source: Evaluate, steps: readonly Step[]): Evaluate {
  return (scope) => {
    let value = source(scope)
    for (const current of steps) {
      if (value === null) {
        if (current.isOptional) continue
        throw readFromNull(current.tree)
      }
      value = take(value, current, scope)
    }
    return value
  }
}

function stepOf(tree: AccessTree, context: CompileContext, compile: Compile): Step {
  const { isOptional, key } = tree
  if (key.kind !== 'literal' || (typeof key.value !== 'string' && typeof key.value !== 'number'))
    return { tree, key: compile(key, context, 'read'), parts: undefined, isOptional }
  const isPath = typeof key.value === 'string' && key.value.includes('/') && tree.style === 'bracket'
  return { tree, key: key.value, parts: isPath ? String(key.value).split('/') : undefined, isOptional }
}

function take(value: Value, { key, parts, isOptional, tree }: Step, scope: Scope): Value {
  try {
    if (typeof key === 'string')
      return parts === undefined ? step(value, key, isOptional) : slashStep(value, key, parts, isOptional)
    return step(value, typeof key === 'number' ? key : key(scope), isOptional)
  } catch (error) {
    throw asExpressionError(error, { at: tree.key.start })
  }
}

function readFromNull(tree: AccessTree) {
  const target = print(tree.target)
  return expressionError(
    'Expression.MissingProperty',
    `The property ${quoted(print(tree.key))} was read from ${quoted(target)}, which is null.`,
    { at: tree.key.start, hint: `Write ${quoted(withQuestionMark(tree))} if it may be null.` },
  )
}

function withQuestionMark(tree: AccessTree & { target: AccessTree | CallTree }): string {
  return print({ ...tree, isOptional: true })
}
