import type { CallTree, Tree } from '@flowstead/expressions'
import type { PlacedExpression } from '../../subject/expressions.ts'
import type { Subject } from '../../subject/subject.ts'

/** One key of a chain. */
export interface Step {
  /** `undefined` when it is computed. */
  readonly key: string | number | undefined
  /** Whether a `?` stands before it. */
  readonly isOptional: boolean
  /** End of the key in the text. */
  readonly end: number
}

/** What is read from the result of a call: `body('A')?['b']['c']`. */
export interface AccessChain {
  readonly call: CallTree
  readonly steps: readonly Step[]
}

/** Every call in an expression with the keys that follow it, outermost first. */
export function chainsIn(expression: PlacedExpression, subject: Subject): readonly AccessChain[] {
  return subject.shared(readChains).get(expression) ?? []
}

function readChains({ expressions }: Subject): ReadonlyMap<PlacedExpression, readonly AccessChain[]> {
  return new Map(expressions.map((expression) => [expression, accessChains(expression.trees)]))
}

function accessChains(trees: readonly Tree[]): AccessChain[] {
  const found: AccessChain[] = []
  trees.forEach(visit)
  return found

  function visit(node: Tree): void {
    const steps: Step[] = []
    const keys: Tree[] = []
    let target = node
    for (; target.kind === 'access'; target = target.target) {
      steps.push({ key: keyOf(target.key), isOptional: target.isOptional, end: target.end })
      keys.push(target.key)
    }
    if (target.kind === 'call') {
      found.push({ call: target, steps: steps.reverse() })
      for (const argument of target.args) visit(argument)
    }
    for (const key of keys.reverse()) visit(key)
  }
}

function keyOf(key: Tree): string | number | undefined {
  return key.kind === 'literal' && (typeof key.value === 'string' || typeof key.value === 'number')
    ? key.value
    : undefined
}
