import type { CallTree, Tree } from '@flowstead/expressions'

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

/** Every call in a tree with the keys that follow it, outermost first. */
export function accessChains(tree: Tree): AccessChain[] {
  const found: AccessChain[] = []
  visit(tree)
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
