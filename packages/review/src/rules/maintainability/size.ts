import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { checkComplexity, checkSteps, checkVariables } from './bands.ts'
import { checkConditionDepth } from './conditions.ts'
import { inTurn, nested, variables, waits } from './example-actions.ts'

const scope = (actions: object) => ({ type: 'Scope', actions })
const cases = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`Case_${index}`, { case: `kind ${index}`, actions: {} }]),
  )
const choice = (count: number) => ({
  Choose: { type: 'Switch', expression: "@triggerBody()?['kind']", cases: cases(count) },
})

/** Rules about flows that have grown too big to be understood. */
export const sizeRules = [
  flowRule({
    id: 'MNT501',
    title: 'A flow is simple enough to be understood',
    // Size harms nobody's run: amber is worth knowing, red is a warning. The bands are those of the score.
    severity: 'warning',
    category: 'maintainability',
    detects: 'The complexity points of all actions, by the default table, reach the amber or the red limit.',
    why: 'Nobody dares to change what nobody can oversee, and every change takes longer to test.',
    fix: 'Move parts that belong together into child flows.',
    settings: { amber: 50, red: 100 },
    bad: { actions: inTurn(25, 'Note', (number) => ({ type: 'Compose', inputs: number })) },
    good: { actions: inTurn(24, 'Note', (number) => ({ type: 'Compose', inputs: number })) },
    check: checkComplexity,
  }),
  flowRule({
    id: 'MNT502',
    title: 'A flow has few enough actions to be overseen',
    severity: 'warning',
    category: 'maintainability',
    detects: 'The number of actions at any depth reaches the amber or the red limit.',
    why: 'Large flows open slowly, are hard to read, and are hard to test.',
    fix: 'Move parts that belong together into child flows.',
    settings: { amber: 30, red: 50 },
    bad: { actions: waits(30) },
    good: { actions: waits(29) },
    check: checkSteps,
  }),
  flowRule({
    id: 'MNT503',
    title: 'A flow needs few variables',
    severity: 'warning',
    category: 'maintainability',
    detects: 'The number of variables reaches the amber or the red limit.',
    why: 'A variable can change anywhere, so each one has to be followed through the whole flow, and loops over it cannot run in parallel.',
    fix: 'Use the outputs of actions directly, a Compose for what is computed once, and environment variables for settings.',
    settings: { amber: 3, red: 5 },
    bad: { actions: variables(3) },
    good: { actions: variables(2) },
    check: checkVariables,
  }),
  flowRule({
    id: 'MNT504',
    title: 'Actions are not nested too deep',
    severity: 'warning',
    category: 'maintainability',
    detects: 'An action stands inside more containers than the limit.',
    why: 'What has to hold for the innermost action to run is spread over many levels, which the designer shows one at a time.',
    fix: 'Leave early with Terminate or a Response, join conditions with "and", or move the inner part into a child flow.',
    settings: { maxDepth: 4 },
    bad: { actions: nested(5, scope) },
    good: { actions: nested(4, scope) },
    check({ actions, place }, report, { maxDepth }) {
      const deepest = actions.reduce((deep, { owners }) => Math.max(deep, owners.length), 0)
      const first = actions.find(({ owners }) => owners.length === deepest)
      if (deepest <= maxDepth || first === undefined) return
      const message = `${quoted(first.action.name)} stands inside ${deepest} containers; the limit is ${maxDepth}.`
      report(first.action ?? place, { message })
    },
  }),
  flowRule({
    id: 'MNT507',
    title: 'A flow needs few Compose actions',
    severity: 'info',
    category: 'maintainability',
    detects: 'There are more Compose actions than the limit.',
    why: 'Each one is a step to read and to run that an expression in the next action could do; the score counts them too.',
    fix: 'Write short expressions where their value is used, and keep a Compose for what is used several times.',
    settings: { maxComposes: 2 },
    bad: { actions: inTurn(3, 'Note', (number) => ({ type: 'Compose', inputs: number })) },
    good: { actions: inTurn(2, 'Note', (number) => ({ type: 'Compose', inputs: number })) },
    check({ actions, place }, report, { maxComposes }) {
      const count = actions.filter(({ action }) => action.type === 'Compose').length
      if (count > maxComposes)
        report(place, { message: `The flow has ${count} Compose actions; the limit is ${maxComposes}.` })
    },
  }),
  flowRule({
    id: 'MNT517',
    title: 'Choices are few and flat',
    severity: 'warning',
    category: 'maintainability',
    detects:
      'A Switch has more cases than the limit, or conditions stand directly inside one another deeper than the limit.',
    why: 'The next maker has to read every case to change one, and a table that could be looked up is hidden in structure.',
    fix: 'Look the values up in a table or an object, use a Switch for nested conditions, or move the cases into child flows.',
    settings: { maxCases: 10, maxConditions: 2 },
    bad: { actions: choice(11) },
    good: { actions: choice(10) },
    check(subject, report, { maxCases, maxConditions }) {
      for (const { action } of subject.actions) {
        const count = action.blocks.filter(({ key }) => key.startsWith('case:')).length
        if (action.type !== 'Switch' || count <= maxCases) continue
        report(action, { message: `${quoted(action.name)} has ${count} cases; the limit is ${maxCases}.` })
      }
      checkConditionDepth(subject, report, maxConditions)
    },
  }),
  flowRule({
    id: 'MNT521',
    title: 'A long flow is divided into scopes',
    severity: 'info',
    category: 'maintainability',
    detects: 'There are many actions at the top level and no Scope anywhere.',
    why: 'A scope names a part of the flow, can be folded away, and can be caught as a whole when something fails.',
    fix: 'Put actions that belong together into scopes with telling names.',
    settings: { minActions: 15 },
    bad: { actions: waits(15) },
    good: { actions: waits(14) },
    check({ flow, actions }, report, { minActions }) {
      const count = flow.root.actions.length
      if (count < minActions || actions.some(({ action }) => action.type === 'Scope')) return
      report(
        { pointer: flow.root.pointer },
        { message: `${count} actions follow one another without a Scope.` },
      )
    },
  }),
]
