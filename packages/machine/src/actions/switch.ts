import { equalValues, type Template, type Value } from '@flowstead/expressions'
import type { ActionHandler } from '../handler.ts'
import { member, memberAt } from '../member.ts'
import { containerOutcome, succeeded } from '../outcome.ts'

interface SwitchTemplates {
  readonly expression: Template
  /** By block key; numbers are compared by value, text by code unit. */
  readonly cases: readonly { readonly key: string; readonly value: Template }[]
}

/** Runs the first case with the value of its expression, else the default, and skips the rest. */
export const switchCase: ActionHandler<SwitchTemplates, Value> = {
  compile: ({ raw, blocks }, compile) => ({
    expression: compile.template(member(raw, 'expression') ?? null),
    cases: blocks
      .filter((block) => block.key.startsWith('case:'))
      .map(({ key }) => ({
        key,
        value: compile.template(memberAt(raw, 'cases', key.slice('case:'.length), 'case') ?? null),
      })),
  }),
  start({ templates, blocks }, run) {
    const value = run.resolve(templates.expression)
    run.recordInputs({ expressionResult: value })
    run.memory = value
    const taken =
      templates.cases.find((each) => equalValues(run.resolve(each.value), value))?.key ?? 'default'
    const block = blocks.find((each) => each.key === taken)
    for (const other of blocks) if (other !== block) run.skipBlock(other)
    if (block === undefined) return succeeded({ expression: value })
    run.openBlock(block)
    return undefined
  },
  blockEnded: (_action, run, { status }) => containerOutcome(status, { expression: run.memory }),
}
