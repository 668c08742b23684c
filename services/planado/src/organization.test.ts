import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPlanado, type TestPlanado } from './planado.testing.ts'
import { allRights, type Right, rights } from './rights.ts'

let planado: TestPlanado
beforeAll(async () => {
  planado = await startPlanado()
})
afterAll(() => planado.close())

type Errors = { errors?: { field: string; code: string }[] }

async function refusal(method: 'post' | 'patch', path: string, body: unknown) {
  const { body: answer, status } = await planado[method]<Errors>(path, body)
  return [status, answer.errors?.[0]?.field, answer.errors?.[0]?.code]
}

describe('directories', () => {
  test.each([
    ['territories', 'territory_uuid', { name: 'Brno' }, ['uuid', 'name']],
    ['skills', 'skill_uuid', { name: 'Soudage' }, ['uuid', 'name']],
    ['dictionaries', 'dictionary_uuid', { name: 'Цвета' }, ['uuid', 'name']],
    ['job_types', 'job_type_uuid', { code: 'check', name: 'Проверка' }, ['uuid', 'code', 'name']],
    [
      'teams',
      'team_uuid',
      { name: 'Tým', territory: { name: 'Praha 7' } },
      ['uuid', 'name', 'territory', 'workers'],
    ],
    [
      'resolutions',
      'resolution_uuid',
      { name: 'Odloženo', successful: false, has_comment: true, comment_required: true },
      ['uuid', 'name', 'successful', 'has_comment', 'comment_required'],
    ],
  ])('%s are added, listed and renamed; names are unique', async (plural, idName, one, members) => {
    const made = await planado.post(`/v2/${plural}`, one)
    expect(made.status).toBe(201)
    const id = String(made.body[idName])
    const listed = async () => {
      const { body } = await planado.get<Record<string, Record<string, unknown>[]>>(`/v2/${plural}`)
      return body[plural]?.find(({ uuid }) => uuid === id) ?? {}
    }
    expect(Object.keys(await listed())).toEqual(members)
    expect((await refusal('post', `/v2/${plural}`, one)).at(-1)).toBe('unique')
    await planado.patch(`/v2/${plural}/${id}`, { name: 'Renamed' })
    expect(await listed()).toMatchObject({ name: 'Renamed' })
    const longest = plural === 'resolutions' ? 100 : 200
    expect(await refusal('patch', `/v2/${plural}/${id}`, { name: 'x'.repeat(longest + 1) })).toEqual([
      422,
      'name',
      'maxLength',
    ])
    expect((await planado.patch(`/v2/${plural}/none`, { name: 'x' })).status).toBe(404)
  })

  test('a comment can be required only where there is one', async () => {
    const body = { name: 'Odd', successful: true, comment_required: true }
    expect(await refusal('post', '/v2/resolutions', body)).toEqual([422, 'comment_required', 'implies'])
  })

  test('a dictionary has at most 200 values, each once', async () => {
    const { body } = await planado.post('/v2/dictionaries', { name: 'Full' })
    const path = `/v2/dictionaries/${body.dictionary_uuid}/values`
    for (let i = 0; i < 200; i++) await planado.post(path, { name: `value ${i}` })
    expect(await refusal('post', path, { name: 'value 7' })).toEqual([422, 'name', 'unique'])
    expect(await refusal('post', path, { name: 'one more' })).toEqual([409, 'id', 'maxItems'])
    const first = await planado.get<{ values: { uuid: string; name: string }[] }>(path)
    const next = await planado.get<{ values: { name: string }[] }>(
      `${path}?after=${first.body.values.at(-1)?.uuid}`,
    )
    expect([first.body.values.length, next.body.values[0]?.name]).toEqual([20, 'value 20'])
  })
})

