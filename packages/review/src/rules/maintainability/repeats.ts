import { solutionRule } from '../../rule.ts'
import { exampleText } from '../example-flow.ts'
import { checkLeftovers } from './leftover-names.ts'
import { checkRepeats } from './repeated-actions.ts'

const after = (name: string) => ({ runAfter: { [name]: ['Succeeded'] } })
const post = (path: string) => ({
  type: 'Http',
  inputs: { method: 'POST', uri: `https://example.com/${path}`, body: '@triggerBody()' },
})
const sequence = (suffix: string, first: object = {}) => ({
  [`Order${suffix}`]: { ...post('orders'), ...first },
  [`Read${suffix}`]: {
    type: 'ParseJson',
    inputs: { content: `@body('Order${suffix}')`, schema: { type: 'object' } },
    ...after(`Order${suffix}`),
  },
  [`Label${suffix}`]: { ...post('labels'), ...after(`Read${suffix}`) },
  [`Mail${suffix}`]: { ...post('mails'), ...after(`Label${suffix}`) },
})
const other = (name: string) => ({ [`${name}.json`]: exampleText({ name, actions: sequence('') }) })

/** Rules about what exists twice. */
export const repeatRules = [
  solutionRule({
    id: 'MNT516',
    title: 'A sequence of actions exists once',
    severity: 'warning',
    category: 'maintainability',
    detects:
      'Several actions that follow one another do the same as others in the same flow or in another one, whatever they are called; or a whole flow does the same as another.',
    why: 'A correction has to be made in every copy, and the copies drift apart.',
    fix: 'Move the sequence into a child flow, or let both ways meet before it.',
    settings: { minActions: 4 },
    bad: { actions: { ...sequence(''), ...sequence('_2', after('Mail')) } },
    good: { actions: sequence('') },
    checkSolution: checkRepeats,
  }),
  solutionRule({
    id: 'MNT522',
    title: 'No copies and trials stay behind',
    severity: 'info',
    category: 'maintainability',
    detects:
      'A flow is called "Copy of …", "… - Copy" or just "Test", or its name is that of another flow with a number behind it.',
    why: 'Nobody knows which one is used, both run on their triggers, and corrections go into the wrong one.',
    fix: 'Delete the flow, or give it a name that says how it differs.',
    bad: { name: 'Copy of Orders' },
    good: { name: 'Orders', files: other('Copies of orders') },
    checkSolution: checkLeftovers,
  }),
]
