import { FlowsteadError } from '@flowstead/errors'
import type { ObjectValue, Template, Value } from '@flowstead/expressions'
import { codes } from '../codes.ts'
import type { ActionHandler, Compile, Resolvable } from '../handler.ts'
import { member } from '../member.ts'
import { succeeded } from '../outcome.ts'

/** Which function a kind is, and which of its inputs are the arguments; those with `?` may be left out. */
const kinds: Readonly<Record<string, readonly [fn: string, ...inputs: string[]]>> = {
  currenttime: ['utcNow'],
  addtotime: ['addToTime', 'baseTime', 'interval', 'timeUnit'],
  subtractfromtime: ['subtractFromTime', 'baseTime', 'interval', 'timeUnit'],
  getfuturetime: ['getFutureTime', 'interval', 'timeUnit'],
  getpasttime: ['getPastTime', 'interval', 'timeUnit'],
  converttimezone: ['convertTimeZone', 'baseTime', 'sourceTimeZone', 'destinationTimeZone', 'formatString?'],
  formatnumber: ['formatNumber', 'number', 'format', 'locale?'],
  indexof: ['indexOf', 'text', 'searchText'],
  substring: ['substring', 'text', 'startIndex', 'length?'],
}

interface ExpressionTemplates {
  readonly inputs: Template
  readonly value: Resolvable
}

/** The built-in date, number and text operations: one function over the inputs. */
export const expressionAction: ActionHandler<ExpressionTemplates> = {
  compile({ kind, inputs }, compile) {
    const key = kind?.toLowerCase() ?? ''
    const row = Object.hasOwn(kinds, key) ? kinds[key] : undefined
    if (row === undefined) {
      throw new FlowsteadError(codes.invalidAction, `There is no Expression action of kind "${kind ?? ''}".`)
    }
    const [fn, ...names] = row
    return {
      inputs: compile.template(inputs ?? {}),
      value: compile.call(fn, operandsOf(names, inputs, compile)),
    }
  },
  start({ templates }, run) {
    run.recordInputs(run.resolve(templates.inputs))
    return succeeded({ body: run.resolve(templates.value) } satisfies ObjectValue, 'OK')
  },
}

function operandsOf(names: readonly string[], inputs: Value | undefined, compile: Compile): Resolvable[] {
  return names.flatMap((name) => {
    const value = member(inputs, name.replace('?', ''))
    return value === undefined && name.endsWith('?') ? [] : [compile.template(value ?? null)]
  })
}
