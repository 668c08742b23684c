import { printValue, type Template, typeName, type Value } from '@flowstead/expressions'
import type { ActionHandler, ActionRunContext, Compile, Resolvable } from '../handler.ts'
import { member } from '../member.ts'
import { badRequest, type Outcome, succeeded } from '../outcome.ts'

/** Actions that go through an array: Select, Query, Join. `item()` is the element in hand. */
interface ArrayTemplates {
  readonly from: Template
  readonly each: Resolvable
}

/** Makes another value of every element. */
export const select: ActionHandler<ArrayTemplates> = {
  compile: ({ inputs }, compile) => arrayTemplates(inputs, 'select', compile),
  start({ templates }, run) {
    const from = arrayOf(run, templates.from)
    if (!Array.isArray(from)) return from
    return succeeded({ body: from.map((item) => run.resolveWith(item, templates.each)) })
  },
}

/** Keeps the elements for which its condition holds. */
export const query: ActionHandler<ArrayTemplates> = {
  compile: ({ inputs }, compile) => arrayTemplates(inputs, 'where', compile),
  start({ templates }, run) {
    const from = arrayOf(run, templates.from)
    if (!Array.isArray(from)) return from
    const kept: Value[] = []
    for (const item of from) {
      const isKept = run.resolveWith(item, templates.each)
      if (typeof isKept !== 'boolean')
        return wrongShape(`'where' gave a value of type '${typeName(isKept)}', not a boolean.`)
      if (isKept) kept.push(item)
    }
    return succeeded({ body: kept })
  },
}

/** Prints the elements with a text between them. */
export const join: ActionHandler<ArrayTemplates> = {
  compile: ({ inputs }, compile) => arrayTemplates(inputs, 'joinWith', compile),
  start({ templates }, run) {
    const from = arrayOf(run, templates.from)
    if (!Array.isArray(from)) return from
    const separator = printValue(run.resolve(templates.each))
    return succeeded({ body: from.map(printValue).join(separator) }, 'OK')
  },
}

function arrayTemplates(inputs: Value | undefined, each: string, compile: Compile): ArrayTemplates {
  return {
    from: compile.template(member(inputs, 'from') ?? null),
    each: compile.template(member(inputs, each) ?? null),
  }
}

/** The array an action goes through; recorded as its inputs. Anything else is its failure. */
export function arrayOf(run: ActionRunContext, template: Resolvable): Value[] | Outcome {
  const from = run.resolve(template)
  run.recordInputs({ from })
  if (!Array.isArray(from))
    return wrongShape(`'from' gave a value of type '${typeName(from)}', not an array.`)
  run.charge(from.length)
  return from
}

function wrongShape(message: string): Outcome {
  return badRequest('InvalidTemplate', message)
}
