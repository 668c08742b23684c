/** Against a copy of the published structures, which is not made from this service. */
import { readFileSync } from 'node:fs'
import type { Schema } from '@flowstead/service-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openapi } from './openapi.ts'
import { startPlanado, type TestPlanado } from './planado.testing.ts'
import { allRights } from './rights.ts'
import { combinationProblem, dataTypes, fieldTypes, fits, rowOf, valueMatrix } from './value-matrix.ts'

interface ContractField {
  readonly name: string
  readonly type: string
  readonly jsonType: string
  readonly nullable: boolean
  readonly maxLength?: number
  readonly enum?: readonly string[]
}

interface Contract {
  readonly structures: readonly {
    readonly name: string
    readonly fields: readonly ContractField[]
    readonly mutuallyExclusive?: readonly string[]
  }[]
  readonly valueMatrix: readonly {
    readonly field_type: string
    readonly data_type: string
    readonly jobField: boolean
    readonly reportField: boolean
    readonly valueType: string
    readonly nullable: boolean
  }[]
  readonly userRights: {
    readonly leaves: readonly { readonly path: string }[]
    readonly example: Record<string, unknown>
  }
}

const file = new URL('../../../conformance/contracts/planado.structures.json', import.meta.url)
const contract = JSON.parse(readFileSync(file, 'utf8')) as Contract
const schemas = openapi.components?.schemas ?? {}

/** A member's schema with references followed and null told apart. */
function shapeOf(schema: Schema): { types: string[]; nullable: boolean; schema: Schema } {
  if (typeof schema.$ref === 'string') return shapeOf(schemas[schema.$ref.split('/').at(-1) ?? ''] as Schema)
  if (Array.isArray(schema.oneOf)) {
    const [inner] = schema.oneOf as Schema[]
    return { ...shapeOf(inner as Schema), nullable: true }
  }
  const types = [schema.type].flat() as string[]
  return { types: types.filter((type) => type !== 'null'), nullable: types.includes('null'), schema }
}

test('the contract has 12 structures with 36 fields, 8 matrix rows and 16 rights', () => {
  const counts = {
    structures: contract.structures.length,
    fields: contract.structures.flatMap(({ fields }) => fields).length,
    matrixRows: contract.valueMatrix.length,
    rights: contract.userRights.leaves.length,
  }
  console.info(
    `Planado: ${counts.structures} structures, ${counts.fields} fields, ${counts.matrixRows} matrix rows, ${counts.rights} rights compared`,
  )
  expect(counts).toEqual({ structures: 12, fields: 36, matrixRows: 8, rights: 16 })
})

describe.each(contract.structures)('$name', ({ fields, mutuallyExclusive, name }) => {
  const properties = (schemas[name]?.properties ?? {}) as Readonly<Record<string, Schema>>

  test.each(fields)('$name is of its type, null and length', (field) => {
    const { nullable, schema, types } = shapeOf(properties[field.name] as Schema)
    if (field.jsonType === 'mixed') expect(types.length).toBeGreaterThan(2)
    else expect(types).toEqual([field.jsonType])
    expect(nullable).toBe(field.nullable)
    if (field.maxLength !== undefined) expect(schema.maxLength).toBe(field.maxLength)
    if (field.enum !== undefined)
      expect([...(schema.enum as string[])].sort()).toEqual([...field.enum].sort())
    if (field.type === 'uuid') expect(schema.format).toBe('uuid')
    if (field.type === 'datetime') expect(schema.format).toBe('date-time')
  })

  test('members that exclude each other do', () => {
    const { maxProperties, minProperties } = schemas[name] ?? {}
    expect([minProperties, maxProperties]).toEqual(
      mutuallyExclusive === undefined ? [undefined, undefined] : [1, 1],
    )
  })
})

