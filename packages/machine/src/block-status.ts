import type { ActionPlan, Block, Slot } from './plan.ts'
import type { Frame } from './state.ts'
import type { FinalStatus } from './status.ts'

/**
 * Status of a block whose actions are all final: Failed when a leaf failed, else TimedOut when one timed
 * out, else Succeeded. A skipped leaf stands for its predecessors. Depends on the statuses only (M15).
 */
export function blockStatus(frame: Frame, block: Block): FinalStatus {
  let status: FinalStatus = 'Succeeded'
  let skipped: Slot[] | null = null
  for (const slot of block.leaves) {
    const leaf = frame.runs[slot]?.status
    if (leaf === 'Failed') return 'Failed'
    if (leaf === 'TimedOut') status = 'TimedOut'
    if (leaf === 'Skipped') skipped = skipped === null ? [slot] : [...skipped, slot]
  }
  return skipped === null ? status : worse(status, statusBehind(frame, block, skipped))
}

function statusBehind(frame: Frame, block: Block, skipped: Slot[]): FinalStatus {
  const seen = new Set(skipped)
  const stack = [...skipped]
  let status: FinalStatus = 'Succeeded'
  for (let slot = stack.pop(); slot !== undefined; slot = stack.pop()) {
    const behind = frame.runs[slot]?.status
    if (behind === 'Failed') return 'Failed'
    if (behind === 'TimedOut') status = 'TimedOut'
    if (behind !== 'Skipped') continue
    for (const edge of (block.layout.slots[slot] as ActionPlan).after) {
      if (seen.has(edge.slot)) continue
      seen.add(edge.slot)
      stack.push(edge.slot)
    }
  }
  return status
}

function worse(one: FinalStatus, other: FinalStatus): FinalStatus {
  if (one === 'Failed' || other === 'Failed') return 'Failed'
  return one === 'TimedOut' ? one : other
}
