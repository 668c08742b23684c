import { type EventEnvelope, isSettled, mayBecome } from '@flowstead/catalog'
import type { TestService } from '@flowstead/service-kit/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventsOf, scheduled, startPhoenix } from '../phoenix.testing.ts'

interface Step {
  readonly name: 'schedule' | 'claim' | 'acknowledge' | 'fail' | 'renew' | 'replay' | 'wait'
  readonly which: number
  readonly node: number
  readonly seconds: number
}

const names = ['schedule', 'claim', 'acknowledge', 'fail', 'renew', 'replay', 'wait'] as const
const step: fc.Arbitrary<Step> = fc.record({
  name: fc.constantFrom(...names),
  which: fc.nat(4),
  node: fc.nat(1),
  seconds: fc.constantFrom(1, 30, 61, 4000),
})

async function claim(phoenix: TestService, { node, which }: Step, before: readonly EventEnvelope[]) {
  const body = { processorNodeId: `node-${node}`, limit: which + 1 }
  const answer = await phoenix.call<{ data: EventEnvelope[] }>('POST', '/api/v1/events/claim', { body })
  for (const { id, talentId } of answer.body.data) {
    const earlier = before.filter((event) => event.talentId === talentId && event.id < id)
    expect(earlier.every(({ status }) => isSettled(status))).toBe(true)
  }
}

async function perform(phoenix: TestService, tried: Step, before: readonly EventEnvelope[]): Promise<void> {
  const { name, node, seconds, which } = tried
  if (name === 'schedule') await scheduled(phoenix, 48, { talentId: `talent-${which % 3}` })
  else if (name === 'wait') phoenix.clock.advance(seconds * 1000)
  else if (name === 'claim') await claim(phoenix, tried, before)
  else {
    const reason = name === 'fail' ? { reason: 'no' } : {}
    const body = name === 'replay' ? undefined : { processorNodeId: `node-${node}`, ...reason }
    const keyId = before[which]?.keyId ?? 'none'
    const { status } = await phoenix.call('POST', `/api/v1/events/${keyId}/${name}`, { body })
    expect([200, 202, 404, 409]).toContain(status)
  }
}

function checkMove(event: EventEnvelope, after: readonly EventEnvelope[]): void {
  const now = after.find(({ id }) => id === event.id)
  if (now === undefined) throw new Error('an event is gone')
  const isLegal = now.status === event.status || mayBecome(event.status, now.status)
  // The last failure and giving up are one commit.
  const wasGivenUp = event.status === 'PROCESSING' && now.status === 'DEAD_LETTERED'
  expect(isLegal || wasGivenUp).toBe(true)
  expect(now.processorNodeId === null).toBe(now.status === 'PUBLISHED')
  expect(now.eventData).toEqual(event.eventData)
}

test('whatever consumers do: legal moves only, one holder, order per talent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 70 }), async (steps) => {
      const phoenix = await startPhoenix()
      try {
        let before: EventEnvelope[] = []
        for (const tried of steps) {
          await perform(phoenix, tried, before)
          const after = await eventsOf(phoenix)
          for (const event of before) checkMove(event, after)
          before = after
        }
      } finally {
        await phoenix.close()
      }
    }),
    { numRuns: 4 },
  )
})
