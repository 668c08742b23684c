import type { ActionDefinition } from '@flowstead/definition'
import { type Template, typeName, type Value } from '@flowstead/expressions'
import type { ActionHandler, Compile } from '../handler.ts'
import { member, memberAt } from '../member.ts'
import { containerOutcome, failed } from '../outcome.ts'

interface ForeachTemplates {
  readonly items: Template
  readonly atOnce: number
}

interface ForeachMemory {
  readonly items: readonly Value[]
  /** Index of the next repetition to start. */
  next: number
  /** Repetitions in flight. */
  live: number
  failed: boolean
}

/** Runs its actions once per element, at most `atOnce` repetitions at a time. */
export const foreach: ActionHandler<ForeachTemplates, ForeachMemory> = {
  compile: (definition, compile) => ({
    items: compile.template(member(definition.raw, 'foreach') ?? null),
    atOnce: degreeOf(definition, compile),
  }),
  start({ templates }, run) {
    const items = run.resolve(templates.items)
    if (!Array.isArray(items)) {
      return failed(
        'ExpressionEvaluationFailed',
        `'foreach' gave a value of type '${typeName(items)}', not an array.`,
      )
    }
    if (items.length === 0) return containerOutcome('Succeeded')
    const live = Math.min(templates.atOnce, items.length)
    run.memory = { items, next: live, live, failed: false }
    for (let index = 0; index < live; index++) run.startRepetition(index)
    return undefined
  },
  blockEnded(_action, run, { status }) {
    const loop = run.memory
    if (status !== 'Succeeded') loop.failed = true
    if (loop.next < loop.items.length) {
      run.startRepetition(loop.next++)
      return undefined
    }
    loop.live -= 1
    return loop.live === 0 ? containerOutcome(loop.failed ? 'Failed' : 'Succeeded') : undefined
  },
}

/**
 * Repetitions in flight: as set (1 to 50), else 1 in Power Automate and 20 in Logic Apps; in Logic Apps a
 * loop inside a loop always goes one by one.
 */
function degreeOf({ raw, operationOptions }: ActionDefinition, { dialect, isInForeach }: Compile): number {
  if (operationOptions.has('sequential') || (dialect === 'LogicApps' && isInForeach)) return 1
  const written = Number(memberAt(raw, 'runtimeConfiguration', 'concurrency', 'repetitions') ?? Number.NaN)
  if (Number.isFinite(written)) return Math.min(50, Math.max(1, Math.trunc(written)))
  return dialect === 'LogicApps' ? 20 : 1
}
