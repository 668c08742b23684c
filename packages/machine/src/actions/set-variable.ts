import type { ActionHandler } from '../handler.ts'
import { succeeded } from '../outcome.ts'
import {
  compileVariable,
  emptyValue,
  fitsType,
  notInitialised,
  type VariableTemplates,
  wrongType,
} from './variable-type.ts'

/** Gives a variable another value of its type; null makes it empty. */
export const setVariable: ActionHandler<VariableTemplates> = {
  compile: ({ inputs }, compile) => compileVariable(inputs, compile, null),
  start({ templates }, run) {
    const { name, place } = templates
    const resolved = run.resolve(templates.value)
    run.recordInputs({ name, value: resolved })
    const variable = place === undefined ? null : run.variable(place)
    if (variable === null) return notInitialised(name)
    const value = resolved ?? emptyValue(variable.type)
    if (value !== null && !fitsType(variable.type, value)) return wrongType(variable, value)
    variable.value = value
    variable.shared = true
    return succeeded({ body: { name: variable.name, type: variable.type, value } })
  },
}
