import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SampleServer, startSamples } from './sample-server.testing.ts'

describe('the same volunteer booking twenty times at once', () => {
  let samples: SampleServer
  beforeAll(async () => {
    samples = await startSamples(['booking-confirmation'], ['vome', 'hotprofile', 'mail'])
  }, 30_000)
  afterAll(() => samples.close())

  test('ends with one client and twenty leads, because the trigger lets one run at a time', {
    timeout: 60_000,
  }, async () => {
    const [opportunity] = (await samples.vome('/opportunities')).data
    const shifts = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        samples.vome('/shifts', {
          opportunity_id: opportunity.id,
          shift_title: `Shift ${n}`,
          shift_start_at: `2099-01-${String(n + 1).padStart(2, '0')}T08:00:00Z`,
          shift_end_at: `2099-01-${String(n + 1).padStart(2, '0')}T12:00:00Z`,
          spots: 3,
        }),
      ),
    )
    const profile = await samples.vome('/profiles', {
      first_name: 'Twenty',
      last_name: 'Times',
      email: 'twenty.times@example.org',
    })
    await Promise.all(
      shifts.map(({ id }) => samples.vome('/bookings', { profile_id: profile.id, shift_id: id })),
    )
    const runs = await samples.runs('Booking confirmation', 20)

    expect(runs.map(({ status }) => status)).toEqual(Array(20).fill('Succeeded'))
    const clients = await samples.records('clients', { 'search[name]': 'Twenty Times' })
    expect(clients.filter(({ name }) => name === 'Twenty Times')).toHaveLength(1)
    const leads = await samples.records('leads', { 'search[client_id]': String(clients[0]?.id) })
    expect(leads).toHaveLength(20)
  })
})
