import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { correctedSchema } from '../corrected-schema.ts'
import { envelopeCheck, eventInspector } from '../inspect-event.ts'
import { schemaCheck } from '../violations.ts'
import { originalSchema } from './original-schema.ts'
import { publishedExample } from './published-example.ts'
import { sessionEvent, sessionEvents } from './session-events.ts'

const contract = (name: string) =>
  JSON.parse(
    readFileSync(
      new URL(
        `../../../../conformance/contracts/phoenix.VCSessionScheduledEvent.${name}.json`,
        import.meta.url,
      ),
      'utf8',
    ),
  ) as Record<string, unknown>

const entityOf = (schema: unknown) => {
  const { appointment } = (schema as { properties: { appointment: Record<string, unknown> } }).properties
  return appointment as { properties: Record<string, unknown>; required: string[] }
}
const constantsIn = (value: unknown): number =>
  typeof value !== 'object' || value === null
    ? 0
    : Object.entries(value).reduce(
        (sum, [name, inner]) => sum + (name === 'const' ? 1 : constantsIn(inner)),
        0,
      )

describe('the published event', () => {
  const [example, schema] = [contract('example'), contract('schema')]

  test('is kept word for word: 12 members, 5 of eventData, 17 of the appointment', () => {
    expect(JSON.stringify(publishedExample)).toBe(JSON.stringify(example))
    const { appointment } = publishedExample.eventData
    const counts = [publishedExample, publishedExample.eventData, appointment as object].map(
      (object) => Object.keys(object).length,
    )
    console.info(`Phoenix: ${counts.join(' + ')} members of the example`)
    expect(counts).toEqual([12, 5, 17])
  })

  test('has its schema word for word: 23 properties, 13 required, 22 constants', () => {
    expect(JSON.stringify(originalSchema)).toBe(JSON.stringify(schema))
    const { properties, required } = entityOf(originalSchema)
    console.info(`Phoenix: ${Object.keys(properties).length} properties of the entity`)
    expect([Object.keys(properties).length, required.length, constantsIn(schema)]).toEqual([23, 13, 22])
  })

  test('fits the corrected schema; the original’s violations and the odd clock are warnings', () => {
    const type = sessionEvent('VCSessionScheduledEvent')
    if (type === undefined) throw new Error('no such event')
    expect(envelopeCheck()(publishedExample)).toEqual([])
    const { problems, warnings } = eventInspector(type)(publishedExample)
    expect(problems).toEqual([])
    expect(warnings.map(({ path, rule }) => [rule, path])).toEqual([
      ['clock', 'eventData.appointment.createdAt'],
      ['original.required', 'eventData.appointment.coach'],
      ['original.required', 'eventData.appointment.talent'],
      ['original.required', 'eventData.appointment.updateDetailsIds'],
    ])
  })

  test('is corrected in these ways and no others', () => {
    const corrected = sessionEvents[0]?.schema as Record<string, unknown>
    const entity = (corrected.definitions as Record<string, Record<string, unknown>>).AppointmentEntity
    expect(corrected).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: 'https://flowstead.dev/schemas/phoenix/v1/VCSessionScheduledEvent.json',
      properties: { appointment: { $ref: '#/definitions/AppointmentEntity' } },
      required: ['appointment'],
    })
    const { $id: _, ...published } = entityOf(originalSchema) as unknown as Record<string, unknown>
    const undone = JSON.parse(JSON.stringify(entity).replaceAll('"date-time"', '"datetime"')) as Record<
      string,
      unknown
    >
    const optional = ['coach', 'talent', 'updateDetailsIds']
    expect(undone).toEqual({
      ...published,
      required: (published.required as string[]).filter((name) => !optional.includes(name)),
    })
  })
})

