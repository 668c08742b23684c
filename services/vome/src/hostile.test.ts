/** Whatever is sent, the answer is a success or a 4xx that names the member; never a failure of ours. */
import { operationsOf, type Problem, type Schema } from '@flowstead/service-kit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openapi } from './index.ts'
import { hourMs, iso, openVome, type TestVome } from './vome.testing.ts'

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    '\u0000',
    '\ud800',
    "'; DROP TABLE profiles; --",
    '%',
    '../..',
    '__proto__',
    'x'.repeat(20_000),
    Number.MAX_SAFE_INTEGER + 2,
    -1,
    1e308,
    0.5,
    true,
    [],
    [[]],
    {},
    '9999-12-31T23:59:59.999Z',
    '0000-01-01T00:00:00Z',
    '2016-12-31T23:59:60Z',
    '2026-05-04T08:00:00+25:00',
    '9999-12-31',
    '0001-01-01',
    'http://[::1',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 2 }),
)

const texts: Readonly<Record<string, readonly string[]>> = {
  date: ['2026-05-04', '2024-02-29', '0000-01-01'],
  'date-time': [
    '2026-05-04T08:00:00Z',
    '2026-05-05T10:00:00+02:00',
    '2016-12-31T23:59:60Z',
    '9999-12-31T23:59:59Z',
  ],
  email: ['a@example.org', 'zofie@example.org'],
}

interface JsonSchema {
  readonly $ref?: string
  readonly enum?: readonly unknown[]
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

/** Mostly values that the schema takes, so that requests get as far as the rules behind it. */
function valueFor(name: string, given: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const schema = given as JsonSchema
  if (schema.$ref !== undefined) {
    const target = openapi.components?.schemas?.[schema.$ref.split('/').at(-1) as string]
    return valueFor(name, target as Schema, ids)
  }
  return fc.oneof({ weight: 30, arbitrary: fitting(name, schema, ids) }, { weight: 1, arbitrary: odd })
}

function fitting(name: string, schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (type === 'boolean') return fc.boolean()
  if (type === 'integer') return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 9 })
  if (type === 'array') return fc.array(valueFor(name, schema.items ?? {}, ids), { maxLength: 3 })
  if (type === 'object') return bodyFor(schema, ids)
  const known = texts[schema.format ?? '']
  if (known !== undefined) return fc.constantFrom(...known)
  return /_ids?$/.test(name)
    ? fc.constantFrom(...ids)
    : fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
}

function bodyFor(
  { properties = {}, required = [] }: JsonSchema,
  ids: readonly string[],
): fc.Arbitrary<object> {
  const members = Object.entries(properties).map(([name, schema]) => [name, valueFor(name, schema, ids)])
  return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: required as string[],
  })
}

function idsOf({ db }: TestVome): string[] {
  const tables = [
    'profiles',
    'shifts',
    'opportunities',
    'forms',
    'questions',
    'sequences',
    'sequence_steps',
    'tags',
  ]
  return tables.flatMap((table) =>
    db
      .prepare<{ id: string }>(`SELECT id FROM ${table} ORDER BY seq LIMIT 2`)
      .all()
      .map(({ id }) => id),
  )
}

/** Reservations, claims, assignments and submissions of the sample people. */
function live(vome: TestVome): void {
  for (const profile_id of ownIds(vome, 'profiles')) {
    const booking = vome.must('book', { body: { profile_id } })
    const form_id = ownIds(vome, 'forms')[0]
    vome.must('createFormSubmission', { body: { form_id, profile_id } })
    vome.advance(20 * hourMs)
    const times = { claimed_from: iso(vome.now() - hourMs), claimed_to: iso(vome.now()) }
    vome.call('createHourClaim', { body: { reservation_id: booking.id, ...times } })
  }
}

/** As it would stand in a query. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Some that exist now; others come and go while the test runs. */
function ownIds({ db }: TestVome, table: string): string[] {
  if (db.prepare('SELECT 1 AS known FROM sqlite_master WHERE name = ?').get(table) === undefined) return []
  const rows = db.prepare<{ id: string }>(`SELECT id FROM ${table} ORDER BY seq LIMIT 8`).all()
  return rows.map(({ id }) => id)
}

/** The answer, with everything as it was before: each request meets the same organisation. */
function undone<T>({ db }: TestVome, work: () => T): T {
  const answers: T[] = []
  const rollback = new Error('rolled back')
  try {
    db.transaction(() => {
      answers.push(work())
      throw rollback
    })
  } catch (error) {
    if (error !== rollback) throw error
  }
  return answers[0] as T
}

test('hostile and ordinary values in every member of every operation', () => {
  const vome = openVome('sample')
  live(vome)
  const ids = idsOf(vome)
  const requests = operationsOf(openapi).map(({ operation, path }) => {
    const [, plural = ''] = /^\/api\/v1\/(\w+)\/\{id\}/.exec(path) ?? []
    const own = ownIds(vome, plural)
    const schema = operation.requestBody?.content['application/json'].schema
    const query = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name)
    return fc.record({
      operationId: fc.constant(operation.operationId),
      id: fc.constantFrom(...own, ...own, ...own, 'none', '\u0000'),
      step_id: fc.constantFrom(...ids),
      query: fc.record(Object.fromEntries(query.map((name) => [name, odd.map(asText)])), {
        requiredKeys: [],
      }),
      body: schema === undefined ? fc.constant(undefined) : valueFor('body', schema, ids),
    })
  })
  const seen = new Map<number, number>()
  fc.assert(
    fc.property(fc.oneof(...requests), ({ operationId, ...parts }) => {
      const { body, status } = undone(vome, () => vome.call(operationId, parts))
      seen.set(status, (seen.get(status) ?? 0) + 1)
      if (status < 400) return
      expect([400, 404, 409]).toContain(status)
      expect((body as unknown as Problem).fields[0]?.field).toEqual(expect.stringMatching(/./))
    }),
    { numRuns: 600 },
  )
  console.info(`Vome: answers by status ${JSON.stringify(Object.fromEntries(seen))}`)
  expect(seen.get(201)).toBeGreaterThan(2)
})
