import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPlanado, type TestPlanado } from './planado.testing.ts'
import { allRights, type Permissions, permissionsOf, type Right, rights } from './rights.ts'

let planado: TestPlanado
beforeAll(async () => {
  planado = await startPlanado()
})
afterAll(() => planado.close())

const tokens = new Map<string, string>()

/** A user with exactly these rights, logged in. */
async function userWith(granted: readonly Right[]): Promise<{ id: string; token: string }> {
  const email = `${randomUUID()}@planado.example`
  const permissions = permissionsOf(new Set(granted)) as Permissions
  const user = { first_name: 'A', last_name: 'B', email, password: 'long enough', permissions }
  const { body } = await planado.post<{ user_uuid: string }>('/v2/users', user)
  const app = granted.some((right) => right.startsWith('mobile')) ? 'mobile' : 'web'
  const login = await planado.post<{ token: string }>('/local/login', { email, password: 'long enough', app })
  return { id: body.user_uuid, token: login.body.token }
}

const as = (token: string, method: string, path: string, body?: unknown) =>
  planado.call<Record<string, unknown>>(method, path, {
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body }),
  })

/** What each right allows: a request that needs it and no other. */
const uses: Readonly<
  Record<Right, (job: string) => readonly [method: string, path: string, body?: unknown]>
> = {
  'web.login': () => ['GET', '/local/web/skills'],
  'web.jobs.view': (job) => ['GET', `/local/web/jobs/${job}`],
  'web.jobs.edit': (job) => ['PATCH', `/local/web/jobs/${job}`, { description: 'edited' }],
  'web.jobs.delete': (job) => ['DELETE', `/local/web/jobs/${job}`],
  'web.clients.view': () => ['GET', '/local/web/clients'],
  'web.clients.edit': () => ['PATCH', '/local/web/clients/sample-client-2', { contacts: [{ value: '1' }] }],
  'web.schedule.view': () => ['GET', '/local/web/schedule?date=2026-05-05'],
  'web.schedule.edit': (job) => [
    'PATCH',
    `/local/web/schedule/${job}`,
    { scheduled_at: '2026-05-05T08:00:00Z' },
  ],
  'web.map.edit': () => [
    'PATCH',
    '/local/web/map/sample-site-1',
    { geolocation: { longitude: 60, latitude: 56 } },
  ],
  'web.shifts.edit': () => ['PATCH', '/local/web/users/{user}/shifts', { shifts: [] }],
  'web.teams.view': () => ['GET', '/local/web/teams'],
  'web.teams.edit': () => ['PATCH', '/local/web/teams/{team}', { workers: [] }],
  'web.jobs_export': () => ['GET', '/local/web/jobs_export'],
  'mobile.login': () => ['GET', '/local/mobile/notifications'],
  'mobile.jobs.view': (job) => ['GET', `/local/mobile/jobs/${job}`],
  'mobile.jobs.complete': (job) => ['POST', `/local/mobile/jobs/${job}/transitions`, { to: 'en_route' }],
}

describe.each(allRights)('%s', (right) => {
  const needed = rights[right] as readonly Right[]

  test('is needed, and enough with what it needs', async () => {
    const holder = await userWith([...needed, right])
    const other = needed.length === 0 ? undefined : await userWith(needed)
    const users = (await planado.get<{ users: { uuid: string }[] }>('/v2/users')).body.users
    const teams = (await planado.get<{ teams: { uuid: string }[] }>('/v2/teams')).body.teams
    const isWorker = right === 'mobile.jobs.complete'
    const worker = isWorker ? holder.id : users[1]?.uuid
    const plan = { scheduled_at: '2026-05-05T08:00:00Z', assignee: { worker_uuid: worker } }
    const view = right === 'mobile.jobs.view' ? { assignees: [{ uuid: worker, access: 'edit' }] } : {}
    const job = await planado.job({ ...plan, ...view })
    const [method, path, body] = uses[right](job)
    const place = path.replace('{user}', users[1]?.uuid ?? '').replace('{team}', teams[1]?.uuid ?? '')
    if (right === 'web.jobs_export') {
      const answer = await planado.app.inject({
        url: place,
        headers: { authorization: `Bearer ${holder.token}` },
      })
      expect(answer.headers['content-type']).toContain('text/csv')
      expect(answer.body.split('\r\n')[0]).toContain('serial_no,uuid')
    } else {
      const status = (await as(holder.token, method, place, body)).status
      // A job of somebody else is not on this phone: that is no matter of rights.
      expect(status).toBe(right === 'mobile.jobs.view' ? 404 : method === 'DELETE' ? 204 : 200)
    }
    if (other !== undefined) {
      const refused = await as(other.token, method, place, body)
      expect([refused.status, refused.body]).toMatchObject([
        403,
        { error: { code: 'forbidden', field: right } },
      ])
    }
    expect((await planado.app.inject({ method: method as 'GET', url: place })).statusCode).toBe(401)
    expect((await as(planado.key, method, place, body)).status).toBe(401)
  })
})

