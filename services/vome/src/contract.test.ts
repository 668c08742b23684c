import { operationsOf, type Schema } from '@flowstead/service-kit'
import { describe, expect, test } from 'vitest'
import { asJsonSchema, type ContractRow, contract, swagger } from './contract.testing.ts'
import { events, openapi, payloadSchemas } from './index.ts'

/** A schema of ours as the contract writes rows: leaves, and arrays before what is in them. */
function rowsIn(schema: Schema, prefix = ''): ContractRow[] {
  const {
    items,
    properties = {},
    type,
  } = schema as {
    items?: Schema
    properties?: Record<string, Schema>
    type: string | string[]
  }
  const kind = Array.isArray(type) ? (type[0] as string) : type
  if (kind === 'object') {
    return Object.entries(properties).flatMap(([name, inner]) =>
      rowsIn(inner, prefix === '' ? name : `${prefix}.${name}`),
    )
  }
  if (kind !== 'array') return [{ path: prefix, type: kind }]
  const list = { path: prefix, type: `array of ${String(items?.type)}` }
  return items?.type === 'object' ? [list, ...rowsIn(items, prefix)] : [list]
}

describe('the contract', () => {
  test('has the thirteen events of the thirteen triggers, in their families', () => {
    const ours = events.map(({ family, name, title }) => ({ family, name, title }))
    const theirs = contract.operations.map((o) => ({
      family: o.family,
      name: o.proposedEvent,
      title: o.title,
    }))
    expect(ours).toEqual(expect.arrayContaining(theirs))
    expect(theirs).toEqual(expect.arrayContaining(ours))
  })

  test('is met row by row by what is sent', () => {
    let count = 0
    for (const { family, returns } of contract.operations) {
      const ours = rowsIn(payloadSchemas[family as keyof typeof payloadSchemas].schema)
      for (const { path, type } of returns) {
        const own = ours.find((row) => row.path === path)
        // The page leaves the items of four arrays open.
        expect([path, type === 'array' ? own?.type.split(' ')[0] : own?.type]).toEqual([path, type])
      }
      const more = ours.map(({ path }) => path).filter((path) => !returns.some((row) => row.path === path))
      expect(more).toEqual(family === 'form_submission' ? ['opportunities.id', 'opportunities.title'] : [])
      count += returns.length
    }
    console.info(`Vome: ${contract.operations.length} triggers, ${count} rows`)
    expect(count).toBe(547)
  })

  test('has the type differences between the families', () => {
    const typesOf = (family: keyof typeof payloadSchemas, path: string) =>
      rowsIn(payloadSchemas[family].schema).find((row) => row.path === path)?.type
    expect(typesOf('reservation', 'user.gender')).toBe('integer')
    expect(typesOf('form_submission', 'user.gender')).toBe('string')
    expect(typesOf('sequence', 'user_info.gender')).toBe('integer')
    expect(typesOf('profile', 'profile_details.gender')).toBe('string')
    expect(typesOf('reservation', 'user.address_coordinates')).toBe('array of string')
    expect(typesOf('form_submission', 'user.address_coordinates')).toBe('string')
  })
})

/** Where what we send is not exactly what the definition says; items that it leaves open fit anything. */
function differences(theirs: Schema, ours: Schema, place = ''): string[] {
  if (Object.keys(theirs).length === 0) return []
  const own = ours as { type?: unknown; items?: Schema; properties?: Record<string, Schema> }
  const told = theirs as typeof own
  if (JSON.stringify(own.type) !== JSON.stringify(told.type)) return [`${place}: ${own.type} ≠ ${told.type}`]
  if (told.items !== undefined) return differences(told.items, own.items ?? {}, `${place}[]`)
  const names = new Set([...Object.keys(told.properties ?? {}), ...Object.keys(own.properties ?? {})])
  return [...names].flatMap((name) => {
    const [left, right] = [told.properties?.[name], own.properties?.[name]]
    if (left === undefined || right === undefined) return [`${place}.${name}: only on one side`]
    return differences(left, right, `${place}.${name}`)
  })
}

describe('the connector definition is a part of the API', () => {
  const ours = new Map(
    operationsOf(openapi).map(({ method, operation, path }) => [`${method} ${path}`, operation]),
  )
  const theirs = Object.entries(swagger.paths).flatMap(([path, item]) =>
    (['post', 'delete'] as const).flatMap((method) => {
      const operation = item[method]
      return operation === undefined
        ? []
        : [{ place: `${method} ${swagger.basePath}${path}`, operation, item }]
    }),
  )

  test('with its 13 triggers and the end of a subscription', () => {
    expect(theirs).toHaveLength(14)
  })

  test.each(theirs)('$place', ({ item, operation, place }) => {
    const own = ours.get(place)
    expect(own?.operationId).toBe(operation.operationId)
    expect(Object.keys(own?.responses ?? {})).toEqual(
      expect.arrayContaining(Object.keys(operation.responses)),
    )
    const body = operation.parameters.find((parameter) => parameter.in === 'body')?.schema
    const ownBody = own?.requestBody?.content['application/json'].schema as
      | { properties?: object }
      | undefined
    expect(Object.keys(ownBody?.properties ?? {})).toEqual(Object.keys(body?.properties ?? {}))
    const content = item['x-ms-notification-content']?.schema
    if (content === undefined) return
    const event = place.split('/').at(-1) as string
    const told = openapi.webhooks?.[event]?.post.requestBody?.content['application/json'].schema
    const sent = openapi.components?.schemas?.[String(told?.$ref).split('/').at(-1) as string]
    expect(differences(asJsonSchema(content), sent as Schema)).toEqual([])
  })

  test('each event has its schema among the webhooks', () => {
    expect(Object.keys(openapi.webhooks ?? {}).sort()).toEqual(events.map(({ name }) => name).sort())
    const ids = operationsOf(openapi).map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
