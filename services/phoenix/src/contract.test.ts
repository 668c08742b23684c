import { type EventEnvelope, schemaCheck, sessionEventNames } from '@flowstead/catalog'
import { type OpenApi, operationsOf } from '@flowstead/service-kit'
import {
  definedOperations,
  definitionGaps,
  startReceiver,
  startTestService,
} from '@flowstead/service-kit/testing'
import { describe, expect, test } from 'vitest'
import { asJsonSchema, contract, definition } from './connector.testing.ts'
import { openapi } from './openapi/document.ts'
import { command, hour, iso, scheduled, startPhoenix } from './phoenix.testing.ts'
import { phoenixService } from './service.ts'

type Json = Record<string, unknown>

const triggers = definedOperations(definition).filter(
  ({ item }) => item['x-ms-notification-content'] !== undefined,
)
const contentOf = (item: Json) => asJsonSchema((item['x-ms-notification-content'] as Json).schema)
const propertiesOf = (schema: unknown) => (schema as { properties: Record<string, Json> }).properties
const constantsOf = (schema: unknown): unknown[] => {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([name, inner]) => (name === 'const' ? [inner] : constantsOf(inner)))
}

describe('the connector', () => {
  test('has every row of the contract in each of its six triggers: 12 + 5 + 17 members, 23 properties', () => {
    const example = contract('example') as unknown as EventEnvelope
    const entity = propertiesOf(propertiesOf(contract('schema')).appointment)
    expect(triggers.map(({ path }) => path.replace('/subscriptions/', ''))).toEqual([...sessionEventNames])
    for (const { item } of triggers) {
      const envelope = propertiesOf(contentOf(item))
      const eventData = propertiesOf(envelope.eventData)
      const appointment = propertiesOf(eventData.appointment)
      expect(Object.keys(envelope)).toEqual(Object.keys(example))
      expect(Object.keys(eventData).slice(0, 5)).toEqual(Object.keys(example.eventData))
      expect(Object.keys(appointment).slice(0, 17)).toEqual(
        Object.keys(example.eventData.appointment as object),
      )
      expect(Object.keys(appointment).sort()).toEqual(Object.keys(entity).sort())
      for (const [name, published] of Object.entries(entity)) {
        const allowed = (appointment[name]?.enum as unknown[] | undefined)?.filter((value) => value !== null)
        expect([name, allowed ?? []]).toEqual([name, constantsOf(published)])
        const mayBeNull =
          JSON.stringify(published).includes('"null"') && appointment[name]?.type !== undefined
        expect([name, String(appointment[name]?.type).includes('null')]).toEqual([name, mayBeNull])
      }
    }
    const rows = [12, 5, 17].join(' + ')
    console.info(
      `Phoenix connector: ${triggers.length} triggers, each ${rows} members, ${Object.keys(entity).length} properties`,
    )
    expect(Object.keys(entity)).toHaveLength(23)
  })

  test('is a part of the service’s own document', () => {
    expect(definitionGaps(definition, openapi)).toEqual([])
    expect(definedOperations(definition).length).toBe(19)
  })

  test('tells its key, its throttle and that nobody shares it', () => {
    expect(definition.securityDefinitions).toEqual({
      api_key: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
    })
    expect(phoenixService.auth).toEqual({ in: 'header', name: 'X-API-Key' })
    expect(phoenixService.throttle).toBeUndefined()
  })

  test('describes every delivery: each of the six events fits the content of its trigger', async () => {
    const phoenix = await startPhoenix()
    const receiver = await startReceiver()
    for (const name of sessionEventNames) {
      const body = { callback_url: receiver.url }
      await phoenix.call('POST', `/api/v1/subscriptions/${name}`, { body })
    }
    const first = await scheduled(phoenix, 1, { description: 'x', subphaseId: 's', talentBlockId: 'b' })
    const startDate = iso(phoenix.clock.now() + hour / 2)
    await command(phoenix, first.id, 'reschedule', { startDate, userId: 'u' })
    await phoenix.call('PATCH', `/api/v1/appointments/${first.id}`, { body: { title: 'y' } })
    phoenix.clock.advance(hour)
    await command(phoenix, first.id, 'complete')
    await phoenix.call('DELETE', `/api/v1/appointments/${first.id}`)
    const second = await scheduled(phoenix)
    await command(phoenix, second.id, 'cancel', {
      cancelationReason: 'OTHER',
      cancelationExplanation: 'z',
      canceledBy: 'ADMIN',
    })
    await receiver.arrived(7)
    const seen = new Map(receiver.deliveries.map(({ body }) => [(body as EventEnvelope).eventName, body]))
    expect([...seen.keys()].sort()).toEqual([...sessionEventNames].sort())
    for (const { item, path } of triggers) {
      expect(schemaCheck(contentOf(item))(seen.get(path.replace('/subscriptions/', '')))).toEqual([])
    }
    await receiver.close()
    await phoenix.close()
  })
})

describe('the document', () => {
  test('has each operation once, and names what the service sends', () => {
    const ids = operationsOf(openapi).map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(Object.keys(openapi.webhooks ?? {})).toEqual([...sessionEventNames])
  })

  test('is served, and readable', async () => {
    const phoenix = await startTestService(phoenixService)
    const served = (await phoenix.app.inject('/openapi.json')).json() as OpenApi
    expect(Object.keys(served.paths)).toEqual(expect.arrayContaining(Object.keys(openapi.paths)))
    expect((await phoenix.app.inject('/docs')).body).toContain('ScheduleSession')
    const { body } = await phoenix.call<{ data: Json[] }>('GET', '/api/v1/appointments')
    const titles = body.data.map(({ title }) => title)
    expect(titles).toContain('プレゼンテーションの練習')
    expect(titles).toContain('Смена профессии: первые шаги')
    await phoenix.call('POST', '/local/seed')
    expect((await phoenix.call<{ data: Json[] }>('GET', '/api/v1/appointments')).body.data).toEqual(body.data)
    await phoenix.close()
  })

  test('needs a key for everything below /api', async () => {
    const phoenix = await startPhoenix()
    const operations = operationsOf(openapi)
    for (const { method, path } of operations) {
      const url = path.replaceAll(/\{[^}]+\}/g, 'x')
      expect((await phoenix.call(method.toUpperCase(), url, { key: null })).status).toBe(401)
    }
    await phoenix.close()
  })

  test('a key may call 100 times in a minute', async () => {
    const phoenix = await startTestService(phoenixService, {
      data: 'none',
      throttle: { calls: 100, seconds: 60 },
    })
    const call = () => phoenix.call('GET', '/api/v1/event-types')
    for (let n = 0; n < 100; n++) expect((await call()).status).toBe(200)
    const refused = await call()
    expect([refused.status, Number(refused.headers['retry-after']) > 0]).toEqual([429, true])
    await phoenix.close()
  })
})
