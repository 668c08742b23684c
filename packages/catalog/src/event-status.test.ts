import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { envelopeSchema } from './envelope.ts'
import { eventStatuses, isSettled, type MoveName, mayBecome, moveEvent, moves } from './event-status.ts'
import { publishedExample } from './phoenix/published-example.ts'

const at = '2026-05-04T08:00:00.000Z'
const published = { ...publishedExample, status: 'PUBLISHED', processorNodeId: null } as const

describe('the life of an event', () => {
  test('goes from PUBLISHED over PROCESSING to ACKNOWLEDGED, and tells by whom', () => {
    const claimed = moveEvent(published, 'claim', { at, processorNodeId: 'node-2' })
    expect(claimed).toMatchObject({ status: 'PROCESSING', processorNodeId: 'node-2', updatedAt: at })
    const done = moveEvent(claimed, 'acknowledge', { at })
    expect(done).toMatchObject({ status: 'ACKNOWLEDGED', processorNodeId: 'node-2' })
    expect(Object.keys(done)).toEqual(Object.keys(publishedExample))
  })

  test('goes over FAILED back to PUBLISHED or to DEAD_LETTERED', () => {
    const failed = moveEvent(moveEvent(published, 'claim', { at, processorNodeId: 'n' }), 'fail', { at })
    expect(moveEvent(failed, 'retry', { at })).toMatchObject({ status: 'PUBLISHED', processorNodeId: null })
    expect(moveEvent(failed, 'giveUp', { at })).toMatchObject({
      status: 'DEAD_LETTERED',
      processorNodeId: 'n',
    })
  })

  test('has exactly these steps', () => {
    const steps = eventStatuses.flatMap((from) =>
      eventStatuses.filter((to) => mayBecome(from, to)).map((to) => `${from} ${to}`),
    )
    expect(steps).toEqual([
      'PUBLISHED PROCESSING',
      'PROCESSING PUBLISHED',
      'PROCESSING ACKNOWLEDGED',
      'PROCESSING FAILED',
      'ACKNOWLEDGED PUBLISHED',
      'FAILED PUBLISHED',
      'FAILED DEAD_LETTERED',
      'DEAD_LETTERED PUBLISHED',
    ])
  })

  test('takes any moves in any order: each is legal or refused, and only a replay leaves the end', () => {
    const names = Object.keys(moves) as MoveName[]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names)), (order) => {
        let event: typeof publishedExample = published
        for (const name of order) {
          const before = event.status
          try {
            event = moveEvent(event, name, { at, processorNodeId: 'n' })
            expect(mayBecome(before, event.status)).toBe(true)
            if (isSettled(before)) expect(name).toBe('replay')
          } catch (error) {
            expect(error).toMatchObject({ code: 'Catalog.IllegalMove' })
          }
          const isHeld = event.status !== 'PUBLISHED'
          expect(event.processorNodeId !== null).toBe(isHeld)
        }
      }),
    )
  })

  test('has the states that the envelope’s schema lists', () => {
    const { status } = envelopeSchema.properties as { status: { enum: string[] } }
    expect(status.enum).toEqual([...eventStatuses])
  })
})
