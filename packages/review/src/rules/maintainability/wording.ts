import { textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { waits } from './example-actions.ts'
import { checkExpressionSize, checkRepeatedExpressions } from './expression-size.ts'

const longer =
  "@concat(triggerBody()?['first'], ' ', triggerBody()?['last'], ' <', triggerBody()?['mail'], '>')"
const compose = (inputs: unknown) => ({ type: 'Compose', inputs })
const deep = "@trim(toLower(replace(first(split(string(triggerBody()), ';')), '-', '')))"
const flat = "@trim(toLower(replace(string(triggerBody()), '-', '')))"

/** Rules about what readers have to decipher. */
export const wordingRules = [
  flowRule({
    id: 'MNT513',
    title: 'A large flow says what it does',
    severity: 'info',
    category: 'maintainability',
    detects: 'A flow with many actions has no description, and neither trigger nor any action has a note.',
    why: 'Readers have to work out the purpose of the flow and of its branches from their inputs.',
    fix: 'Describe the flow, and add a note to its trigger and to each condition and loop.',
    settings: { minActions: 15 },
    bad: { actions: waits(15) },
    good: { description: 'Waits until the warehouse has answered.', actions: waits(15) },
    check({ flow, actions, place }, report, { minActions }) {
      if (actions.length < minActions) return
      const owners = [...flow.triggers, ...actions.map(({ action }) => action)]
      const texts = [flow.definition, ...owners.map(({ raw }) => raw)].map((each) =>
        textMember(each, 'description'),
      )
      if (texts.some((text) => text !== undefined && text.trim() !== '')) return
      report(place, { message: `None of the ${actions.length} actions of ${quoted(flow.name)} has a note.` })
    },
  }),
  flowRule({
    id: 'MNT514',
    title: 'Expressions are short enough to be read',
    severity: 'warning',
    category: 'maintainability',
    detects:
      'One expression, names of actions aside, is longer than the limit or has more functions inside one another than the limit, or one short text is put together from very many expressions. Information where most of the length is texts; a function straight inside itself, such as replace in replace, counts once.',
    why: 'The designer shows an expression in one line without colours; a mistake in it can only be found by trying.',
    fix: 'Compute the parts in Compose or Select actions with telling names.',
    settings: { maxCharacters: 250, maxDepth: 5, maxExpressions: 9, shortText: 1_000 },
    bad: { actions: { Clean: compose(deep) } },
    good: { actions: { Clean: compose(flat) } },
    check: checkExpressionSize,
  }),
  flowRule({
    id: 'MNT515',
    title: 'A value is computed in one place',
    severity: 'info',
    category: 'maintainability',
    detects:
      'The same expression that calls functions, and does not just read a value, stands in several places.',
    why: 'A change has to be made everywhere, and one place is forgotten.',
    fix: 'Compute it once in a Compose and use its output.',
    settings: { minPlaces: 3, minCharacters: 30 },
    bad: { actions: { One: compose(longer), Two: compose(longer), Three: compose(longer) } },
    good: { actions: { One: compose(longer), Two: compose(longer), Three: compose("@outputs('One')") } },
    check: checkRepeatedExpressions,
  }),
]
