/** What the forms of the pages do: each is a command of the API, checked by the same document. */
import {
  type Answer,
  createValidation,
  type Handler,
  invalid,
  type Operation,
  operationsOf,
  type PageCall,
} from '@flowstead/service-kit'
import { openapi } from '../openapi/document.ts'
import { cancel } from '../sessions/cancel.ts'
import { complete } from '../sessions/complete.ts'
import { remove } from '../sessions/delete.ts'
import { reschedule } from '../sessions/reschedule.ts'
import { schedule } from '../sessions/schedule.ts'

type Form = Readonly<Record<string, string>>

interface FormCommand {
  readonly operationId: string
  readonly handler: Handler
  /** Fields of the form that become members of the body; empty ones are left out. */
  readonly members: readonly string[]
}

/** By the value of the field `command`. */
const formCommands = {
  schedule: {
    operationId: 'ScheduleSession',
    handler: schedule,
    members: ['title', 'description', 'startDate', 'endDate', 'coachId', 'talentId'],
  },
  reschedule: { operationId: 'RescheduleSession', handler: reschedule, members: ['startDate', 'endDate'] },
  cancel: {
    operationId: 'CancelSession',
    handler: cancel,
    members: ['cancelationReason', 'canceledBy', 'cancelationExplanation'],
  },
  complete: { operationId: 'CompleteSession', handler: complete, members: [] },
  delete: { operationId: 'DeleteSession', handler: remove, members: [] },
} as const satisfies Readonly<Record<string, FormCommand>>

export type FormCommandName = keyof typeof formCommands

const validatorOf = createValidation(openapi)
const operations = new Map(operationsOf(openapi).map((found) => [found.operation.operationId, found]))

/** Where the API has the command: method and path. */
export function placeOf(name: FormCommandName): { readonly method: string; readonly path: string } {
  const found = operations.get(formCommands[name].operationId)
  return { method: (found?.method ?? 'post').toUpperCase(), path: found?.path ?? '' }
}

/** `datetime-local` has neither seconds nor zone: the pages speak UTC. */
function memberOf(name: string, value: string): string {
  return name.endsWith('Date') && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) ? `${value}:00Z` : value
}

/**
 * Performs the form that was sent.
 * @throws 400 as the API does, also for a form that is none of `allowed`
 */
export function performForm(call: PageCall, allowed: readonly FormCommandName[]): Answer {
  const form = (call.body ?? {}) as Form
  const name = allowed.find((known) => known === form.command)
  if (name === undefined) {
    const message = `"command" must be one of ${allowed.join(', ')}.`
    throw invalid([{ field: 'command', rule: 'enum', message }])
  }
  const { handler, members, operationId }: FormCommand = formCommands[name]
  const filled = members.filter((member) => (form[member] ?? '') !== '')
  const body = Object.fromEntries(filled.map((member) => [member, memberOf(member, form[member] ?? '')]))
  const operation = operations.get(operationId)?.operation as Operation
  const request = { params: { ...call.params }, query: {}, body: name === 'delete' ? undefined : body }
  const problems = validatorOf(operation).request(request)
  if (problems.length > 0) throw invalid(problems)
  return handler({ ...call, ...request })
}
