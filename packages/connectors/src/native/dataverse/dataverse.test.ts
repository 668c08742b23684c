import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../host/outcome.ts'
import type { KeptFlow } from '../flow-directory.ts'
import { callServer, keptFlow } from '../kept-flow.testing.ts'
import { readFilter } from './filter.ts'

const guid = (digit: number) => `${digit}f0c2a3b-4d5e-4f60-8a9b-0c1d2e3f4a5b`
const at = (date: string) => Date.parse(date)
const connectionReferences = {
  shared_smtp: {
    runtimeSource: 'embedded',
    connection: { connectionReferenceLogicalName: 'fs_smtp' },
    api: { name: 'shared_smtp' },
  },
}
const described = {
  id: guid(1),
  name: 'Booking mail',
  definition: { description: "Ana's flow" },
  connectionReferences,
}
const flows: readonly KeptFlow[] = [
  keptFlow(described, { createdAt: at('2026-03-01T00:00:00Z') }),
  keptFlow({ id: guid(2), name: 'Cancelled' }, { state: 'off', createdAt: at('2026-01-01T00:00:00Z') }),
  keptFlow({ id: guid(3), name: 'weekly MAIL' }, { createdAt: at('2026-02-01T00:00:00Z') }),
]

const call = (operationId: string, parameters: object) =>
  callServer(flows, {
    api: 'shared_commondataserviceforapps',
    operationId,
    parameters: { entityName: 'workflows', ...parameters },
  })
const rowsOf = ({ outputs }: Outcome) =>
  (outputs as unknown as { body: { value: Record<string, unknown>[] } }).body.value
const names = async (parameters: object) =>
  rowsOf(await call('ListRecords', parameters)).map(({ name }) => name)

