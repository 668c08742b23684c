import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'
import type { ErrorObject } from 'ajv'
import { Ajv } from 'ajv'
import Ajv04Module from 'ajv-draft-04'
import { parse } from 'jsonc-parser'
import { describe, expect, test } from 'vitest'
import type { Connector } from './connector.ts'
import { arrayAt, member, objectAt, textAt } from './json.ts'
import { openConnectorLibrary } from './library.ts'
import type { Operation } from './operation.ts'
import { resolve } from './reference.ts'

const root = join(import.meta.dirname, '../../../..')
const read = (path: string): ObjectValue => parse(readFileSync(join(root, path), 'utf8')) as ObjectValue
const contract = (name: string) => read(`conformance/contracts/${name}.json`)
const own = openConnectorLibrary([join(root, 'connectors')])

function connector(name: string): Connector {
  const found = own.find(name)
  if (found.status !== 'found') throw new Error(`${name} is ${found.status}`)
  return found.connector
}

function operation(connector: Connector, operationId: string): Operation {
  const found = connector.operations.get(operationId)
  if (found === undefined) throw new Error(`no ${operationId}`)
  return found
}

/** Leaves and arrays of a schema as the reference pages print them: `a.b`, `string`. */
function rows(document: ObjectValue, value: Value | undefined, path: readonly string[] = []): Row[] {
  const schema = resolve(document, value)
  const type = textAt(schema, 'type')
  const place = path.join('.')
  if (type === 'object') {
    return Object.entries(objectAt(schema, 'properties')).flatMap(([name, inner]) =>
      rows(document, inner, [...path, name]),
    )
  }
  const shown = { path: place, title: textAt(schema, 'title') }
  if (type !== 'array') return [{ ...shown, type, ...formatOf(schema) }]
  const item = textAt(member(schema, 'items'), 'type')
  const listed = { ...shown, type: item === undefined ? 'array' : `array of ${item}` }
  return item === 'object' ? [listed, ...rows(document, member(schema, 'items'), path)] : [listed]
}

interface Row {
  readonly path: string
  readonly type: string | undefined
  readonly title: string | undefined
  readonly format?: string
}

function formatOf(schema: ObjectValue): { format?: string } {
  const format = textAt(schema, 'format')
  return format === undefined ? {} : { format }
}

const contractRows = (entry: Value) =>
  arrayAt(entry, 'returns').map((row) => {
    const { itemType, ...shown } = row as ObjectValue
    return shown
  })
const operations = (document: ObjectValue) => arrayAt(document, 'operations').filter(isObject)

describe('our definitions', () => {
  test('all load, without a problem or a warning', () => {
    const { connectors, problems } = own.loadAll()
    expect(problems).toEqual([])
    expect(connectors.flatMap(({ warnings }) => warnings)).toEqual([])
    expect(connectors.map(({ name }) => name)).toEqual(expect.arrayContaining(['HotProfile', 'SMTP', 'Vome']))
  })

  const Ajv04 = Ajv04Module as unknown as typeof Ajv
  const definitionSchema = new Ajv04({ strict: false, validateFormats: false }).compile(
    read('conformance/contracts/power-platform/apiDefinition.swagger.schema.json'),
  )
  const { id: _, ...paconn } = read('conformance/contracts/power-platform/paconn-apiProperties.schema.json')
  const propertiesSchema = new Ajv({ strict: false, validateFormats: false }).compile(paconn)
  const told = (errors: ErrorObject[] | null | undefined) =>
    (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)

  test.each(own.names)('%s has the official shape', (name) => {
    definitionSchema(read(`connectors/${name}/apiDefinition.swagger.json`))
    expect(told(definitionSchema.errors)).toEqual([])
    const properties = read(`connectors/${name}/apiProperties.json`)
    // Our own extension is the one member the official shape does not know.
    const { 'x-flowstead-throttle': throttle, ...official } = objectAt(properties, 'properties')
    propertiesSchema({ properties: official })
    expect(told(propertiesSchema.errors)).toEqual([])
    expect(throttle).toEqual({ calls: expect.any(Number), seconds: expect.any(Number) })
  })

  test.each(own.names)('every operation of %s gives its parameters', (name) => {
    for (const each of connector(name).operations.values()) expect(() => each.parameters()).not.toThrow()
  })
})

