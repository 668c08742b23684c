/** Sequences, which people go through step by step, and their steps. */
import type { Row } from '@flowstead/sqlite'
import type { VomeContext } from '../change-set.ts'
import { conflict, vomeErrors } from '../errors.ts'
import { flag, integer, oneOf, reference, text, times } from '../resource/column.ts'
import { filterById, findRow, type Resource, refuseWhenUsed } from '../resource/resource.ts'
import { nextStepId } from './assignment-store.ts'
import { stepKinds } from './step-kinds.ts'

/** The resource behind `/sequences`. */
export const sequences: Resource = {
  name: 'sequence',
  plural: 'sequences',
  table: 'sequences',
  description: 'Steps that people go through, such as onboarding.',
  columns: {
    title: text(200, { input: 'required' }),
    description: text(5000),
    sequence_status: oneOf(['draft', 'published', 'archived'], {
      description: 'People can be assigned to a published one.',
    }),
    visibility: oneOf(['assigned', 'administrators'], { description: 'Who can see it.' }),
    is_general: flag(0, { description: 'New applicants are assigned to it; at most one sequence.' }),
    auto_move: flag(1, { description: 'Completing the current step leads to the next one.' }),
    auto_finish: flag(1, { description: 'Completing the last step finishes the assignment.' }),
    announce_edits: flag(0, { description: 'An edit here is an update of every active assignment.' }),
    ...times,
  },
  filters: {},
  rules: {
    onCreate: checkGeneral,
    onUpdate: checkGeneral,
    onDelete: (context, { id }) => {
      refuseWhenUsed(context, id, 'sequence_assignments', 'sequence_id')
      refuseWhenUsed(context, id, 'automations', 'source_id')
      const steps = 'SELECT id FROM sequence_steps WHERE sequence_id = ?'
      for (const { id: step } of context.db.prepare(steps).all(id ?? null)) {
        refuseWhenUsed(context, step, 'automations', 'source_id')
      }
      context.db.prepare('DELETE FROM sequence_steps WHERE sequence_id = ?').run(id ?? null)
    },
    changed: (context, row, how) => {
      if (how === 'updated') announce(context, row.id as string)
    },
  },
}

function checkGeneral({ db }: VomeContext, row: Row): void {
  if (row.is_general !== 1) return
  const known = db.prepare('SELECT id FROM sequences WHERE is_general = 1').get()
  if (known === undefined || known.id === row.id) return
  throw conflict(vomeErrors.taken, 'is_general', 'Another sequence is the general one.')
}

/** One event per active assignment, if the sequence wants that. */
function announce({ changes, db }: VomeContext, sequenceId: string): void {
  if (findRow(db, 'sequences', sequenceId)?.announce_edits !== 1) return
  const active = db
    .prepare<{ id: string }>(
      `SELECT id FROM sequence_assignments WHERE sequence_id = ? AND status = 'active' ORDER BY seq`,
    )
    .all(sequenceId)
  for (const { id } of active) changes.updated('sequence_assignment', id)
}

/** The resource behind `/sequence_steps`. */
export const sequenceSteps: Resource = {
  name: 'sequenceStep',
  plural: 'sequence_steps',
  table: 'sequence_steps',
  description: 'One step of a sequence.',
  columns: {
    sequence_id: reference('sequences'),
    category: oneOf(Object.keys(stepKinds), { input: 'required', description: 'What kind of step it is.' }),
    title: text(200, { input: 'required' }),
    description: text(5000),
    order: integer(1, 1000, {
      initial: null,
      description: 'Steps stand in this order, equal ones as they were made; default: the last.',
    }),
    ...times,
  },
  filters: { sequence_id: filterById('sequence_id') },
  rules: {
    onCreate: ({ db }, row) => {
      row.order ??= lastOrder(db, row.sequence_id as string) + 1
    },
    onUpdate: (context, row, before) => {
      if (row.sequence_id === before.sequence_id && row.category === before.category) return
      refuseWhenUsed(context, row.id, 'step_progress', 'step_id')
      refuseWhenUsed(context, row.id, 'sequence_assignments', 'current_step_id')
    },
    onDelete: (context, row) => {
      refuseWhenUsed(context, row.id, 'automations', 'source_id')
      leaveStep(context, row)
    },
    changed: (context, row) => announce(context, row.sequence_id as string),
  },
}

function lastOrder(db: VomeContext['db'], sequenceId: string): number {
  const sql = 'SELECT coalesce(max("order"), 0) AS last FROM sequence_steps WHERE sequence_id = ?'
  return db.prepare<{ last: number }>(sql).get(sequenceId)?.last ?? 0
}

/** Whoever stands on the step goes on to the next one, and nothing of it is kept. */
function leaveStep({ db }: VomeContext, { id = null, sequence_id }: Row): void {
  const next = nextStepId(db, sequence_id as string, id as string)
  db.prepare('UPDATE sequence_assignments SET current_step_id = ? WHERE current_step_id = ?').run(next, id)
  db.prepare('DELETE FROM step_progress WHERE step_id = ?').run(id)
}
