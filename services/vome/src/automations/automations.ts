/** What happens by itself: when a form is submitted, a question answered, a step completed, a sequence finished. */
import { invalid } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import type { VomeContext } from '../change-set.ts'
import { oneOf, text, times } from '../resource/column.ts'
import { filterById, findRow, type Resource } from '../resource/resource.ts'
import { automationActions, automationEvents } from './run-automations.ts'

/** The resource behind `/automations`. */
export const automations: Resource = {
  name: 'automation',
  plural: 'automations',
  table: 'automations',
  description: 'Something that happens by itself after something else.',
  columns: {
    event: oneOf(Object.keys(automationEvents), { input: 'required', description: 'What sets it off.' }),
    source_id: text(100, {
      input: 'required',
      description: 'Id of the form, question, step or sequence that it is about.',
    }),
    answer: text(500, {
      description: 'For question_answered: only with this text or option; empty for any answer.',
    }),
    action: oneOf(Object.keys(automationActions), { input: 'required', description: 'What is done then.' }),
    target_id: text(100, {
      input: 'required',
      description: 'Id of the sequence, tag or opportunity that it is done with.',
    }),
    ...times,
  },
  filters: { source_id: filterById('source_id') },
  rules: { onCreate: checkAutomation, onUpdate: checkAutomation },
}

function checkAutomation({ db }: VomeContext, row: Row): void {
  const source = automationEvents[row.event as keyof typeof automationEvents]
  const target = automationActions[row.action as keyof typeof automationActions].table
  const places = [
    { field: 'source_id', table: source },
    { field: 'target_id', table: target },
  ]
  const problems = places
    .filter(({ field, table }) => findRow(db, table, row[field] as string) === undefined)
    .map(({ field, table }) => ({
      field,
      rule: 'exists',
      message: `"${field}" must be an id of ${table}.`,
    }))
  if (row.answer !== '' && row.event !== 'question_answered') {
    const message = '"answer" is only for the event question_answered.'
    problems.push({ field: 'answer', rule: 'onlyWith', message })
  }
  if (problems.length > 0) throw invalid(problems)
}
