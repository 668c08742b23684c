import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPlanado, type TestPlanado } from '../planado.testing.ts'

let planado: TestPlanado
let cookie = ''
beforeAll(async () => {
  planado = await startPlanado()
  const first = await planado.app.inject(`/?api_key=${planado.key}`)
  cookie = String(first.headers['set-cookie']).split(';')[0] ?? ''
})
afterAll(() => planado.close())

const open = (url: string) => planado.app.inject({ url, headers: { cookie } })
const send = (url: string, form: Record<string, string>) =>
  planado.app.inject({
    method: 'POST',
    url,
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  })
const plan = {
  assignee: { worker: { email: 'anna.sokolova@planado.example' } },
  scheduled_at: '2026-05-05T08:00:00Z',
}

describe('the board', () => {
  test('shows jobs by status, with the API call of each move', async () => {
    const id = await planado.job({ ...plan, description: '<b>Опломбировать</b>' })
    const { body, statusCode } = await open('/')
    expect(statusCode).toBe(200)
    expect(body).toContain('&lt;b&gt;Опломбировать&lt;/b&gt;')
    expect(body).toContain(`/v2/jobs/${id}/transitions`)
    expect(body).toContain('{&quot;to&quot;:&quot;en_route&quot;}')
    expect(body).not.toContain('<script')
  })

  test('a form moves the job, and its change comes from the web', async () => {
    const id = await planado.job(plan)
    const sent = await send('/', { job: id, to: 'en_route' })
    expect([sent.statusCode, sent.headers.location]).toEqual([303, `/#${id}`])
    expect(await planado.read(id)).toMatchObject({ status: 'en_route', version: 2 })
    const { body } = await planado.get<{ events: { context: object }[] }>(`/v2/jobs/${id}/history?after=1`)
    expect(body.events[0]?.context).toMatchObject({ source: 'web' })
  })

  test('a move that cannot be is told, and nothing changes', async () => {
    const id = await planado.job()
    const refused = await send('/', { job: id, to: 'started' })
    expect(refused.statusCode).toBe(409)
    expect(refused.body).toContain('cannot become started')
    expect((await send('/', { job: id, to: 'lost' })).statusCode).toBe(422)
    expect((await send('/', { job: 'lost', to: 'started' })).statusCode).toBe(404)
    for (const [name, value] of [
      ['job', '\0'],
      ['comment', 'a\0b'],
      ['resolution', '\0'],
    ] as const) {
      const { statusCode } = await send('/', { job: id, to: 'finished', [name]: value })
      expect([400, 404, 422]).toContain(statusCode)
    }
    expect(await planado.read(id)).toMatchObject({ status: 'posted', version: 1 })
  })

  test('nobody sees it without a key', async () => {
    expect((await planado.app.inject('/')).statusCode).toBe(401)
    const form = { method: 'POST', url: '/', payload: 'to=started' } as const
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await planado.app.inject({ ...form, headers })).statusCode).toBe(401)
  })
})

test('a user sees the board with one right and moves jobs with another', async () => {
  const login = async (email: string) => {
    const body = { email, password: 'flowstead', app: 'web' }
    const { body: made } = await planado.post<{ token: string }>('/local/login', body)
    return { cookie: `flowstead_planado=${made.token}` }
  }
  const [dispatcher, onlooker] = [
    await login('dispatcher@planado.example'),
    await login('kenichi.tanaka@planado.example'),
  ]
  const id = await planado.job(plan)
  const move = (headers: Record<string, string>) =>
    planado.app.inject({
      method: 'POST',
      url: '/',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: `job=${id}&to=en_route`,
    })
  expect((await planado.app.inject({ url: '/', headers: onlooker })).statusCode).toBe(200)
  expect((await move(onlooker)).statusCode).toBe(403)
  expect((await move(dispatcher)).statusCode).toBe(303)
  const { body } = await planado.get<{ events: { context: object }[] }>(`/v2/jobs/${id}/history?after=1`)
  expect(body.events[0]?.context).toMatchObject({ source: 'web', user_email: 'dispatcher@planado.example' })
})

describe('the page of a job', () => {
  test('shows fields, history and how it ended', async () => {
    const { body } = await open('/jobs/sample-job-1')
    for (const text of ['Показания', '00012,4', 'Выполнено', 'job_finished']) expect(body).toContain(text)
    expect((await open('/jobs/none')).body).toContain('No such job')
  })

  test('finishes the job with a resolution and a comment', async () => {
    const id = await planado.job(plan)
    const { possible_resolutions } = (await planado.read(id)) as {
      possible_resolutions: { uuid: string; name: string }[]
    }
    const failed = possible_resolutions.find(({ name }) => name === 'Not done')
    const form = { job: id, to: 'finished', resolution: failed?.uuid ?? '' }
    expect((await send(`/jobs/${id}`, { ...form, comment: '' })).statusCode).toBe(422)
    const sent = await send(`/jobs/${id}`, { ...form, comment: 'nobody at home' })
    expect([sent.statusCode, sent.headers.location]).toEqual([303, `/jobs/${id}`])
    expect(await planado.read(id)).toMatchObject({
      resolution: { name: 'Not done', comment: 'nobody at home' },
    })
  })
})
