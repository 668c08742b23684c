import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPlanado, type TestPlanado } from './planado.testing.ts'
import { dataTypes, fieldTypes, valueMatrix } from './value-matrix.ts'

let planado: TestPlanado
beforeAll(async () => {
  planado = await startPlanado()
})
afterAll(() => planado.close())

type Errors = { errors?: { field: string; code: string }[] }
const first = (body: Errors) => [body.errors?.[0]?.field, body.errors?.[0]?.code]
const url = 'https://files.example/1.pdf'
const dictionary = { name: 'Vybavení' }

const goodValues: Readonly<Record<string, unknown>> = {
  text: 'text',
  boolean: true,
  url,
  urls: [url],
  'dictionary value': { name: 'Vesta' },
}
const badValues: Readonly<Record<string, readonly unknown[]>> = {
  text: [true, [url], { name: 'Vesta' }],
  boolean: ['true', [url]],
  url: ['file:///etc/passwd', 'text', true, [url]],
  urls: [null, url, ['x'], Array(11).fill(url)],
  'dictionary value': ['Vesta', true, { name: 'unknown' }, { uuid: 'unknown' }, {}],
}

function field(fieldType: string, dataType: string) {
  const types = { name: 'Field', field_type: fieldType, data_type: dataType }
  return fieldType === 'dictionary' ? { ...types, dictionary } : types
}

async function template(members: object): Promise<string> {
  const { body } = await planado.post<{ template_uuid: string }>('/v2/templates', members)
  return body.template_uuid
}

describe.each(['custom_fields', 'report_fields'] as const)('a template’s %s', (section) => {
  test('keep to the matrix: 64 combinations', async () => {
    let refused = 0
    for (const fieldType of fieldTypes) {
      for (const dataType of dataTypes) {
        const isIn = valueMatrix.some(
          (row) => row.fieldType === fieldType && row.dataType === dataType && row.sections.includes(section),
        )
        const { body, status } = await planado.post<Errors>('/v2/templates', {
          name: `${section} ${fieldType} ${dataType}`,
          [section]: [field(fieldType, dataType)],
        })
        expect([fieldType, dataType, status]).toEqual([fieldType, dataType, isIn ? 201 : 422])
        if (isIn) continue
        refused += 1
        expect(first(body)[1]).toBe('matrix')
      }
    }
    expect(refused).toBe(section === 'custom_fields' ? 29 : 25)
  })

  test.each(valueMatrix.filter(({ sections }) => sections.includes(section)))(
    'of type $fieldType take $value, and nothing else',
    async ({ dataType, fieldType, value }) => {
      const uuid = await template({
        name: `values ${section} ${fieldType}`,
        [section]: [field(fieldType, dataType)],
      })
      const id = await planado.job({ template: { uuid } })
      const shown = async () => ((await planado.read(id))[section] as { value: unknown }[])[0]?.value
      expect(await shown()).toEqual(value === 'urls' ? [] : null)
      const patch = (given: unknown) =>
        planado.patch<Errors>(`/v2/jobs/${id}`, { [section]: [{ name: 'Field', value: given }] })
      expect((await patch(goodValues[value])).status).toBe(200)
      const good = await shown()
      expect(good).toMatchObject(goodValues[value] as object)
      for (const bad of badValues[value] ?? []) {
        const { body, status } = await patch(bad)
        expect([bad, status, first(body)[0]]).toEqual([bad, 422, `${section}.0.value`])
        expect(await shown()).toEqual(good)
      }
      if (value !== 'urls') expect((await patch(null)).status).toBe(200)
    },
  )
})

