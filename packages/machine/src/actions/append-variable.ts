import { printValue, type Value } from '@flowstead/expressions'
import type { ActionHandler } from '../handler.ts'
import { type Outcome, succeeded } from '../outcome.ts'
import type { Variable } from '../state.ts'
import { compileVariable, invalidOperation, notInitialised, type VariableTemplates } from './variable-type.ts'

/** Adds an element to an array, in place when nobody else holds it (M14). */
export const appendToArrayVariable: ActionHandler<VariableTemplates> = appendingBy((variable, value) => {
  if (!Array.isArray(variable.value)) return notThat(variable, 'array')
  if (variable.shared) variable.value = [...variable.value, value]
  else variable.value.push(value)
  variable.shared = false
  return undefined
})

/** Adds text, printing what is not text. */
export const appendToStringVariable: ActionHandler<VariableTemplates> = appendingBy((variable, value) => {
  if (typeof variable.value !== 'string') return notThat(variable, 'string')
  variable.value += printValue(value)
  return undefined
})

function appendingBy(
  append: (variable: Variable, value: Value) => Outcome | undefined,
): ActionHandler<VariableTemplates> {
  return {
    compile: ({ inputs }, compile) => compileVariable(inputs, compile, null),
    start({ templates }, run) {
      const { name, place } = templates
      const value = run.resolve(templates.value)
      run.recordInputs({ name, value })
      const variable = place === undefined ? null : run.variable(place)
      if (variable === null) return notInitialised(name)
      if (value === null) return invalidOperation(`Nothing cannot be appended to the variable '${name}'.`)
      return append(variable, value) ?? succeeded()
    },
  }
}

function notThat(variable: Variable, wanted: string): Outcome {
  return invalidOperation(
    `The variable '${variable.name}' is of type '${variable.type}', not of type '${wanted}'.`,
  )
}
