/** A job as it is kept, and its states. */
import type { Row } from '@flowstead/sqlite'

export const statuses = [
  'posted',
  'scheduled',
  'published',
  'en_route',
  'started',
  'suspended',
  'finished',
  'canceled',
] as const

export type Status = (typeof statuses)[number]

export interface Job extends Row {
  id: string
  external_id: string | null
  external_order_id: string | null
  serial_no: number
  status: Status
  scheduled_at: number | null
  duration_minutes: number | null
  description: string | null
  team_id: string | null
  worker_id: string | null
  viewer_ids: string
  type_id: string
  template_id: string | null
  client_id: string | null
  site_id: string | null
  territory_id: string | null
  skill_ids: string
  contacts: string
  address: string | null
  en_route_at: number | null
  started_at: number | null
  suspended_at: number | null
  finished_at: number | null
  possible_resolution_ids: string
  custom_fields: string
  report_fields: string
  resolution_id: string | null
  resolution_comment: string | null
  initial_job_id: string | null
  completion_of_id: string | null
  version: number
  created_at: number
  updated_at: number
}

/** Columns that a change may set. */
export type JobChanges = Partial<Job>

/** States from which a job can still change its state. */
export const openStatuses: ReadonlySet<Status> = new Set<Status>([
  'posted',
  'scheduled',
  'published',
  'en_route',
  'started',
  'suspended',
])

/** States before the assignee sets out: plan and assignee decide which it is. */
const plannedStatuses: ReadonlySet<Status> = new Set<Status>(['posted', 'scheduled', 'published'])

/**
 * The state of a job after its plan has changed. Without time or assignee it is `posted`; published jobs stay
 * so when schedules are published at once, else each change must be published again. A job whose assignee is
 * on the way is planned anew only when it gets another assignee or loses its time.
 */
export function plannedStatus(job: Job, before: Job | undefined, publishesAtOnce: boolean): Status {
  const isSamePlan =
    before !== undefined &&
    before.scheduled_at === job.scheduled_at &&
    before.team_id === job.team_id &&
    before.worker_id === job.worker_id
  if (isSamePlan) return job.status
  const isPlanned = job.scheduled_at !== null && (job.team_id !== null || job.worker_id !== null)
  if (job.status === 'en_route') {
    const isSameAssignee = before?.team_id === job.team_id && before?.worker_id === job.worker_id
    if (isPlanned && isSameAssignee) return job.status
  } else if (!plannedStatuses.has(job.status)) return job.status
  if (!isPlanned) return 'posted'
  return publishesAtOnce ? 'published' : 'scheduled'
}
