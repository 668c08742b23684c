import type { ActionHandler, Resolvable } from '../handler.ts'
import { succeeded } from '../outcome.ts'
import {
  compileVariable,
  fitsType,
  invalidOperation,
  isNumber,
  notInitialised,
  type VariableTemplates,
  wrongType,
} from './variable-type.ts'

interface CountTemplates extends VariableTemplates {
  /** The new value; the change is its `item()`. */
  readonly counted: Resolvable
}

/** Adds to a number, 1 by default. */
export const incrementVariable: ActionHandler<CountTemplates> = countingWith('add')

/** Takes from a number, 1 by default. */
export const decrementVariable: ActionHandler<CountTemplates> = countingWith('sub')

function countingWith(fn: 'add' | 'sub'): ActionHandler<CountTemplates> {
  return {
    compile({ inputs }, compile) {
      const templates = compileVariable(inputs, compile, 1)
      const current = compile.template(`@variables('${templates.name.replaceAll("'", "''")}')`)
      return { ...templates, counted: compile.expression(`${fn}(parameters('0'), item())`, [current]) }
    },
    start({ templates }, run) {
      const { name, place } = templates
      const change = run.resolve(templates.value)
      run.recordInputs({ name, value: change })
      const variable = place === undefined ? null : run.variable(place)
      if (variable === null) return notInitialised(name)
      if (variable.type !== 'integer' && variable.type !== 'float') {
        return invalidOperation(
          `The variable '${variable.name}' is of type '${variable.type}', not a number.`,
        )
      }
      if (!isNumber(change)) return wrongType(variable, change)
      const value = run.resolveWith(change, templates.counted)
      if (!fitsType(variable.type, value)) return wrongType(variable, value)
      variable.value = value
      return succeeded({ body: { name: variable.name, type: variable.type, value } })
    },
  }
}
