/** How far a person is with each step. Progress of a step exists from its first change on. */
import { randomUUID } from 'node:crypto'
import { insertRow, invalid, ok, type Schema, updateRow } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { runAutomations } from '../automations/run-automations.ts'
import type { VomeCall, VomeContext, VomeHandler } from '../change-set.ts'
import { conflict, notFound, vomeErrors } from '../errors.ts'
import { today } from '../organization/organization.ts'
import { daySchema as day } from '../resource/column.ts'
import { findRow } from '../resource/resource.ts'
import { changeAssignment, nextStepId } from './assignment-store.ts'
import { finishAssignment } from './finish-assignment.ts'
import { expiryOf } from './step-expiry.ts'
import { fitsKind, type StepKind, stepStatuses } from './step-kinds.ts'

/** What a client may say about a step of somebody. */
export const progressInput: Schema = {
  type: 'object',
  properties: {
    status: { enum: stepStatuses },
    completion_on: { ...day, description: 'Default: the day on which the status becomes complete.' },
    expiration_on: { ...day, description: 'The last day; the step expires when it has ended.' },
    due_on: day,
    interview: { type: 'string', maxLength: 500, description: 'When, where and with whom.' },
  },
  minProperties: 1,
  additionalProperties: false,
}

/** What an answer says about a step of somebody. */
export const progressSchema: Schema = {
  type: 'object',
  properties: {
    assignment_id: { type: 'string' },
    step_id: { type: 'string' },
    status: { enum: stepStatuses },
    completion_on: day,
    expiration_on: day,
    due_on: day,
    interview: { type: 'string' },
  },
  required: ['assignment_id', 'step_id', 'status', 'completion_on', 'expiration_on', 'due_on', 'interview'],
  additionalProperties: false,
}

/** Handlers by operationId. */
export const progressHandlers: Record<string, VomeHandler> = {
  getStepProgress: (call) => {
    const { assignment, step } = placeOf(call)
    return ok(shown(progressOf(call, assignment, step)))
  },
  updateStepProgress: (call) => {
    const { assignment, step } = placeOf(call)
    return ok(shown(changeProgress(call, assignment, step, call.body as Row)))
  },
}

/** Changes how far a person is with a step; what follows from that follows. Answers the progress. */
export function changeProgress(context: VomeContext, assignment: Row, step: Row, wanted: Row): Row {
  const before = progressOf(context, assignment, step)
  const row = changed(context, before, step, wanted)
  const isSame = Object.keys(row).every((name) => row[name] === before[name])
  if (isSame) return before
  if (assignment.status !== 'active') {
    const message = `The assignment is ${assignment.status}; nothing can be done in it.`
    throw conflict(vomeErrors.wrongState, 'assignment_id', message)
  }
  store(context, row)
  changeAssignment(context, assignment.id as string, {})
  if (row.status === 'complete' && before.status !== 'complete') completeStep(context, assignment, step)
  return row
}

function placeOf({ db, params }: VomeCall): { assignment: Row; step: Row } {
  const { id, step_id } = params as { id: string; step_id: string }
  const assignment = findRow(db, 'sequence_assignments', id)
  if (assignment === undefined) throw notFound('sequence assignment', id)
  const step = findRow(db, 'sequence_steps', step_id)
  if (step === undefined || step.sequence_id !== assignment.sequence_id) throw notFound('step', step_id)
  return { assignment, step }
}

function progressOf({ db }: VomeContext, assignment: Row, step: Row): Row {
  const known = db
    .prepare('SELECT * FROM step_progress WHERE assignment_id = ? AND step_id = ?')
    .get(assignment.id ?? null, step.id ?? null)
  return (
    known ?? {
      assignment_id: assignment.id ?? null,
      step_id: step.id ?? null,
      status: 'pending',
      completion_on: null,
      expiration_on: null,
      due_on: null,
      interview: '',
      expires_at: null,
    }
  )
}

function shown(row: Row): Record<string, unknown> {
  const { assignment_id, completion_on, due_on, expiration_on, interview, status, step_id } = row
  return { assignment_id, step_id, status, completion_on, expiration_on, due_on, interview }
}

/** The progress as it will be; refuses what does not fit the kind of step. */
function changed(context: VomeContext, before: Row, step: Row, wanted: Row): Row {
  const row: Row = { ...before, ...wanted }
  const kind = step.category as StepKind
  if (!fitsKind(row.status as string, kind)) {
    const message = `"status" of a step of kind ${kind} cannot be ${row.status}.`
    throw invalid([{ field: 'status', rule: 'kind', message }])
  }
  if (wanted.interview !== undefined && kind !== 'interview') {
    const message = '"interview" is only for steps of kind interview.'
    throw invalid([{ field: 'interview', rule: 'kind', message }])
  }
  if (row.status !== before.status && wanted.completion_on === undefined) {
    row.completion_on = row.status === 'complete' ? today(context) : null
  }
  row.expires_at = expiryOf(context.db, row.status as string, row.expiration_on as string | null)
  return row
}

function store({ db }: VomeContext, row: Row): void {
  if (row.id === undefined) insertRow(db, 'step_progress', { ...row, id: randomUUID() })
  else updateRow(db, 'step_progress', row.id, row)
}

function completeStep(context: VomeContext, assignment: Row, step: Row): void {
  const [id, stepId] = [assignment.id as string, step.id as string]
  const sequence = findRow(context.db, 'sequences', assignment.sequence_id as string) as Row
  runAutomations(context, { event: 'step_completed', sourceId: stepId }, assignment.profile_id as string)
  if (assignment.current_step_id !== stepId || sequence.auto_move !== 1) return
  const next = nextStepId(context.db, sequence.id as string, stepId)
  if (next !== null) changeAssignment(context, id, { current_step_id: next })
  else if (sequence.auto_finish === 1) finishAssignment(context, assignment)
}