describe('fields of jobs', () => {
  test('a required job field must be filled when the job is made', async () => {
    const uuid = await template({
      name: 'required job field',
      custom_fields: [{ ...field('input', 'string'), required: true }],
    })
    const { body, status } = await planado.post<Errors>('/v2/jobs', { template: { uuid } })
    expect([status, ...first(body)]).toEqual([422, 'custom_fields', 'required'])
    const id = await planado.job({ template: { uuid }, custom_fields: [{ name: 'Field', value: 'x' }] })
    const empty = await planado.patch(`/v2/jobs/${id}`, { custom_fields: [{ name: 'Field', value: null }] })
    expect(empty.status).toBe(422)
  })

  test('a required report field must be filled to finish with success, not without', async () => {
    const uuid = await template({
      name: 'required report field',
      report_fields: [{ ...field('image', 'attachment'), required: true }],
    })
    const finish = (id: string, name: string, report_fields: unknown[] = []) =>
      planado.post<Errors>(`/v2/jobs/${id}/transitions`, {
        to: 'finished',
        resolution: { name, comment: 'x' },
        report_fields,
      })
    const id = await planado.job({ template: { uuid } })
    const refused = await finish(id, 'Done')
    expect([refused.status, ...first(refused.body)]).toEqual([422, 'report_fields', 'required'])
    expect((await finish(id, 'Done', [{ name: 'Field', value: [url] }])).status).toBe(200)
    expect((await finish(await planado.job({ template: { uuid } }), 'Not done')).status).toBe(200)
  })

  test('filled_at is there for report fields with a value, and is the last change', async () => {
    const uuid = await template({ name: 'filled at', report_fields: [field('input', 'string')] })
    const id = await planado.job({ template: { uuid } })
    const shown = async () => ((await planado.read(id)).report_fields as Record<string, unknown>[])[0]
    const fill = (value: unknown) =>
      planado.patch(`/v2/jobs/${id}`, { report_fields: [{ name: 'Field', value }] })
    expect(await shown()).not.toHaveProperty('filled_at')
    await fill('1')
    const at = new Date(planado.clock.now()).toISOString()
    expect(await shown()).toMatchObject({ filled_at: at })
    planado.clock.advance(1000)
    await fill('1')
    expect(await shown()).toMatchObject({ filled_at: at })
    await fill('2')
    expect(await shown()).toMatchObject({ filled_at: new Date(planado.clock.now()).toISOString() })
    await fill(null)
    expect(await shown()).not.toHaveProperty('filled_at')
  })

  test('a template shows a value only where it fills one in', async () => {
    const { body } = await planado.get<{ templates: { uuid: string; name: string }[] }>('/v2/templates')
    const uuid = body.templates.find(({ name }) => name === 'Установка счётчика')?.uuid
    const { body: read } = await planado.get<{ template: { custom_fields: object[] } }>(
      `/v2/templates/${uuid}`,
    )
    expect(read.template.custom_fields.map((one) => Object.hasOwn(one, 'value'))).toEqual([
      false,
      true,
      false,
    ])
  })

  test('a hidden field is neither shown nor required', async () => {
    const uuid = await template({
      name: 'hidden',
      custom_fields: [{ ...field('input', 'string'), required: true }],
    })
    const id = await planado.job({ template: { uuid }, custom_fields: [{ name: 'Field', hidden: true }] })
    expect((await planado.read(id)).custom_fields).toEqual([])
  })

  test.each([
    [
      { ...field('dictionary', 'dictionary'), dictionary: undefined },
      'custom_fields.0.dictionary',
      'required',
    ],
    [{ ...field('input', 'string'), dictionary }, 'custom_fields.0.dictionary', 'exclusive'],
    [
      { ...field('dictionary', 'dictionary'), dictionary: { name: 'x' } },
      'custom_fields.0.dictionary',
      'exists',
    ],
    [{ ...field('file', 'attachment'), value: 'x' }, 'custom_fields.0.value', 'matrix'],
    [{ ...field('rating', 'string') }, 'custom_fields.0.field_type', 'enum'],
  ])('the template field %j is refused', async (one, name, code) => {
    const { body, status } = await planado.post<Errors>('/v2/templates', {
      name: 'odd',
      custom_fields: [one],
    })
    expect([status, ...first(body)]).toEqual([422, name, code])
  })
})
