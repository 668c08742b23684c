/**
 * Who is in which sequence. Invariants:
 * 1. A person has at most one assignment per sequence that is not finished.
 * 2. The current step belongs to the sequence.
 * 3. Nothing is done in an assignment that is not active, but its status can be changed.
 */
import { created, invalid, noContent, ok, updateRow } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import type { VomeCall, VomeContext, VomeHandler } from '../change-set.ts'
import { conflict, vomeErrors } from '../errors.ts'
import { oneOf, optionalReference, reference, text, times } from '../resource/column.ts'
import {
  filterById,
  findRow,
  idOf,
  type Resource,
  readHandlers,
  rowOf,
  showRow,
  storedOf,
} from '../resource/resource.ts'
import { addAssignment, changeAssignment, deleteAssignment, openAssignment } from './assignment-store.ts'
import { finishAssignment } from './finish-assignment.ts'
import { changeProgress } from './step-progress.ts'

export const assignmentStates = ['active', 'paused', 'inactive', 'finished'] as const

/** The resource behind `/sequence_assignments`. */
export const sequenceAssignments: Resource = {
  name: 'sequenceAssignment',
  plural: 'sequence_assignments',
  table: 'sequence_assignments',
  description: 'A person in a sequence.',
  columns: {
    sequence_id: reference('sequences'),
    profile_id: reference('profiles'),
    status: oneOf(assignmentStates, { input: 'none' }),
    current_step_id: optionalReference('sequence_steps'),
    notes: text(5000, { description: 'For administrators; changing them is not an event.' }),
    ...times,
  },
  filters: {
    profile_id: filterById('profile_id'),
    sequence_id: filterById('sequence_id'),
    status: { schema: { enum: assignmentStates }, description: 'Only in this state.', sql: 'status = ?' },
  },
}

type DoneStep = Row & { readonly step_id: string }

interface NewAssignment {
  readonly profile_id: string
  readonly sequence_id: string
  readonly steps?: readonly DoneStep[]
}

/** Handlers by operationId. */
export const assignmentHandlers: Record<string, VomeHandler> = {
  ...readHandlers(sequenceAssignments),
  createSequenceAssignment: (call) => {
    const { steps = [], ...given } = call.body as NewAssignment
    storedOf(sequenceAssignments, call, given)
    checkAssignable(call, given.profile_id, given.sequence_id)
    const { id } = addAssignment(call, given.profile_id, given.sequence_id)
    for (const [at, step] of steps.entries()) carryOver(call, id as string, step, `steps.${at}`)
    const row = rowOf(call.db, sequenceAssignments, id as string)
    return created(`/api/v1/sequence_assignments/${id}`, showRow(sequenceAssignments, row))
  },
  updateSequenceAssignment: (call) => {
    const before = rowOf(call.db, sequenceAssignments, idOf(call))
    const wanted = storedOf(sequenceAssignments, call, call.body)
    if (wanted.notes !== undefined)
      updateRow(call.db, 'sequence_assignments', idOf(call), { notes: wanted.notes })
    if (wanted.current_step_id !== undefined) moveTo(call, before, wanted.current_step_id)
    if (wanted.status !== undefined) setStatus(call, before, wanted.status as string)
    return ok(showRow(sequenceAssignments, rowOf(call.db, sequenceAssignments, idOf(call))))
  },
  deleteSequenceAssignment: (call) => {
    rowOf(call.db, sequenceAssignments, idOf(call))
    deleteAssignment(call, idOf(call))
    return noContent
  },
}

/** What the person has done before the assignment. */
function carryOver(context: VomeContext, id: string, given: DoneStep, place: string): void {
  const { step_id, ...wanted } = given
  const assignment = rowOf(context.db, sequenceAssignments, id)
  const step = findRow(context.db, 'sequence_steps', step_id)
  if (step === undefined || step.sequence_id !== assignment.sequence_id) {
    const field = `${place}.step_id`
    throw invalid([{ field, rule: 'exists', message: `"${field}" must be a step of the sequence.` }])
  }
  changeProgress(context, assignment, step, wanted)
}

function checkAssignable({ db }: VomeContext, profileId: string, sequenceId: string): void {
  if (findRow(db, 'sequences', sequenceId)?.sequence_status !== 'published') {
    throw conflict(vomeErrors.notPublished, 'sequence_id', 'This sequence is not published.')
  }
  if (findRow(db, 'profiles', profileId)?.archived_at !== null) {
    throw conflict(vomeErrors.profileArchived, 'profile_id', 'This profile is archived.')
  }
  if (openAssignment(db, profileId, sequenceId) === undefined) return
  throw conflict(vomeErrors.alreadyAssigned, 'profile_id', 'This person is in the sequence already.')
}

function moveTo(call: VomeCall, before: Row, stepId: Row[string]): void {
  if (stepId === before.current_step_id) return
  if (before.status !== 'active') {
    const message = `The assignment is ${before.status}; nothing can be done in it.`
    throw conflict(vomeErrors.wrongState, 'current_step_id', message)
  }
  const step = stepId === null ? undefined : findRow(call.db, 'sequence_steps', stepId as string)
  if (step?.sequence_id !== before.sequence_id) {
    const message = '"current_step_id" must be a step of the sequence.'
    throw invalid([{ field: 'current_step_id', rule: 'exists', message }])
  }
  changeAssignment(call, before.id as string, { current_step_id: stepId })
}

function setStatus(call: VomeCall, before: Row, status: string): void {
  if (status === before.status) return
  if (status === 'finished') {
    finishAssignment(call, before)
    return
  }
  const open = openAssignment(call.db, before.profile_id as string, before.sequence_id as string)
  if (open !== undefined && open.id !== before.id) {
    const message = 'This person is in the sequence again with another assignment.'
    throw conflict(vomeErrors.alreadyAssigned, 'status', message)
  }
  changeAssignment(call, before.id as string, { status })
}