describe('login', () => {
  const login = (body: object) =>
    planado.post<{ token: string; error: { code: string } }>('/local/login', body)
  const anna = { email: 'anna.sokolova@planado.example', password: 'flowstead' }

  test('needs address, password and the right to log in', async () => {
    expect((await login({ ...anna, app: 'mobile' })).status).toBe(201)
    expect((await login({ ...anna, email: 'ANNA.Sokolova@planado.example', app: 'mobile' })).status).toBe(201)
    expect((await login({ ...anna, app: 'web' })).status).toBe(403)
    expect((await login({ ...anna, password: 'wrong', app: 'mobile' })).status).toBe(401)
    expect((await login({ ...anna, email: 'nobody@planado.example', app: 'mobile' })).status).toBe(401)
    expect((await login({ ...anna, app: 'desktop' })).status).toBe(422)
  })

  test('a token ends after twelve hours, and when it is given up', async () => {
    const own = await startPlanado()
    const make = async () =>
      (await own.post<{ token: string }>('/local/login', { ...anna, app: 'mobile' })).body.token
    const look = async (token: string) =>
      (await own.app.inject({ url: '/local/mobile/jobs', headers: { authorization: `Bearer ${token}` } }))
        .statusCode
    const [first, second] = [await make(), await make()]
    expect([await look(first), await look(second)]).toEqual([200, 200])
    await own.app.inject({
      method: 'POST',
      url: '/local/logout',
      headers: { authorization: `Bearer ${first}` },
    })
    expect([await look(first), await look(second)]).toEqual([401, 200])
    own.clock.advance(12 * 3_600_000)
    expect(await look(second)).toBe(401)
    await own.close()
  })

  test('a right that is taken away is gone at once', async () => {
    const { id, token } = await userWith(['web.login', 'web.teams.view'])
    expect((await as(token, 'GET', '/local/web/teams')).status).toBe(200)
    await planado.patch(`/v2/users/${id}`, { permissions: { web: { login: true } } })
    expect((await as(token, 'GET', '/local/web/teams')).status).toBe(403)
  })

  test('a token is no key, and a key no token', async () => {
    const { token } = await userWith(['web.login', 'web.jobs.view', 'web.jobs.edit'])
    expect((await as(token, 'GET', '/v2/jobs')).status).toBe(401)
    expect((await as(token, 'GET', '/local/keys')).status).toBe(401)
  })
})

