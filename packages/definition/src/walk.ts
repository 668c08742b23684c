import type { ActionDefinition, BlockDefinition, Flow } from './flow.ts'

/** An action with the place it stands in. */
export interface PlacedAction {
  readonly action: ActionDefinition
  readonly block: BlockDefinition
  /** Enclosing actions from outside in; empty at the top level. */
  readonly owners: readonly ActionDefinition[]
}

/** Every action of a flow at any depth, in the order of the definition, owners before what they hold. */
export function walkActions(flow: Flow): Generator<PlacedAction> {
  return walkBlock(flow.root)
}

/** `walkActions` for one block. */
export function* walkBlock(
  block: BlockDefinition,
  owners: readonly ActionDefinition[] = [],
): Generator<PlacedAction> {
  for (const action of block.actions) {
    yield { action, block, owners }
    const inside = [...owners, action]
    for (const inner of action.blocks) yield* walkBlock(inner, inside)
  }
}

/** Every block of a flow, the root first. */
export function* walkBlocks(flow: Flow): Generator<BlockDefinition> {
  yield flow.root
  for (const { action } of walkActions(flow)) yield* action.blocks
}

/** Levels of actions inside one another; 1 when there are only top-level ones, 0 when there are none. */
export function depthOf(flow: Flow): number {
  let depth = 0
  for (const { owners } of walkActions(flow)) depth = Math.max(depth, owners.length + 1)
  return depth
}
