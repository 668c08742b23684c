/** Random commands: whatever is asked, in whatever order, the invariants hold. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Status, statuses } from './job.ts'
import { startPlanado, type TestPlanado } from './planado.testing.ts'
import { moves } from './transitions.ts'

const workers = ['anna.sokolova@planado.example', 'jiri.dvorak@planado.example', 'dispatcher@planado.example']
const teams = ['Бригада «Север»', 'Équipe Lyon', 'nobody']

const worker = fc.record({ worker: fc.record({ email: fc.constantFrom(...workers) }) })
const team = fc.record({ team: fc.record({ name: fc.constantFrom(...teams) }) })
const neitherNorBoth = fc.constantFrom({}, { worker: { email: workers[0] }, team: { name: teams[0] } })
const assignee = fc.oneof(
  { weight: 4, arbitrary: worker },
  { weight: 3, arbitrary: team },
  { weight: 1, arbitrary: neitherNorBoth },
  { weight: 1, arbitrary: fc.constant(null) },
)
const at = fc.constantFrom('2026-05-05T08:00:00Z', '2026-05-06T08:00:00Z', null, 'never')
const given = { assignee, scheduled_at: at, description: fc.string({ maxLength: 5 }) }
const body = fc.oneof(
  { weight: 9, arbitrary: fc.record(given, { requiredKeys: [] }) },
  { weight: 1, arbitrary: fc.record({ ...given, priority: fc.constant(1) }) },
)
const resolution = fc.option(
  fc.record(
    { name: fc.constantFrom('Done', 'Not done', 'nobody'), comment: fc.constantFrom('', 'a comment') },
    { requiredKeys: ['name'] },
  ),
  { nil: undefined },
)
const move = fc.record({ to: fc.constantFrom(...statuses, 'lost'), resolution })
const slot = fc.nat(1)
const command = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('create' as const), slot, body }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('update' as const), slot, body }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('move' as const), slot, body: move }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('delete' as const), slot, body: fc.constant(undefined) }),
  },
)

interface Shown {
  readonly version: number
  readonly status: Status
  readonly assignee: object | null
  readonly assignees: readonly { access: string }[]
  readonly timestamps: Readonly<Record<string, string | null>>
  readonly resolution?: object
}

/** The statuses that a change of plan can lead to. */
const planned: ReadonlySet<Status> = new Set(['posted', 'scheduled', 'published'])

const key = (n: number) => `slot-${n}`

/** Fails unless the job is one that can be. */
function checkJob(job: Shown, before: Shown | undefined, kind: string): void {
  expect(Object.keys(job.assignee ?? { none: true })).toHaveLength(1)
  expect(job.assignees.filter(({ access }) => access === 'edit')).toHaveLength(job.assignee === null ? 0 : 1)
  expect(job.timestamps.finished_at !== null).toBe(job.status === 'finished')
  expect(job.resolution !== undefined).toBe(job.status === 'finished')
  if (job.status === 'started' || job.status === 'suspended') expect(job.timestamps.started_at).not.toBeNull()
  if (before === undefined || before.status === job.status) return
  if (kind === 'move') expect(moves[before.status]).toContain(job.status)
  else expect([...planned, 'en_route']).toEqual(expect.arrayContaining([before.status, job.status]))
  if (before.timestamps.started_at !== null) expect(job.assignee).toEqual(before.assignee)
}

async function perform(
  planado: TestPlanado,
  { body: members, kind, slot: n }: { kind: string; slot: number; body: unknown },
) {
  const path = `/v2/jobs/${key(n)}`
  if (kind === 'create') return planado.post('/v2/jobs', { ...(members as object), external_id: key(n) })
  if (kind === 'update') return planado.patch(path, members)
  if (kind === 'move') return planado.post(`${path}/transitions`, members)
  return planado.del(path)
}

test('one assignee, legal moves, one version and one entry of the outbox per change', async () => {
  const planado = await startPlanado()
  await planado.post('/v2/webhooks', { url: 'http://127.0.0.1:9/none' })
  const outbox = async () => {
    const { body: log } = await planado.get<{ deliveries: { seq: number; event: string; entity: string }[] }>(
      '/local/deliveries?limit=1000',
    )
    return log.deliveries
  }
  const readJob = async (n: number) =>
    (await planado.get<{ job?: Shown & { uuid: string } }>(`/v2/jobs/${key(n)}`)).body.job
  const seen = { changed: 0, unchanged: 0 }
  const step = async (one: Parameters<typeof perform>[1]) => {
    const [before, toldBefore] = [await readJob(one.slot), await outbox()]
    planado.clock.advance(1)
    const { status } = await perform(planado, one)
    expect([200, 201, 204, 404, 409, 422]).toContain(status)
    const [job, told] = [await readJob(one.slot), await outbox()]
    const isChanged = JSON.stringify(job) !== JSON.stringify(before)
    seen[isChanged ? 'changed' : 'unchanged'] += 1
    if (status >= 400) expect(isChanged).toBe(false)
    const fresh = told.slice(toldBefore.length).map(({ entity }) => entity)
    expect(fresh).toEqual(isChanged ? [job?.uuid ?? before?.uuid] : [])
    if (job === undefined) return
    checkJob(job, before, one.kind)
    if (isChanged) expect(job.version).toBe((before?.version ?? 0) + 1)
  }
  const plan = { assignee: { worker: { email: workers[0] } }, scheduled_at: '2026-05-05T08:00:00Z' }
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 6, maxLength: 15 }), async (commands) => {
      await step({ kind: 'create', slot: 0, body: plan })
      for (const one of commands) await step(one)
      for (const n of [0, 1]) {
        await planado.post(`/v2/jobs/${key(n)}/transitions`, { to: 'canceled' })
        await planado.del(`/v2/jobs/${key(n)}`)
      }
    }),
    { numRuns: 15 },
  )
  console.info(`Planado: ${seen.changed} random commands changed a job, ${seen.unchanged} changed nothing`)
  expect(seen.changed).toBeGreaterThan(15)
  await planado.close()
})
