import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPlanado, type TestPlanado } from './planado.testing.ts'

let planado: TestPlanado
beforeAll(async () => {
  planado = await startPlanado()
})
afterAll(() => planado.close())

type Errors = { errors?: { field: string; code: string }[]; error?: { code: string; field?: string } }

const kinds = [
  {
    entity: 'client',
    plural: 'clients',
    one: { organization: true, organization_name: 'ООО «Ромашка»' },
    member: 'organization_name',
  },
  { entity: 'site', plural: 'sites', one: { name: 'Склад' }, member: 'name' },
] as const

describe.each(kinds)('$plural', ({ entity, member, one, plural }) => {
  const read = async (id: string) =>
    (await planado.get<Record<string, Record<string, unknown>>>(`/v2/${plural}/${id}`)).body[entity] ?? {}

  test('are made, read by uuid and external id, changed and deleted', async () => {
    const externalId = `${entity}-1`
    const { body, headers, status } = await planado.post(`/v2/${plural}`, { ...one, external_id: externalId })
    const id = String(body[`${entity}_uuid`])
    expect([status, headers.location]).toEqual([201, `/v2/${plural}/${id}`])
    expect(await read(externalId)).toEqual(await read(id))
    await planado.patch(`/v2/${plural}/${externalId}`, { contacts: [{ value: '+420' }] })
    expect(await read(id)).toMatchObject({
      version: 2,
      contacts: [{ name: null, value: '+420', type: 'phone' }],
    })
    expect((await planado.del(`/v2/${plural}/${id}`)).status).toBe(204)
    expect((await planado.get<Errors>(`/v2/${plural}/${id}`)).body.error).toMatchObject({
      code: 'not_found',
      field: 'id',
    })
  })

  test('an unknown external id in the path of PATCH makes one, an unknown uuid does not', async () => {
    const path = `/v2/${plural}/${encodeURIComponent(`nové ${entity}`)}`
    const made = await planado.patch(path, one)
    expect(made.status).toBe(200)
    const changed = await planado.patch(path, { [member]: 'Changed' })
    expect(changed.body).toEqual(made.body)
    expect(await read(String(made.body[`${entity}_uuid`]))).toMatchObject({
      [member]: 'Changed',
      external_id: `nové ${entity}`,
      version: 2,
    })
    expect((await planado.patch(`/v2/${plural}/11111111-1111-4111-8111-111111111111`, one)).status).toBe(404)
    expect((await planado.patch<Errors>(`/v2/${plural}/not-made`, {})).body.errors?.[0]).toMatchObject({
      field: member.replace('organization_name', 'first_name'),
      code: 'required',
    })
    expect((await planado.get(`/v2/${plural}/not-made`)).status).toBe(404)
  })

  test('the external id is unique', async () => {
    await planado.post(`/v2/${plural}`, { ...one, external_id: `${entity}-twice` })
    const { body, status } = await planado.post<Errors>(`/v2/${plural}`, {
      ...one,
      external_id: `${entity}-twice`,
    })
    expect([status, body.errors?.[0]?.field, body.errors?.[0]?.code]).toEqual([422, 'external_id', 'unique'])
  })

  test('one that a job refers to cannot be deleted', async () => {
    const { body } = await planado.post(`/v2/${plural}`, one)
    const id = String(body[`${entity}_uuid`])
    await planado.job({ [entity]: { uuid: id } })
    const { body: refused, status } = await planado.del(`/v2/${plural}/${id}`)
    expect([status, (refused as Errors).errors?.[0]?.code]).toEqual([409, 'in_use'])
  })

  test('lists go on after the last one seen, newest first, until they are empty', async () => {
    for (let i = 0; i < 45; i++)
      await planado.post(`/v2/${plural}`, { ...one, external_id: `${entity}-page-${i}` })
    const seen: string[] = []
    const sizes: number[] = []
    for (let after = ''; ; after = `?after=${seen.at(-1)}`) {
      const { body } = await planado.get<Record<string, { uuid: string }[]>>(`/v2/${plural}${after}`)
      const page = body[plural] ?? []
      sizes.push(page.length)
      if (page.length === 0) break
      seen.push(...page.map(({ uuid }) => uuid))
    }
    expect(sizes.slice(0, 2)).toEqual([20, 20])
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThanOrEqual(45)
    expect(await read(seen[0] ?? '')).toMatchObject({ external_id: `${entity}-page-44` })
    const { body, status } = await planado.get<Errors>(`/v2/${plural}?after=unknown`)
    expect([status, body.errors?.[0]?.field]).toEqual([422, 'after'])
  })

  test('filters by last change are strict', async () => {
    planado.clock.advance(60_000)
    const at = new Date(planado.clock.now()).toISOString()
    const { body } = await planado.post(`/v2/${plural}`, one)
    const listed = async (query: string) => {
      const answer = await planado.get<Record<string, { uuid: string }[]>>(`/v2/${plural}?${query}`)
      return (answer.body[plural] ?? []).some(({ uuid }) => uuid === body[`${entity}_uuid`])
    }
    const earlier = new Date(planado.clock.now() - 1).toISOString()
    const later = new Date(planado.clock.now() + 1).toISOString()
    expect(await listed(`updated_at[after]=${earlier}`)).toBe(true)
    expect(await listed(`updated_at[after]=${at}`)).toBe(false)
    expect(await listed(`updated_at[before]=${later}&updated_at[after]=${earlier}`)).toBe(true)
    expect(await listed(`updated_at[before]=${at}`)).toBe(false)
    const { body: refused, status } = await planado.get<Errors>(`/v2/${plural}?updated_at[before]=soon`)
    expect([status, refused.errors?.[0]?.field]).toEqual([422, 'updated_at[before]'])
  })
})

