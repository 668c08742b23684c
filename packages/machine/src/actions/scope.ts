import type { ActionHandler } from '../handler.ts'
import { containerOutcome, failed } from '../outcome.ts'

/** Runs its actions once; its status is that of its block. */
export const scope: ActionHandler<null> = {
  compile: () => null,
  start(action, run) {
    const [block] = action.blocks
    if (block === undefined) return failed('InvalidTemplate', `The scope '${action.name}' has no actions.`)
    run.openBlock(block)
    return undefined
  },
  blockEnded: (_action, _run, { status }) => containerOutcome(status),
}