describe('the six events', () => {
  test.each(sessionEvents.map((type) => [type.name, type] as const))('the example of %s fits', (_, type) => {
    const { problems, warnings } = eventInspector(type)(type.example)
    expect([problems, warnings.filter(({ rule }) => rule === 'event')]).toEqual([[], []])
    expect(envelopeCheck()(type.example)).toEqual([])
    expect(type.example.eventName).toBe(type.name)
  })

  test('have different schema ids and example keys', () => {
    expect(new Set(sessionEvents.map(({ schema }) => schema.$id)).size).toBe(6)
    expect(new Set(sessionEvents.map(({ example }) => example.keyId)).size).toBe(6)
  })

  test.each(sessionEvents.map((type) => [type.name, type] as const))(
    '%s warns when another’s appointment stands in it',
    (_, type) => {
      const odd = { status: 'CANCELED', cancelationReason: null, deletedAt: '2023-07-10T07:00:00Z' }
      const { keyId } = type.example
      const appointment = {
        ...(type.example.eventData.appointment as object),
        ...odd,
        ...(type.name === 'VCSessionDeletedEvent' ? { deletedAt: null } : {}),
      }
      const event = { ...type.example, eventData: { ...type.example.eventData, keyId, appointment } }
      const { problems, warnings } = eventInspector(type)(event)
      expect(problems).toEqual([])
      expect(warnings.map(({ rule }) => rule)).toContain('event')
    },
  )
})

describe('an event', () => {
  const inspect = (change: (event: Record<string, unknown>) => void) => {
    const event = structuredClone(publishedExample) as unknown as Record<string, unknown>
    change(event)
    return eventInspector(sessionEvents[0] as (typeof sessionEvents)[0])(event as never)
  }
  const appointmentOf = (event: Record<string, unknown>) =>
    (event.eventData as { appointment: Record<string, unknown> }).appointment

  test('with a wrong member has problems that name it', () => {
    const { problems } = inspect((event) => {
      Object.assign(appointmentOf(event), { status: 'LATE', title: 5, startDate: 'tomorrow' })
      delete appointmentOf(event).coachId
    })
    expect(problems.map(({ path, rule }) => [path, rule]).sort()).toEqual([
      ['eventData.appointment.coachId', 'required'],
      ['eventData.appointment.startDate', 'anyOf'],
      ['eventData.appointment.status', 'anyOf'],
      ['eventData.appointment.title', 'type'],
    ])
    expect(problems.find(({ path }) => path.endsWith('status'))?.message).toContain('CANCELED, DONE, PLANNED')
  })

  test('whose members contradict each other is kept with warnings', () => {
    const { problems, warnings } = inspect((event) => {
      Object.assign(event, { keyId: 'f2c3a1aa-0000-4000-8000-000000000000', talentId: 'other', version: 2 })
    })
    expect(problems).toEqual([])
    expect(warnings.filter(({ rule }) => rule === 'contradiction').map(({ path }) => path)).toEqual([
      'eventData.keyId',
      'eventData.version',
      'eventData.appointment.talentId',
    ])
  })

  test('may carry hostile member names', () => {
    const hostile = JSON.parse('{"__proto__":{"a":1},"constructor":1,"\\ud800":2,"a/b~c%":3}') as object
    const { problems } = inspect((event) => {
      Object.assign(event, { eventData: { ...(event.eventData as object), ...hostile } })
    })
    expect(problems).toEqual([])
    expect(envelopeCheck()({ ...publishedExample, ...hostile }).length).toBeGreaterThan(0)
  })

  test('that is no object at all is told so', () => {
    for (const value of [null, 5, 'x', [], {}]) expect(envelopeCheck()(value).length).toBeGreaterThan(0)
  })
})

test('correcting and checking leave the given schema as it was', () => {
  const before = JSON.stringify(originalSchema)
  schemaCheck(originalSchema)({})
  correctedSchema(originalSchema, { id: 'https://a.example/b', optional: [] })
  expect(JSON.stringify(originalSchema)).toBe(before)
})
