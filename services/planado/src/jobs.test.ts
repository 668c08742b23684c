import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPlanado, type TestPlanado } from './planado.testing.ts'

let planado: TestPlanado
beforeAll(async () => {
  planado = await startPlanado()
})
afterAll(() => planado.close())

const anna = { worker: { email: 'anna.sokolova@planado.example' } }
const north = { team: { name: 'Бригада «Север»' } }
const plan = { assignee: anna, scheduled_at: '2026-05-05T08:00:00Z' }
const done = { name: 'Done' }

async function refusal(method: 'post' | 'patch', path: string, body: unknown) {
  const { body: answer, status } = await planado[method]<{ errors?: { field: string; code: string }[] }>(
    path,
    body,
  )
  return [status, answer.errors?.[0]?.field, answer.errors?.[0]?.code]
}

const move = (id: string, body: unknown) =>
  planado.post<{ job: { status: string } }>(`/v2/jobs/${id}/transitions`, body)

describe('a job', () => {
  test('can be made of nothing, and is posted', async () => {
    const job = await planado.read(await planado.job())
    expect(job).toMatchObject({
      status: 'posted',
      version: 1,
      external_id: null,
      assignee: null,
      assignees: [],
      contacts: [],
      skills: [],
      template: null,
      type: { code: 'default' },
      timestamps: { en_route_at: null, started_at: null, suspended_at: null, finished_at: null },
    })
  })

  test('is found by its external id, also one with a slash and letters of another script', async () => {
    const externalId = 'заказ/№ 7'
    const id = await planado.job({ external_id: externalId })
    const { body } = await planado.get<{ job: { uuid: string } }>(
      `/v2/jobs/${encodeURIComponent(externalId)}`,
    )
    expect(body.job.uuid).toBe(id)
    expect(await refusal('post', '/v2/jobs', { external_id: externalId })).toEqual([
      422,
      'external_id',
      'unique',
    ])
  })

  test('has serial numbers one after the other', async () => {
    const [first, second] = [await planado.job(), await planado.job()]
    const [a, b] = [await planado.read(first), await planado.read(second)]
    expect(Number(b.serial_no)).toBe(Number(a.serial_no) + 1)
  })

  test('begins with what its template says, unless told otherwise', async () => {
    const job = await planado.read(
      await planado.job({ template: { name: 'Установка счётчика' }, description: 'Иначе' }),
    )
    expect(job).toMatchObject({
      description: 'Иначе',
      scheduled_duration: { minutes: 90 },
      type: { code: 'install' },
      template: { name: 'Установка счётчика' },
      possible_resolutions: [{ name: 'Выполнено' }, { name: 'Клиента нет дома' }],
    })
    expect(job.custom_fields).toHaveLength(3)
    expect(job.report_fields).toHaveLength(7)
  })

  test('makes the client and the site that it names with their members', async () => {
    const job = await planado.read(
      await planado.job({
        client: { external_id: 'new-client', organization: true, organization_name: 'ČEZ' },
        site: { name: 'Rozvodna', external_id: 'new-site' },
      }),
    )
    expect(job).toMatchObject({ client: { external_id: 'new-client' }, site: { external_id: 'new-site' } })
    const again = await planado.read(await planado.job({ client: { external_id: 'new-client' } }))
    expect(again.client).toEqual(job.client)
  })

  test('may lie in the past', async () => {
    expect((await planado.post('/v2/jobs', { ...plan, scheduled_at: '2001-01-01T00:00:00Z' })).status).toBe(
      201,
    )
  })

  test.each([
    [{ assignee: { ...anna, ...north } }, 'assignee', 'exclusive'],
    [{ assignee: { team_uuid: 'a', worker_uuid: 'b' } }, 'assignee', 'exclusive'],
    [{ assignee: {} }, 'assignee', 'minProperties'],
    [{ assignee: { worker: { email: 'dispatcher@planado.example' } } }, 'assignee.worker', 'worker'],
    [{ assignee: { team: { name: 'nobody' } } }, 'assignee.team', 'exists'],
    [{ assignees: [] }, 'assignees', 'one_edit'],
    [{ description: 'x'.repeat(15_001) }, 'description', 'maxLength'],
    [{ external_id: 'x'.repeat(501) }, 'external_id', 'maxLength'],
    [{ external_order_id: 'x'.repeat(501) }, 'external_order_id', 'maxLength'],
    [{ scheduled_at: 'tomorrow' }, 'scheduled_at', 'format'],
    [{ scheduled_at: '2026-02-30T00:00:00Z' }, 'scheduled_at', 'format'],
    [{ scheduled_at: '2026-06-30T23:59:60Z' }, 'scheduled_at', 'format'],
    [{ scheduled_duration: { minutes: 1.5 } }, 'scheduled_duration.minutes', 'type'],
    [{ contacts: [{ type: 'email' }] }, 'contacts.0.type', 'enum'],
    [{ contacts: [{ name: 'x'.repeat(51) }] }, 'contacts.0.name', 'maxLength'],
    [{ address: { apartment: 'x'.repeat(51) } }, 'address.apartment', 'maxLength'],
    [
      { address: { geolocation: { longitude: 181, latitude: 0 } } },
      'address.geolocation.longitude',
      'maximum',
    ],
    [{ template: { name: 'nobody' } }, 'template', 'exists'],
    [{ job_type: { code: 'nobody' } }, 'job_type', 'exists'],
    [{ territory: { name: 'nobody' } }, 'territory', 'exists'],
    [{ skills: [{ name: 'nobody' }] }, 'skills.0', 'exists'],
    [{ client: { external_id: 'nobody' } }, 'client', 'exists'],
    [{ site: { uuid: 'nobody' } }, 'site', 'exists'],
    [{ possible_resolutions: [{ name: 'Done' }] }, 'possible_resolutions', 'both_outcomes'],
    [{ completion_of: { external_id: 'sample-job-1' } }, 'completion_of', 'failed_job'],
    [{ status: 'started' }, 'status', 'additionalProperties'],
    [{ custom_fields: [{ name: 'x', value: 1 }] }, 'custom_fields.0.value', 'type'],
    [{ custom_fields: [{ name: 'x', value: 'y' }] }, 'custom_fields.0.name', 'exists'],
    [{ custom_fields: [{ value: 'y' }] }, 'custom_fields.0', 'exclusive'],
    [[], 'body', 'type'],
    [undefined, 'body', 'required'],
  ])('%j is refused, naming member and rule, and changes nothing', async (body, field, code) => {
    const before = await planado.get('/v2/jobs')
    expect(await refusal('post', '/v2/jobs', body)).toEqual([422, field, code])
    expect((await planado.get('/v2/jobs')).body).toEqual(before.body)
  })
})

