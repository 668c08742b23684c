import { afterAll, beforeAll } from 'vitest'
import { bookingChanges } from './booking-changes.testing.ts'
import { lateCancellation } from './late-cancellation.testing.ts'
import { type SampleServer, startSamples } from './sample-server.testing.ts'
import { scannedCard } from './scanned-card.testing.ts'

const examples = ['booking-confirmation', 'booking-changes', 'scanned-card', 'late-cancellation']

let running: SampleServer
beforeAll(async () => {
  running = await startSamples(examples, ['vome', 'hotprofile', 'phoenix', 'mail'])
}, 30_000)
afterAll(() => running.close())

const samples = () => running
bookingChanges(samples)
scannedCard(samples)
lateCancellation(samples)