describe('List rows', () => {
  test('gives every column the server can fill, and null where it knows nothing', async () => {
    const [first] = rowsOf(await call('ListRecords', {}))
    expect(first).toEqual({
      workflowid: guid(1),
      resourceid: guid(1),
      workflowidunique: null,
      name: 'Booking mail',
      description: "Ana's flow",
      category: 5,
      type: 1,
      statecode: 1,
      statuscode: 2,
      createdon: '2026-03-01T00:00:00Z',
      modifiedon: '2026-02-03T04:05:06Z',
      _ownerid_value: null,
      clientdata: expect.any(String),
    })
  })

  test.each([
    ["name eq 'booking MAIL'", ['Booking mail']],
    ['statecode eq 1', ['Booking mail', 'weekly MAIL']],
    ["statecode eq 1 and contains(name, 'weekly') or name eq 'Cancelled'", ['Cancelled', 'weekly MAIL']],
    ["statecode eq 1 and (contains(name,'weekly') or name eq 'Cancelled')", ['weekly MAIL']],
    ["not startswith(name, 'b') and not (statecode eq 0)", ['weekly MAIL']],
    ["endswith(name, ' mail')", ['Booking mail', 'weekly MAIL']],
    ['description ne null', ['Booking mail']],
    ["description eq 'Ana''s flow'", ['Booking mail']],
    ['_ownerid_value eq null and category eq 5', ['Booking mail', 'Cancelled', 'weekly MAIL']],
    [`workflowid eq ${guid(2)}`, ['Cancelled']],
    [`resourceid eq '${guid(3).toUpperCase()}'`, ['weekly MAIL']],
    ['createdon gt 2026-01-15T00:00:00Z', ['Booking mail', 'weekly MAIL']],
    ["createdon le '2026-02-01'", ['Cancelled', 'weekly MAIL']],
    ["statecode ge 0 AND statuscode lt 2 OR name gt 'w'", ['Cancelled', 'weekly MAIL']],
    ["description gt 'a'", ['Booking mail']],
  ])('$filter %s', async ($filter, expected) => {
    expect(await names({ $filter })).toEqual(expected)
  })

  test.each([
    ["nome eq 'x'", 'no column "nome"'],
    ["name equals 'x'", 'position 6'],
    ['name eq', 'ends where'],
    ["statecode eq 'on'", 'holds numbers'],
    ['name eq 1', 'holds texts'],
    ['statecode gt null', 'null'],
    ["createdon gt 'soon'", 'holds dates'],
    ["contains(statecode, '1')", 'holds numbers'],
    ["substringof('x', name)", 'no function "substringof"'],
    ["name eq 'open", 'cannot be read'],
    ["(name eq 'x'", '")"'],
    ["name eq 'x' name eq 'y'", '"and"'],
    [`${'('.repeat(60)}name eq null`, 'nests'],
    ['x'.repeat(10_001), 'at most 10000'],
  ])('$filter %s is 400 and says why', async ($filter, why) => {
    const outcome = await call('ListRecords', { $filter })
    expect(outcome).toMatchObject({ outputs: { statusCode: 400 }, error: { code: 'BadRequest' } })
    expect(outcome.error?.message).toContain('$filter: ')
    expect(outcome.error?.message).toContain(why)
  })

  test('a filter of any text is read or refused', () => {
    const word = fc.constantFrom(
      'name',
      'statecode',
      'eq',
      'and',
      'not',
      '(',
      ')',
      "'x'",
      'null',
      '1',
      ' ',
      ',',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join(' ')),
        ),
        (filter) => {
          try {
            for (const kept of flows) expect(readFilter(filter)(kept)).toBeTypeOf('boolean')
          } catch (error) {
            expect(error).toMatchObject({ code: 'Connector.ParameterInvalid' })
          }
        },
      ),
    )
  })

  test('orders by columns and takes the first', async () => {
    expect(await names({ $orderby: 'statecode desc, name desc' })).toEqual([
      'weekly MAIL',
      'Booking mail',
      'Cancelled',
    ])
    expect(await names({ $orderby: 'createdon', $top: 2 })).toEqual(['Cancelled', 'weekly MAIL'])
    expect(await names({ $orderby: 'description desc', $top: '1' })).toEqual(['Booking mail'])
  })

  test('answers with the selected columns and the id', async () => {
    const [first] = rowsOf(await call('ListRecords', { $select: 'name, statecode' }))
    expect(first).toEqual({ workflowid: guid(1), name: 'Booking mail', statecode: 1 })
  })

  test.each([
    { $select: 'name,nome' },
    { $orderby: 'nome' },
    { $orderby: 'name upwards' },
    { $top: 0 },
    { $top: 'all' },
    { $expand: 'ownerid' },
    { fetchXml: '<fetch/>' },
    { $skiptoken: 'x' },
  ])('%j is 400 and names the parameter', async (parameters) => {
    const outcome = await call('ListRecords', parameters)
    expect(outcome).toMatchObject({ outputs: { statusCode: 400 } })
    expect(outcome.error?.message).toContain(Object.keys(parameters)[0])
  })

  test('of another table is 404 and names the one there is', async () => {
    const outcome = await call('ListRecords', { entityName: 'accounts' })
    expect(outcome).toMatchObject({ outputs: { statusCode: 404 }, error: { code: 'NotFound' } })
    expect(outcome.error?.message).toMatch(/"accounts".*"workflows"/)
  })
})

describe('Get a row by ID', () => {
  const bodyOf = ({ outputs }: Outcome) => (outputs as unknown as { body: Record<string, unknown> }).body

  test('has the definition and the connection references in its client data, as they were written', async () => {
    const row = bodyOf(
      await call('GetItem', { recordId: `{${guid(1).toUpperCase()}}`, $select: 'clientdata' }),
    )
    expect(Object.keys(row)).toEqual(['workflowid', 'clientdata'])
    expect(JSON.parse(String(row.clientdata))).toEqual({
      properties: { connectionReferences, definition: flows[0]?.flow.definition },
      schemaVersion: '1.0.0.0',
    })
  })

  test('of a row or a table there is not is 404', async () => {
    const missing = await call('GetItem', { recordId: guid(9) })
    expect([missing.error?.code, missing.error?.message]).toEqual([
      'NotFound',
      expect.stringContaining(guid(9)),
    ])
    const elsewhere = await call('GetItem', { entityName: 'flows', recordId: guid(1) })
    expect(elsewhere.error?.message).toContain('"workflows"')
  })
})
