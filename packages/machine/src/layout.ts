import type { ActionDefinition, BlockDefinition } from '@flowstead/definition'
import { FlowsteadError } from '@flowstead/errors'
import { handlerFor } from './actions/index.ts'
import { codes } from './codes.ts'
import { encodeName } from './path.ts'
import type { ActionPlan, After, Block, Layout, Slot } from './plan.ts'
import { anyFinalStatus, statusSet } from './status-set.ts'

/*
 * The structure of a flow: one layout for the root and one per loop, slots in definition order, edges as
 * bit masks. Templates come later, because references need every slot.
 */

export interface Structure {
  readonly layouts: Layout[]
  readonly byName: Map<string, ActionPlan>
  readonly all: ActionPlan[]
}

const loopTypes: ReadonlySet<string> = new Set(['Foreach', 'Until'])
const controlTypes: ReadonlySet<string> = new Set(['If', 'Switch', 'Foreach', 'Until'])

/**
 * Lays out a flow.
 * @throws `Machine.Cycle` when actions of a block run after each other in a circle
 */
export function layOut(root: BlockDefinition, triggerNames: ReadonlySet<string>): Structure {
  const structure: Structure = { layouts: [], byName: new Map(), all: [] }
  addLayout(structure, root, { loop: null, parent: null, triggerNames })
  return structure
}

interface Around {
  readonly loop: ActionPlan | null
  readonly parent: Layout | null
  readonly triggerNames: ReadonlySet<string>
}

function addLayout(structure: Structure, definition: BlockDefinition, around: Around): Layout {
  const { loop, parent } = around
  const layout: Layout = {
    id: structure.layouts.length,
    loop,
    parent,
    slots: [],
    blocks: [],
    missing: [],
    left: [],
  }
  structure.layouts.push(layout)
  addBlock(structure, definition, { layout, owner: null, triggerNames: around.triggerNames })
  layout.missing.push(...layout.slots.map((action) => action.after.length))
  layout.left.push(...layout.blocks.map((block) => block.direct.length))
  return layout
}

interface Owner {
  readonly layout: Layout
  readonly owner: ActionPlan | null
  readonly triggerNames: ReadonlySet<string>
}

function addBlock(structure: Structure, definition: BlockDefinition, place: Owner): Block {
  const { layout, owner, triggerNames } = place
  const block: Block = {
    index: layout.blocks.length,
    layout,
    owner,
    key: definition.key,
    direct: [],
    starts: [],
    leaves: [],
    all: [],
  }
  layout.blocks.push(block)
  const first = layout.slots.length
  for (const action of definition.actions) addAction(structure, action, { block, triggerNames })
  for (let slot = first; slot < layout.slots.length; slot++) block.all.push(slot)
  connect(block, triggerNames)
  return block
}

interface Inside {
  readonly block: Block
  readonly triggerNames: ReadonlySet<string>
}

function addAction(
  structure: Structure,
  definition: ActionDefinition,
  { block, triggerNames }: Inside,
): void {
  const { layout } = block
  const plan = newAction(definition, block, layout.slots.length)
  layout.slots.push(plan)
  block.direct.push(plan.slot)
  structure.all.push(plan)
  const key = definition.name.toLowerCase()
  if (!structure.byName.has(key)) structure.byName.set(key, plan)
  const [body] = definition.blocks
  if (loopTypes.has(definition.type) && body !== undefined) {
    plan.body = addLayout(structure, body, { loop: plan, parent: layout, triggerNames })
    return
  }
  for (const inner of definition.blocks) {
    plan.blocks.push(addBlock(structure, inner, { layout, owner: plan, triggerNames }))
  }
}

function newAction(definition: ActionDefinition, block: Block, slot: Slot): ActionPlan {
  const { name, type } = definition
  return {
    name,
    encodedName: encodeName(name),
    type,
    definition,
    slot,
    block,
    after: [],
    next: [],
    blocks: [],
    body: null,
    keeps: { inputs: false, outputs: false, last: false, all: false },
    handler: handlerFor(type),
    templates: null,
    broken: null,
    isControl: controlTypes.has(type),
    timeout: null,
    staticResult: null,
    tracked: null,
    secured: { inputs: false, outputs: false },
    skipped: {
      branch: {
        code: 'ActionBranchingConditionNotSatisfied',
        message: `The action '${name}' is skipped: its branch was not taken.`,
      },
      dependency: {
        code: 'ActionDependencyFailed',
        message: `The action '${name}' is skipped: the action that holds it was not executed.`,
      },
    },
  }
}

function connect(block: Block, triggerNames: ReadonlySet<string>): void {
  const { slots } = block.layout
  const siblings = new Map(block.direct.map((slot) => [slots[slot]?.name.toLowerCase(), slot]))
  for (const slot of block.direct) {
    const action = slots[slot] as ActionPlan
    for (const edge of action.definition.runAfter) addEdge(action, edge, { siblings, slots, triggerNames })
  }
  block.starts.push(...block.direct.filter((slot) => slots[slot]?.after.length === 0))
  block.leaves.push(...block.direct.filter((slot) => slots[slot]?.next.length === 0))
  refuseCycle(block)
}

interface Siblings {
  readonly siblings: ReadonlyMap<string | undefined, Slot>
  readonly slots: readonly ActionPlan[]
  readonly triggerNames: ReadonlySet<string>
}

type Edge = ActionDefinition['runAfter'][number]

function addEdge(action: ActionPlan, edge: Edge, { siblings, slots, triggerNames }: Siblings): void {
  const name = edge.action.toLowerCase()
  const slot = siblings.get(name)
  if (slot !== undefined) {
    const accepts = statusSet(edge.statuses)
    const expected = accepts === anyFinalStatus ? 'any' : edge.statuses.join(', ')
    const after: After = { slot, accepts, expected }
    action.after.push(after)
    slots[slot]?.next.push(action.slot)
  } else if (!triggerNames.has(name)) {
    const message = `The action '${action.name}' runs after '${edge.action}', which is not beside it.`
    action.broken = {
      status: 'Failed',
      code: 'InvalidTemplate',
      error: { code: 'InvalidTemplate', message },
      outputs: undefined,
    }
  }
}

function refuseCycle(block: Block): void {
  const { slots } = block.layout
  const missing = new Map(block.direct.map((slot) => [slot, slots[slot]?.after.length ?? 0]))
  const reached = [...block.starts]
  for (let at = 0; at < reached.length; at++) {
    for (const slot of slots[reached[at] as Slot]?.next ?? []) {
      const left = (missing.get(slot) ?? 0) - 1
      missing.set(slot, left)
      if (left === 0) reached.push(slot)
    }
  }
  if (reached.length === block.direct.length) return
  const stuck = block.direct.find((slot) => !reached.includes(slot)) as Slot
  throw new FlowsteadError(codes.cycle, `The action "${slots[stuck]?.name}" runs after itself in a circle.`, {
    path: slots[stuck]?.definition.pointer,
  })
}
