import { FlowsteadError } from '@flowstead/errors'
import { isObject, type ObjectValue, type Template, type Value } from '@flowstead/expressions'
import { codes } from '../codes.ts'
import type { ActionHandler, Compile } from '../handler.ts'
import { member, textMember } from '../member.ts'
import { badRequest, succeeded } from '../outcome.ts'
import type { VariableType } from '../state.ts'
import { emptyValue, fitsType, variableType, wrongType } from './variable-type.ts'

interface Declared {
  readonly name: string
  readonly type: VariableType
  readonly place: number
  /** Absent when the definition gives no value. */
  readonly value: Template | undefined
}

/** Gives variables their type and first value; a second time it fails. */
export const initializeVariable: ActionHandler<readonly Declared[]> = {
  compile: ({ inputs }, compile) => {
    const declared = member(inputs, 'variables')
    return (Array.isArray(declared) ? declared : []).map((variable) => compileDeclared(variable, compile))
  },
  start({ templates }, run) {
    const recorded: Value[] = []
    for (const { name, type, place, value } of templates) {
      const resolved = value === undefined ? emptyValue(type) : (run.resolve(value) ?? emptyValue(type))
      recorded.push({ name, type, value: resolved } satisfies ObjectValue)
      if (run.variable(place) !== null) {
        run.recordInputs({ variables: recorded })
        return badRequest('InvalidVariableInitialization', `The variable '${name}' is initialised already.`)
      }
      if (resolved !== null && !fitsType(type, resolved)) return wrongType({ name, type }, resolved)
      run.initialise(place, { name, type, value: resolved, shared: true })
    }
    run.recordInputs({ variables: recorded })
    return succeeded()
  },
}

function compileDeclared(variable: Value, compile: Compile): Declared {
  const name = textMember(variable, 'name') ?? ''
  const place = compile.variable(name)
  const type = variableType(textMember(variable, 'type') ?? '')
  if (place === undefined || type === undefined) {
    throw new FlowsteadError(codes.invalidAction, `The variable "${name}" has no name or no known type.`)
  }
  const value = isObject(variable) ? member(variable, 'value') : undefined
  return { name, type, place, value: value === undefined ? undefined : compile.template(value) }
}
