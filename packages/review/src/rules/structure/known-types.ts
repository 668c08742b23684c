import { flowRule } from '../../rule.ts'
import { fromProblems } from '../from-problems.ts'

/** Rules about the types of triggers and actions. */
export const knownTypeRules = [
  flowRule({
    id: 'STR002',
    title: 'Every trigger and action has a type that exists',
    severity: 'warning',
    category: 'structure',
    detects: 'The type of a trigger or an action is not one of those the platform knows.',
    why: 'The trigger will never fire, and the run fails when it reaches the action.',
    fix: 'Correct the spelling of the type, or replace the action by one that exists.',
    bad: { actions: { Total: { type: 'Composee', inputs: 1 } } },
    good: { actions: { Total: { type: 'Compose', inputs: 1 } } },
    check: fromProblems('Definition.UnknownActionType', 'Definition.UnknownTriggerType'),
  }),
]