describe('users', () => {
  const person = {
    first_name: 'Jan',
    last_name: 'Novák',
    email: 'jan@planado.example',
    password: 'long enough',
  }

  test.each([
    [{ ...person, email: 'nobody' }, 'email', 'format'],
    [{ ...person, email: 'DISPATCHER@planado.example' }, 'email', 'unique'],
    [{ ...person, password: 'short' }, 'password', 'minLength'],
    [{ ...person, password: 'x'.repeat(129) }, 'password', 'maxLength'],
    [{ ...person, first_name: undefined }, 'first_name', 'required'],
    [{ ...person, skills: [{ name: 'nobody' }] }, 'skills.0', 'exists'],
    [{ ...person, territory: { name: 'nobody' } }, 'territory', 'exists'],
    [
      { ...person, permissions: { web: { map: { view: true } } } },
      'permissions.web.map.view',
      'additionalProperties',
    ],
    [{ ...person, permissions: { web: { login: 1 } } }, 'permissions.web.login', 'type'],
    [{ ...person, permissions: { web: null } }, 'permissions.web', 'type'],
  ])('%j is refused', async (body, field, code) => {
    expect(await refusal('post', '/v2/users', body)).toEqual([422, field, code])
  })

  const objectOf = (granted: readonly Right[]) => {
    const tree: Record<string, unknown> = {}
    for (const right of granted) {
      const names = right.split('.')
      const last = names.pop() as string
      const place = names.reduce<Record<string, unknown>>((inner, name) => {
        inner[name] ??= {}
        return inner[name] as Record<string, unknown>
      }, tree)
      place[last] = true
    }
    return tree
  }

  test.each(allRights)('%s comes only with what it needs', async (right) => {
    const needed = rights[right] as readonly Right[]
    const good = { ...person, email: `${right}@planado.example`, permissions: objectOf([...needed, right]) }
    expect((await planado.post('/v2/users', good)).status).toBe(201)
    for (const one of needed) {
      const without = {
        ...good,
        email: `no-${one}@planado.example`,
        permissions: objectOf([...needed.filter((other) => other !== one), right]),
      }
      const { body, status } = await planado.post<Errors>('/v2/users', without)
      const broken = body.errors?.map(({ code, field }) => `${code} ${field}`)
      expect([status, broken]).toEqual([422, expect.arrayContaining([`implies permissions.${right}`])])
    }
  })

  test('an answer never shows a password', async () => {
    const { body } = await planado.get('/v2/users')
    expect(JSON.stringify(body)).not.toContain('password')
  })

  test('an assignee of open jobs stays a worker', async () => {
    const { body } = await planado.get<{ users: { uuid: string; email: string }[] }>('/v2/users')
    const jiri = body.users.find(({ email }) => email.startsWith('jiri'))?.uuid
    expect(await refusal('patch', `/v2/users/${jiri}`, { permissions: {} })).toEqual([
      409,
      'permissions.mobile.jobs.complete',
      'in_use',
    ])
    expect((await planado.patch(`/v2/users/${jiri}`, { mobile_phone: '+420 1' })).status).toBe(200)
  })
})

describe('shifts', () => {
  let path = ''
  beforeAll(async () => {
    const { body } = await planado.get<{ users: { uuid: string }[] }>('/v2/users')
    path = `/v2/users/${body.users[1]?.uuid}/shifts`
  })
  const shift = (from: string, to: string, others = {}) => ({
    time_from: `2026-05-${from}:00Z`,
    time_to: `2026-05-${to}:00Z`,
    ...others,
  })
  const timeline = async () =>
    (
      await planado.get<{ timeline: { time_from: string; time_to: string; working: boolean }[] }>(
        `${path}?after=2026-05-04&before=2026-05-06`,
      )
    ).body.timeline

  test('make a timeline without gaps', async () => {
    const others = { job_type: { code: 'repair' }, territory: { name: 'Praha 7' } }
    await planado.patch(path, {
      shifts: [shift('04T08:00', '04T16:00', others), shift('05T08:00', '05T12:00')],
    })
    const segments = await timeline()
    expect(segments.map(({ working }) => working)).toEqual([false, true, false, true, false])
    expect(segments[1]).toMatchObject({ territory: { name: 'Praha 7' }, job_type: { code: 'repair' } })
    expect(segments[0]?.time_from).toBe('2026-05-04T00:00:00.000Z')
    expect(segments.at(-1)?.time_to).toBe('2026-05-06T00:00:00.000Z')
    for (const [i, segment] of segments.slice(1).entries())
      expect(segment.time_from).toBe(segments[i]?.time_to)
  })

  test('a new one takes the place of what it covers', async () => {
    await planado.patch(path, { shifts: [shift('04T10:00', '05T09:00', { working: false })] })
    const worked = (await timeline()).filter(({ working }) => working)
    expect(worked.map(({ time_from, time_to }) => [time_from.slice(8, 16), time_to.slice(8, 16)])).toEqual([
      ['04T08:00', '04T10:00'],
      ['05T09:00', '05T12:00'],
    ])
  })

  test.each([
    ['?after=2026-05-04', 'before', 'required'],
    ['?before=2026-05-04', 'after', 'required'],
    ['?after=2026-05-04&before=2026-05-12', 'before', 'maximum'],
    ['?after=2026-05-04&before=2026-05-04', 'before', 'order'],
    ['?after=2026-02-30&before=2026-05-04', 'after', 'format'],
  ])('%s is refused', async (query, field, code) => {
    const { body, status } = await planado.get<Errors>(`${path}${query}`)
    expect([status, body.errors?.[0]?.field, body.errors?.[0]?.code]).toEqual([422, field, code])
  })

  test('a shift that ends before it begins is refused, and the others with it', async () => {
    const before = await timeline()
    const shifts = [shift('04T00:00', '04T24:00'), shift('05T10:00', '05T09:00')]
    expect((await refusal('patch', path, { shifts }))[0]).toBe(422)
    expect(
      await refusal('patch', path, {
        shifts: [shift('04T00:00', '04T01:00'), shift('05T10:00', '05T09:00')],
      }),
    ).toEqual([422, 'shifts.1.time_to', 'order'])
    expect(await timeline()).toEqual(before)
  })
})
