import type { FlowsteadError } from '@flowstead/errors'
import type { Observe } from '../compile/compile-context.ts'
import { compileTree } from '../compile/compile-tree.ts'
import { asExpressionError } from '../errors.ts'
import { printValue } from '../print-value.ts'
import type { Scope } from '../scope.ts'
import { parse } from '../syntax/parse.ts'
import { parseTemplateText, type TemplateText } from '../syntax/template-text.ts'
import type { Span, Tree } from '../syntax/tree.ts'
import type { Value } from '../value.ts'

/** A call or access in an expression and what it gave. */
export interface ExplainedStep extends Span {
  readonly text: string
  /** 0 for a whole expression. */
  readonly depth: number
  readonly outcome:
    | { readonly kind: 'value'; readonly value: Value }
    | { readonly kind: 'error'; readonly error: FlowsteadError }
    /** The other branch of an `if`, or what stands after the end of an `and`. */
    | { readonly kind: 'not reached' }
}

/** Every sub-expression in the order of the text, each before its parts, and the outcome of all. */
export interface Explanation {
  readonly steps: readonly ExplainedStep[]
  readonly value?: Value
  readonly error?: FlowsteadError
}

/**
 * Evaluates a text once and tells what every call and access in it gave.
 * @param form a string of a definition (the default) or an expression without the leading `@`
 * @throws `Expression.Parse`, `Expression.Limit` when it cannot be read
 */
export function explain(
  text: string,
  scope: Scope,
  form: 'template' | 'expression' = 'template',
): Explanation {
  const template: TemplateText =
    form === 'template' ? parseTemplateText(text) : { kind: 'expression', tree: parse(text) }
  if (template.kind === 'text') return { steps: [], value: template.text }
  const parts = template.kind === 'expression' ? [template.tree] : template.parts
  const outcomes = new Map<Tree, ExplainedStep['outcome']>()
  const result = resultOf(parts, template.kind, observer(outcomes), scope)
  const steps = parts.flatMap((part) => (typeof part === 'string' ? [] : stepsOf(part, text, outcomes)))
  return { steps, ...result }
}

function observer(outcomes: Map<Tree, ExplainedStep['outcome']>): Observe {
  return (tree, run) => (scope) => {
    try {
      const value = run(scope)
      outcomes.set(tree, { kind: 'value', value })
      return value
    } catch (error) {
      const failure = asExpressionError(error)
      outcomes.set(tree, { kind: 'error', error: failure })
      throw failure
    }
  }
}

function resultOf(
  parts: readonly (string | Tree)[],
  kind: 'expression' | 'interpolation',
  observe: Observe,
  scope: Scope,
): Omit<Explanation, 'steps'> {
  try {
    const runs = parts.map((part) =>
      typeof part === 'string' ? () => part : compileTree(part, { bind: undefined, observe }),
    )
    const values = runs.map((run) => run(scope))
    return { value: kind === 'expression' ? (values[0] ?? null) : values.map(printValue).join('') }
  } catch (error) {
    return { error: asExpressionError(error) }
  }
}

function stepsOf(
  tree: Tree,
  text: string,
  outcomes: ReadonlyMap<Tree, ExplainedStep['outcome']>,
): ExplainedStep[] {
  const steps: ExplainedStep[] = []
  const open = [{ tree, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { tree: node, depth } = next
    if (node.kind === 'literal' && depth > 0) continue
    const { start, end } = node
    const literal = node.kind === 'literal' ? ({ kind: 'value', value: node.value } as const) : undefined
    const outcome = outcomes.get(node) ?? literal ?? ({ kind: 'not reached' } as const)
    steps.push({ text: text.slice(start, end), depth, outcome, start, end })
    const parts = node.kind === 'call' ? node.args : node.kind === 'access' ? [node.target, node.key] : []
    open.push(...parts.map((part) => ({ tree: part, depth: depth + 1 })).reverse())
  }
  return steps
}