describe('the assignee', () => {
  test('is a team or a worker, and the other key is absent', async () => {
    const id = await planado.job({ assignee: north })
    expect(Object.keys((await planado.read(id)).assignee as object)).toEqual(['team'])
    await planado.patch(`/v2/jobs/${id}`, { assignee: anna })
    expect(Object.keys((await planado.read(id)).assignee as object)).toEqual(['worker'])
    await planado.patch(`/v2/jobs/${id}`, { assignee: null })
    expect((await planado.read(id)).assignee).toBeNull()
  })

  test('is the one of the assignees with access edit, who win over assignee', async () => {
    const { body } = await planado.get<{ users: { uuid: string; email: string }[] }>('/v2/users')
    const workers = body.users.filter(({ email }) => /anna|jiri/.test(email)).map(({ uuid }) => uuid)
    const members = (accesses: string[]) => workers.map((uuid, i) => ({ uuid, access: accesses[i] }))
    const id = await planado.job({ assignee: north, assignees: members(['view', 'edit']) })
    expect(await planado.read(id)).toMatchObject({
      assignee: { worker: { uuid: workers[1] } },
      assignees: [
        { uuid: workers[1], access: 'edit' },
        { uuid: workers[0], access: 'view' },
      ],
    })
    for (const accesses of [
      ['edit', 'edit'],
      ['view', 'view'],
    ]) {
      const path = `/v2/jobs/${id}`
      expect(await refusal('patch', path, { assignees: members(accesses) })).toEqual([
        422,
        'assignees',
        'one_edit',
      ])
    }
  })

  test('and the possible resolutions are frozen once the job has started', async () => {
    const id = await planado.job(plan)
    await move(id, { to: 'started' })
    const path = `/v2/jobs/${id}`
    expect(await refusal('patch', path, { assignee: north })).toEqual([409, 'assignee', 'frozen'])
    const possible = [{ name: 'Выполнено' }, { name: 'Not done' }]
    expect(await refusal('patch', path, { possible_resolutions: possible })).toEqual([
      409,
      'possible_resolutions',
      'frozen',
    ])
    expect((await planado.patch(path, { assignee: anna, description: 'still' })).status).toBe(200)
  })
})