describe('Vome', () => {
  const vome = connector('Vome')
  const triggers = operations(contract('vome.triggers'))
  const idOf = (title: Value | undefined) => String(title).replaceAll(' ', '')

  test.each(triggers.map((trigger) => [idOf(trigger.title), trigger] as const))(
    '%s is as published',
    (id, trigger) => {
      const { raw, pathItem, path, method, ...found } = operation(vome, id)
      expect([method, path]).toEqual(['POST', `/subscriptions/${trigger.proposedEvent}`])
      expect([found.trigger, found.summary, textAt(raw, 'description')]).toEqual([
        'webhook',
        trigger.title,
        `${trigger.summary}.`,
      ])
      const content = objectAt(pathItem, 'x-ms-notification-content')
      expect(rows(vome.document, member(content, 'schema'))).toEqual(contractRows(trigger))
      const [body] = found.parameters()
      const events = objectAt(objectAt(body?.schema, 'properties'), 'events')
      expect(rows(vome.document, { type: 'object', properties: { events } })).toEqual([
        { path: 'events', title: 'events', type: 'array of string' },
      ])
      expect(textAt(objectAt(objectAt(raw, 'responses'), '201'), 'description')).toBeDefined()
    },
  )

  test('has 13 triggers with 547 rows, and the connection of the page', () => {
    const listed = [...vome.operations.values()].filter(({ trigger }) => trigger === 'webhook')
    const count = listed
      .map(
        ({ pathItem }) =>
          rows(vome.document, member(objectAt(pathItem, 'x-ms-notification-content'), 'schema')).length,
      )
      .reduce((sum, each) => sum + each, 0)
    console.info(`Vome: ${listed.length} triggers, ${count} rows`)
    expect([listed.length, count]).toEqual([13, 547])
    expect(operation(vome, 'DeleteSubscription')).toMatchObject({
      method: 'DELETE',
      path: '/subscriptions/{id}',
      isInternal: true,
    })
    expect(vome.throttle).toEqual({ calls: 100, seconds: 60 })
    expect(vome.connectionParameters).toEqual([
      expect.objectContaining({ name: 'api_key', isSecret: true, isRequired: true }),
    ])
  })
})

describe('HotProfile', () => {
  const hotProfile = connector('HotProfile')
  const actions = operations(contract('hotprofile.operations'))

  test.each(actions.map((action) => [String(action.operationId), action] as const))(
    '%s is as published',
    (id, action) => {
      const { raw, method, path, summary, ...found } = operation(hotProfile, id)
      expect([method, path, summary]).toEqual([action.method, action.path, action.title])
      expect(
        found.parameters().map(({ name, in: place, isRequired, raw: parameter }) => ({
          key: name,
          in: place,
          required: isRequired,
          type: textAt(parameter, 'type'),
          title: textAt(parameter, 'x-ms-summary'),
        })),
      ).toEqual(
        arrayAt(action, 'parameters').map((row) => {
          const { key, required, type, title } = row as ObjectValue
          return { key, in: 'query', required, type, title }
        }),
      )
      const answer = rows(hotProfile.document, member(objectAt(objectAt(raw, 'responses'), '200'), 'schema'))
      expect(byPath(answer)).toEqual(byPath(contractRows(action) as unknown as Row[]))
    },
  )

  const byPath = (list: readonly Row[]) => [...list].sort((a, b) => (a.path < b.path ? -1 : 1))

  test('keeps every published limit', () => {
    for (const action of actions) {
      const parameters = operation(hotProfile, String(action.operationId)).parameters()
      for (const row of arrayAt(action, 'parameters')) {
        const raw = parameters.find(({ name }) => name === textAt(row, 'key'))?.raw
        const rules = objectAt(row, 'rules')
        if (textAt(row, 'type') === 'string' && member(rules, 'maxLength') !== undefined) {
          expect(member(raw, 'maxLength')).toBe(member(rules, 'maxLength'))
        }
        if (textAt(row, 'type') !== 'boolean') {
          expect(arrayAt(raw, 'enum')).toEqual(expect.arrayContaining([...arrayAt(rules, 'enum')]))
        }
      }
    }
  })

  test('has 9 actions, 307 parameters and 151 returned rows', () => {
    const all = [...hotProfile.operations.values()]
    const parameters = all.flatMap((each) => each.parameters()).length
    const returned = all.flatMap(({ raw }) =>
      rows(hotProfile.document, member(objectAt(objectAt(raw, 'responses'), '200'), 'schema')),
    ).length
    console.info(`HotProfile: ${all.length} actions, ${parameters} parameters, ${returned} returned rows`)
    expect([all.length, parameters, returned]).toEqual([9, 307, 151])
  })
})

describe('public definitions', () => {
  const library = openConnectorLibrary([join(root, 'conformance/connectors')])
  const index = arrayAt(read('conformance/connectors/index.json'), 'connectors').filter(isObject)
  const loaded = library.loadAll()

  test('all are loaded', () => {
    const operationCount = loaded.connectors.reduce((sum, { operations: each }) => sum + each.size, 0)
    console.info(`public definitions: ${loaded.connectors.length} loaded, ${operationCount} operations`)
    expect(loaded.problems).toEqual([])
    expect(loaded.connectors).toHaveLength(index.length)
  })

  test.each(index.map((entry) => [String(entry.name), entry] as const))(
    '%s keeps its operations and triggers',
    (name, entry) => {
      const found = loaded.connectors.find((each) => each.name === name)
      const all = [...(found?.operations.values() ?? [])]
      for (const each of all) expect(() => each.parameters()).not.toThrow()
      expect({
        operations: all.length,
        webhookTriggers: all.filter(({ trigger }) => trigger === 'webhook').length,
        pollingTriggers: all.filter(({ trigger }) => trigger === 'polling').length,
      }).toEqual({
        operations: entry.operations,
        webhookTriggers: entry.webhookTriggers,
        pollingTriggers: entry.pollingTriggers,
      })
    },
  )
})
