import { flowRule } from '../../rule.ts'
import { checkConstantVariables, checkUnreadVariables } from './unread-variables.ts'
import { checkUnusedOutputs } from './unused-outputs.ts'

const declare = (value?: unknown) => ({
  type: 'InitializeVariable',
  inputs: { variables: [{ name: 'total', type: 'integer', ...(value === undefined ? {} : { value }) }] },
})
const compose = (inputs: unknown, after: string) => ({
  type: 'Compose',
  inputs,
  runAfter: { [after]: ['Succeeded'] },
})
const answer = (body: unknown, after: string) => ({
  type: 'Response',
  kind: 'Http',
  inputs: { statusCode: 200, body },
  runAfter: { [after]: ['Succeeded'] },
})

/** Rules about values that nobody uses or changes. */
export const unusedRules = [
  flowRule({
    id: 'MNT505',
    title: 'Every variable is read',
    severity: 'warning',
    category: 'maintainability',
    detects: 'A variable is declared, perhaps written, and never read.',
    why: 'It costs steps in every run and makes readers look for a meaning that is not there.',
    fix: 'Remove the variable and the actions that write it.',
    bad: { actions: { Declare: declare(0), Answer: answer('done', 'Declare') } },
    good: { actions: { Declare: declare(0), Answer: answer("@variables('total')", 'Declare') } },
    check: checkUnreadVariables,
  }),
  flowRule({
    id: 'MNT506',
    title: 'Variables vary',
    severity: 'info',
    category: 'maintainability',
    detects:
      'A variable gets its value where it is declared and nothing ever changes it. Names in capitals are taken for declared constants.',
    why: 'Readers have to look through the whole flow to learn that it is a constant.',
    fix: 'Use a Compose, a parameter or an environment variable, or write its name in capitals.',
    bad: { actions: { Declare: declare(5), Answer: answer("@variables('total')", 'Declare') } },
    good: {
      actions: {
        Declare: declare(5),
        Add: { type: 'IncrementVariable', inputs: { name: 'total' }, runAfter: { Declare: ['Succeeded'] } },
        Answer: answer("@variables('total')", 'Add'),
      },
    },
    check: checkConstantVariables,
  }),
  flowRule({
    id: 'MNT508',
    title: 'What is computed is used',
    severity: 'warning',
    category: 'maintainability',
    detects:
      'The output of a Compose, Select, Filter array, Join, Parse JSON or table action is used nowhere, and further actions follow it. An action whose failure is handled, and one that only holds a typed note, do not count.',
    why: 'The step runs every time for nothing, or, worse, somebody forgot to use its result.',
    fix: 'Use the output where it was meant to go, or remove the action.',
    bad: {
      actions: {
        Total: { type: 'Compose', inputs: "@add(triggerBody()?['net'], triggerBody()?['tax'])" },
        Answer: answer("@triggerBody()?['net']", 'Total'),
      },
    },
    good: {
      actions: {
        Total: { type: 'Compose', inputs: "@add(triggerBody()?['net'], triggerBody()?['tax'])" },
        Double: compose("@mul(outputs('Total'), 2)", 'Total'),
        Answer: answer("@outputs('Double')", 'Double'),
      },
    },
    check: checkUnusedOutputs,
  }),
]
