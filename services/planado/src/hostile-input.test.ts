/** Whatever is sent, the answer is 2xx, or a 4xx that names the member; never a failure of ours. */
import { operationsOf } from '@flowstead/service-kit'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { document as openapi } from './document.ts'
import { startPlanado, type TestPlanado } from './planado.testing.ts'
import { allRights, permissionsOf } from './rights.ts'

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    '\u0000',
    '\ud800',
    "'; DROP TABLE jobs; --",
    '%',
    '../..',
    '__proto__',
    'x'.repeat(20_000),
    Number.MAX_SAFE_INTEGER + 2,
    -1,
    1e308,
    true,
    [],
    [[]],
    {},
    { uuid: {} },
    { uuid: 'x', name: 'y' },
    { name: '\u202e' },
    [{ uuid: null }],
    [{ name: 'x', value: { uuid: '\ud800' } }],
    '9999-12-31T23:59:59Z',
    '0000-01-01T00:00:00Z',
    'http://[::1',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 2 }),
)

const operations = operationsOf(openapi).map(({ method, operation, path }) => {
  const schema = operation.requestBody?.content['application/json'].schema as
    | { properties: Record<string, unknown> }
    | undefined
  const names = Object.keys(schema?.properties ?? {})
  const query = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name)
  return { method, path, names, query }
})

const request = fc.constantFrom(...operations).chain(({ method, names, path, query }) =>
  fc.record({
    method: fc.constant(method),
    path: fc.constant(path),
    id: fc.oneof(
      fc.constantFrom('sample-job-2', 'sample-client-1', 'sample-site-1'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    ),
    query: fc.record(Object.fromEntries(query.map((name) => [name, odd])), { requiredKeys: [] }),
    body: fc.record(Object.fromEntries([...names, 'unknown'].map((name) => [name, odd])), {
      requiredKeys: [],
    }),
  }),
)

/** The token of a user who may do everything. */
async function tokenForAll(planado: TestPlanado): Promise<string> {
  const login = { email: 'all@planado.example', password: 'long enough' }
  const permissions = permissionsOf(new Set(allRights))
  await planado.post('/v2/users', { ...login, first_name: 'A', last_name: 'B', permissions })
  return (await planado.post<{ token: string }>('/local/login', { ...login, app: 'web' })).body.token
}

/** An object with a `toString` of its own may refuse to become a text. */
const asText = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))

test('hostile values in every member of every operation', async () => {
  const failures: unknown[] = []
  const planado = await startPlanado({ onError: (error) => failures.push(error) })
  const token = await tokenForAll(planado)
  const seen = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(request, async ({ body, id, method, path, query }) => {
      const search = new URLSearchParams(
        Object.entries(query).map(([name, value]): [string, string] => [name, asText(value)]),
      )
      const url = `${path.replace('{id}', encodeURIComponent(id))}?${search}`
      const answer = await planado.app.inject({
        method: method.toUpperCase() as 'GET',
        url,
        headers: {
          authorization: `Bearer ${/^.local.(web|mobile)/.test(path) ? token : planado.key}`,
          'content-type': 'application/json',
        },
        ...(method === 'get' || method === 'delete' ? {} : { payload: JSON.stringify(body) }),
      })
      expect(failures).toEqual([])
      expect([200, 201, 204, 400, 401, 403, 404, 409, 422]).toContain(answer.statusCode)
      if (answer.statusCode === 401) expect(path).toMatch(/^.local.log(in|out)$/)
      const group = `${Math.floor(answer.statusCode / 100)}xx`
      seen.set(group, (seen.get(group) ?? 0) + 1)
      if (answer.statusCode < 400) return
      const { error, errors } = answer.json() as {
        error?: { message: string }
        errors?: { field: string; message: string }[]
      }
      if (errors === undefined) expect(error?.message).not.toBe('')
      else for (const one of errors) expect(one.field).not.toBe('')
    }),
    { numRuns: 100 },
  )
  console.info(`Planado: hostile requests: ${JSON.stringify(Object.fromEntries(seen))}`)
  await planado.close()
})