describe('clients', () => {
  const refusal = async (body: unknown, path = '/v2/clients') => {
    const method = path === '/v2/clients' ? 'post' : 'patch'
    const { body: answer, status } = await planado[method]<Errors>(path, body)
    return [status, answer.errors?.[0]?.field, answer.errors?.[0]?.code]
  }

  test.each([
    [{}, 'first_name', 'required'],
    [{ organization: true }, 'organization_name', 'required'],
    [{ organization: true, organization_name: ' ' }, 'organization_name', 'required'],
    [{ organization: true, organization_name: 'A', first_name: 'B' }, 'first_name', 'exclusive'],
    [{ first_name: 'B', organization_name: 'A' }, 'organization_name', 'exclusive'],
    [{ first_name: 'x'.repeat(51) }, 'first_name', 'maxLength'],
    [{ organization: true, organization_name: 'x'.repeat(5001) }, 'organization_name', 'maxLength'],
    [{ first_name: 'A', site_address: { floor: 2 } }, 'site_address.floor', 'type'],
    [{ first_name: 'A', phone: '1' }, 'phone', 'additionalProperties'],
  ])('%j is refused', async (body, field, code) => {
    expect(await refusal(body)).toEqual([422, field, code])
  })

  test('a person has a full name; an organization stays one', async () => {
    const { body } = await planado.post('/v2/clients', {
      first_name: 'Анна',
      last_name: 'Соколова',
      middle_name: 'Ивановна',
    })
    const path = `/v2/clients/${body.client_uuid}`
    expect((await planado.get(path)).body).toMatchObject({
      client: { name: 'Соколова Анна Ивановна', organization: false },
    })
    expect(await refusal({ organization: true, organization_name: 'A' }, path)).toEqual([
      409,
      'organization',
      'immutable',
    ])
  })
})

test('a site shows its client by ids', async () => {
  const { body } = await planado.get<{ site: { client: object } }>('/v2/sites/sample-site-1')
  expect(body.site.client).toMatchObject({ external_id: 'sample-client-1' })
  expect(Object.keys(body.site.client)).toEqual(['uuid', 'external_id'])
})
