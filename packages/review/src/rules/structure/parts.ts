import { flowRule } from '../../rule.ts'
import { checkValues } from './allowed-values.ts'

const parts: ReadonlySet<string> = new Set(['Definition.MissingPart', 'Definition.MissingType'])

/** Rules about the parts of triggers and actions: whether they are there, and what they hold. */
export const partRules = [
  flowRule({
    id: 'STR003',
    title: 'Every trigger and action has the parts that its type needs',
    severity: 'error',
    category: 'structure',
    detects:
      'A part without which the platform does not take the action is missing: the list of a loop, the condition of an If, method and address of an HTTP call, the status code of a Response.',
    why: 'The flow cannot be saved, or the action fails whenever it is reached.',
    fix: 'Add the part that is named.',
    bad: { actions: { Fetch: { type: 'Http', inputs: { method: 'GET' } } } },
    good: {
      actions: { Fetch: { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com/orders' } } },
    },
    check({ problems }, report) {
      // A missing limit of an Until is no more than a warning there; a rule of its own looks at limits of loops.
      for (const { code, severity, pointer, message, hint } of problems)
        if (severity === 'error' && parts.has(code))
          report({ pointer }, { message, ...(hint === undefined ? {} : { hint }) })
    },
  }),
  flowRule({
    id: 'STR004',
    title: 'Parts of triggers and actions hold values of the right kind',
    severity: 'error',
    category: 'structure',
    detects:
      'A value has the wrong JSON type for its place, or is a word outside the list for its place: the frequency of a recurrence, the kind of a Request trigger, the status of a Terminate, the type of a variable, the method of an HTTP call.',
    why: 'The platform refuses to save the flow, or leaves out what it cannot read.',
    fix: 'Write one of the values that are allowed there.',
    bad: { actions: { Stop: { type: 'Terminate', inputs: { runStatus: 'Stopped' } } } },
    good: { actions: { Stop: { type: 'Terminate', inputs: { runStatus: 'Cancelled' } } } },
    check(subject, report) {
      for (const { code, pointer, message, hint } of subject.problems)
        if (code === 'Definition.WrongShape')
          report({ pointer }, { message, ...(hint === undefined ? {} : { hint }) })
      checkValues(subject, report)
    },
  }),
]