describe('the value matrix', () => {
  const kindOf: Readonly<Record<string, unknown>> = {
    string: 'text',
    boolean: true,
    'array of string': ['https://files.example/1.jpg'],
    DictionaryValue: { name: 'x' },
  }

  test.each(contract.valueMatrix)('$field_type holds $data_type', (published) => {
    const ours = rowOf(published.field_type)
    expect(ours?.dataType).toBe(published.data_type)
    expect(ours?.sections.includes('custom_fields')).toBe(published.jobField)
    expect(ours?.sections.includes('report_fields')).toBe(published.reportField)
    if (ours === undefined) return
    expect(fits(ours, null)).toBe(published.nullable)
    const url = published.field_type === 'file' ? 'https://files.example/1.pdf' : undefined
    expect(fits(ours, url ?? kindOf[published.valueType])).toBe(true)
    const others = Object.entries(kindOf).filter(([type]) => type !== published.valueType)
    for (const [, value] of others) expect(fits(ours, value)).toBe(false)
  })

  test('every other combination is refused', () => {
    const isPublished = (section: string, fieldType: string, dataType: string) =>
      contract.valueMatrix.some(
        (one) =>
          one.field_type === fieldType &&
          one.data_type === dataType &&
          (section === 'custom_fields' ? one.jobField : one.reportField),
      )
    const all = (['custom_fields', 'report_fields'] as const).flatMap((section) =>
      fieldTypes.flatMap((fieldType) => dataTypes.map((dataType) => ({ section, fieldType, dataType }))),
    )
    expect([valueMatrix.length, all.length]).toEqual([8, 64])
    for (const { dataType, fieldType, section } of all) {
      const problem = combinationProblem(section, { field_type: fieldType, data_type: dataType }, 'f')
      expect(problem === undefined, `${section} ${fieldType} ${dataType}`).toBe(
        isPublished(section, fieldType, dataType),
      )
    }
  })
})

test('the rights are the published ones, in their order', () => {
  expect(allRights).toEqual(contract.userRights.leaves.map(({ path }) => path))
})

describe('answers', () => {
  let planado: TestPlanado
  beforeAll(async () => {
    planado = await startPlanado()
  })
  afterAll(() => planado.close())

  const typeOf = (value: unknown) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)

  test('each field of each structure is seen with a value of its type', async () => {
    const full = await planado.job({
      template: { name: 'Установка счётчика' },
      assignee: { team: { name: 'Бригада «Север»' } },
      scheduled_at: '2026-05-05T08:00:00Z',
      contacts: [{ name: 'Ольга', value: '+7 343 000 00 01', type: 'phone' }],
      client: { external_id: 'sample-client-1' },
      territory: { name: 'Praha 7' },
      skills: [{ name: 'Klempíř' }],
      address: {
        formatted: 'Praha',
        apartment: '4',
        floor: '2',
        entrance_no: '1',
        description: 'Zvonek',
        geolocation: { longitude: 14.4, latitude: 50.1 },
      },
      custom_fields: [{ name: 'Модель', value: { name: 'Нева 103' } }],
    })
    const team = await planado.read(full)
    const finished = await planado.read('sample-job-1')
    const { body: listed } = await planado.get<{ jobs: Record<string, unknown>[] }>('/v2/jobs')
    const assigneeIds = listed.jobs.map(({ assignee }) => assignee).filter((one) => one !== null)
    const report = (finished.report_fields as Record<string, unknown>[])[0]
    const dictionary = (team.custom_fields as Record<string, unknown>[]).at(-1)
    const seen: Readonly<Record<string, unknown>> = {
      Contact: (team.contacts as unknown[])[0],
      Address: team.address,
      Worker: (finished.assignee as Record<string, unknown>).worker,
      Team: (team.assignee as Record<string, unknown>).team,
      Assignee: { ...(team.assignee as object), ...(finished.assignee as object) },
      AssigneeId: Object.assign({}, ...assigneeIds),
      Client: team.client,
      Territory: team.territory,
      Skill: (team.skills as unknown[])[0],
      DictionaryValue: dictionary?.value,
      Resolution: finished.resolution,
      CustomField: report,
    }
    for (const { fields, name } of contract.structures) {
      for (const { jsonType, name: field } of fields) {
        const value = (seen[name] as Record<string, unknown>)[field]
        const expected = jsonType === 'mixed' ? 'string' : jsonType
        expect([name, field, typeOf(value)]).toEqual([name, field, expected])
      }
    }
  })

  test('the published example of rights is accepted and read back equal', async () => {
    const { body } = await planado.post<{ user_uuid: string }>('/v2/users', {
      first_name: 'Example',
      last_name: 'User',
      email: 'example@planado.example',
      password: 'long enough',
      permissions: contract.userRights.example,
    })
    const { body: read } = await planado.get<{ user: { permissions: unknown } }>(
      `/v2/users/${body.user_uuid}`,
    )
    expect(read.user.permissions).toEqual(contract.userRights.example)
  })
})