describe('the phone', () => {
  const loginAs = async (email: string) => {
    const known = tokens.get(email)
    if (known !== undefined) return known
    const { body } = await planado.post<{ token: string }>('/local/login', {
      email,
      password: 'flowstead',
      app: 'mobile',
    })
    tokens.set(email, body.token)
    return body.token
  }
  const anna = 'anna.sokolova@planado.example'
  const pavel = 'pavel.orlov@planado.example'
  const jiri = 'jiri.dvorak@planado.example'
  const plan = { scheduled_at: '2026-05-05T08:00:00Z' }
  const see = async (email: string, id: string) =>
    (await as(await loginAs(email), 'GET', `/local/mobile/jobs/${id}`)).status
  const move = async (email: string, id: string, body: object) =>
    as(await loginAs(email), 'POST', `/local/mobile/jobs/${id}/transitions`, body)

  test('shows published jobs of one’s own and of one’s team, nobody else’s', async () => {
    const own = await planado.job({ ...plan, assignee: { worker: { email: anna } } })
    const team = await planado.job({ ...plan, assignee: { team: { name: 'Бригада «Север»' } } })
    const posted = await planado.job({ assignee: { worker: { email: anna } } })
    expect([await see(anna, own), await see(jiri, own), await see(anna, team)]).toEqual([200, 404, 200])
    expect([await see(pavel, team), await see(jiri, team), await see(anna, posted)]).toEqual([200, 404, 404])
    const { body } = await as(await loginAs(anna), 'GET', '/local/mobile/jobs')
    const ids = (body.jobs as { uuid: string }[]).map(({ uuid }) => uuid)
    expect([ids.includes(own), ids.includes(team), ids.includes(posted)]).toEqual([true, true, false])
  })

  test('who only looks on cannot move the job', async () => {
    const { body } = await planado.get<{ users: { uuid: string; email: string }[] }>('/v2/users')
    const idOf = (email: string) => body.users.find((user) => user.email === email)?.uuid
    const assignees = [
      { uuid: idOf(anna), access: 'edit' },
      { uuid: idOf(jiri), access: 'view' },
    ]
    const id = await planado.job({ ...plan, assignees })
    expect([await see(jiri, id), (await move(jiri, id, { to: 'started' })).status]).toEqual([200, 403])
    expect((await move(anna, id, { to: 'started' })).status).toBe(200)
  })

  test('an assignee works through the job, but does not cancel or publish it', async () => {
    const id = await planado.job({
      ...plan,
      assignee: { worker: { email: anna } },
      template: { name: 'Установка счётчика' },
    })
    expect((await move(anna, id, { to: 'canceled' })).status).toBe(409)
    expect((await move(anna, id, { to: 'finished', resolution: { name: 'Выполнено' } })).status).toBe(409)
    for (const to of ['en_route', 'started', 'suspended', 'started'])
      expect((await move(anna, id, { to })).status).toBe(200)
    const finish = (report_fields: object[]) =>
      move(anna, id, { to: 'finished', resolution: { name: 'Выполнено' }, report_fields })
    expect((await finish([])).status).toBe(422)
    expect((await finish([{ name: 'Показания', hidden: true }])).status).toBe(422)
    expect((await finish([{ name: 'Показания', value: '1' }])).status).toBe(200)
    const { body } = await planado.get<{ events: { context: object }[] }>(`/v2/jobs/${id}/history?after=5`)
    expect(body.events.at(-1)?.context).toMatchObject({ source: 'mobile', user_email: anna })
    const late = await as(await loginAs(anna), 'PATCH', `/local/mobile/jobs/${id}`, {
      report_fields: [{ name: 'Показания', value: '2' }],
    })
    expect(late.status).toBe(409)
  })

  test('job fields are only read there', async () => {
    const id = await planado.job({
      ...plan,
      assignee: { worker: { email: anna } },
      template: { name: 'Установка счётчика' },
    })
    const patch = async (body: object) =>
      (await as(await loginAs(anna), 'PATCH', `/local/mobile/jobs/${id}`, body)).status
    expect(await patch({ custom_fields: [{ name: 'Лицевой счёт', value: '1' }] })).toBe(422)
    expect(await patch({ report_fields: [{ name: 'Замечания', value: '…' }] })).toBe(200)
  })

  test('assignees are notified unless the request says not to', async () => {
    const count = async () => {
      const { body } = await as(await loginAs(pavel), 'GET', '/local/mobile/notifications')
      return (body.notifications as object[]).length
    }
    const before = await count()
    const body = { ...plan, assignee: { worker: { email: pavel } } }
    const headers = { 'x-planado-notify-assignees': 'false' }
    const silent = await planado.call<{ job_uuid: string }>('POST', '/v2/jobs', { body, headers })
    expect([silent.status, await count()]).toEqual([201, before])
    await planado.job(body)
    expect(await count()).toBe(before + 1)
  })
})