describe('the life of a job', () => {
  test('a job with time and assignee is published at once', async () => {
    expect(await planado.read(await planado.job(plan))).toMatchObject({ status: 'published' })
    expect(await planado.read(await planado.job({ assignee: anna }))).toMatchObject({ status: 'posted' })
  })

  test('it waits to be published when the settings say so', async () => {
    const own = await startPlanado()
    await own.patch('/local/settings', { publishes_at_once: false })
    const id = await own.job(plan)
    expect(await own.read(id)).toMatchObject({ status: 'scheduled' })
    const early = await own.post(`/v2/jobs/${id}/transitions`, { to: 'started' })
    expect(early.status).toBe(409)
    await own.post(`/v2/jobs/${id}/transitions`, { to: 'published' })
    await own.patch(`/v2/jobs/${id}`, { scheduled_at: '2026-05-06T08:00:00Z' })
    expect(await own.read(id)).toMatchObject({ status: 'scheduled' })
    await own.close()
  })

  test('each move sets its instant', async () => {
    const id = await planado.job(plan)
    const instants: string[] = []
    for (const to of ['en_route', 'started', 'suspended', 'started']) {
      planado.clock.advance(60_000)
      instants.push(new Date(planado.clock.now()).toISOString())
      expect((await move(id, { to })).status).toBe(200)
    }
    planado.clock.advance(60_000)
    await move(id, { to: 'finished', resolution: { ...done, comment: 'ok' } })
    const [enRoute, started, suspended] = instants
    expect(await planado.read(id)).toMatchObject({
      status: 'finished',
      timestamps: {
        en_route_at: enRoute,
        started_at: started,
        suspended_at: suspended,
        finished_at: new Date(planado.clock.now()).toISOString(),
      },
      resolution: { name: 'Done', successful: true, comment: 'ok' },
    })
  })

  test('a job without success can be completed by another, and the chain is kept', async () => {
    const failed = await planado.job({ external_id: 'failed' })
    await move(failed, { to: 'finished', resolution: { name: 'Not done', comment: 'nobody at home' } })
    const second = await planado.job({ completion_of: { external_id: 'failed' }, external_id: 'second' })
    await move(second, { to: 'finished', resolution: { name: 'Not done', comment: 'again' } })
    const third = await planado.job({ completion_of: { uuid: second } })
    const { body } = await planado.get<{ jobs: Record<string, unknown>[] }>('/v2/jobs')
    const item = body.jobs.find(({ uuid }) => uuid === third)
    expect(item).toMatchObject({ initial_job_uuid: failed, completion_of_uuid: second })
  })

  test.each([
    [{ to: 'suspended' }, 409, 'to', 'transition'],
    [{ to: 'posted' }, 409, 'to', 'transition'],
    [{ to: 'nowhere' }, 422, 'to', 'enum'],
    [{}, 422, 'to', 'required'],
    [{ to: 'finished' }, 422, 'resolution', 'required'],
    [{ to: 'finished', resolution: { name: 'nobody' } }, 422, 'resolution', 'exists'],
    [{ to: 'finished', resolution: { name: 'Not done' } }, 422, 'resolution.comment', 'required'],
    [
      { to: 'finished', resolution: { name: 'Předáno', comment: 'x' } },
      422,
      'resolution.comment',
      'exclusive',
    ],
    [{ to: 'started', resolution: done }, 422, 'resolution', 'exclusive'],
  ])('%j is refused for a published job', async (body, status, field, code) => {
    const id = await planado.job(plan)
    expect(await refusal('post', `/v2/jobs/${id}/transitions`, body)).toEqual([status, field, code])
    expect(await planado.read(id)).toMatchObject({ status: 'published', version: 1 })
  })

  test('a started job cannot be deleted, a canceled one can', async () => {
    const id = await planado.job(plan)
    await move(id, { to: 'started' })
    expect((await planado.del(`/v2/jobs/${id}`)).status).toBe(409)
    await move(id, { to: 'canceled' })
    expect((await move(id, { to: 'started' })).status).toBe(409)
    expect((await planado.del(`/v2/jobs/${id}`)).status).toBe(204)
    expect((await planado.get(`/v2/jobs/${id}`)).status).toBe(404)
  })
})

describe('the history of a job', () => {
  test('has one event per version, oldest first, in pages', async () => {
    const id = await planado.job({ description: '0' })
    for (let i = 1; i <= 24; i++) await planado.patch(`/v2/jobs/${id}`, { description: String(i) })
    const page = (after: string) =>
      planado.get<{ events: { version: number; type: string }[] }>(`/v2/jobs/${id}/history${after}`)
    const first = (await page('')).body.events
    const second = (await page('?after=20')).body.events
    expect(first.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
    expect(second.map(({ version }) => version)).toEqual([21, 22, 23, 24, 25])
    expect([first[0]?.type, second[0]?.type]).toEqual(['job_created', 'job_updated'])
  })

  test('a change that changes nothing is none', async () => {
    const id = await planado.job({ description: 'same', contacts: [{ value: '1' }] })
    await planado.patch(`/v2/jobs/${id}`, { description: 'same', contacts: [{ value: '1' }] })
    expect(await planado.read(id)).toMatchObject({ version: 1 })
  })
})
