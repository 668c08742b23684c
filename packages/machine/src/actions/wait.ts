import type { Template, Value } from '@flowstead/expressions'
import { typeName } from '@flowstead/expressions'
import type { ActionHandler, Compile, Resolvable } from '../handler.ts'
import { instantMs } from '../instant.ts'
import { member, memberAt } from '../member.ts'
import { badRequest, succeeded } from '../outcome.ts'

interface WaitTemplates {
  readonly inputs: Template
  /** The instant waited for, as text. */
  readonly until: Resolvable
}

/** Goes on after an interval or at an instant; an instant that has passed goes on at once. */
export const wait: ActionHandler<WaitTemplates> = {
  compile: ({ inputs }, compile) => ({
    inputs: compile.template(inputs ?? {}),
    until: compileUntil(inputs, compile),
  }),
  start({ templates }, run) {
    run.recordInputs(run.resolve(templates.inputs))
    const text = run.resolve(templates.until)
    const until = typeof text === 'string' ? instantMs(text) : undefined
    if (until === undefined)
      return badRequest(
        'InvalidTemplate',
        `An instant to wait for is expected, not a value of type '${typeName(text)}'.`,
      )
    if (until <= run.now) return succeeded(undefined, 'OK')
    run.wait('wait', until)
    return undefined
  },
  heard: () => succeeded(undefined, 'OK'),
}

/** Both forms become an instant in the normal form, whatever form a timestamp was written in. */
function compileUntil(inputs: Value | undefined, compile: Compile): Resolvable {
  const timestamp = memberAt(inputs, 'until', 'timestamp')
  if (timestamp !== undefined) {
    return compile.expression(`formatDateTime(parameters('0'), 'o')`, [compile.template(timestamp)])
  }
  const interval = member(inputs, 'interval')
  const count = compile.template(member(interval, 'count') ?? null)
  const unit = compile.template(member(interval, 'unit') ?? null)
  return compile.expression(`addToTime(utcNow(), parameters('0'), parameters('1'))`, [count, unit])
}
