import { afterAll, beforeAll } from 'vitest'
import { bookingChanges } from './booking-changes.testing.ts'
import { equipmentHandout } from './equipment-handout.testing.ts'
import { finishedJob } from './finished-job.testing.ts'
import { lateCancellation } from './late-cancellation.testing.ts'
import { type SampleServer, startSamples } from './sample-server.testing.ts'
import { scannedCard } from './scanned-card.testing.ts'

const examples = [
  'booking-confirmation',
  'booking-changes',
  'scanned-card',
  'equipment-handout',
  'finished-job',
  'late-cancellation',
]

let running: SampleServer
beforeAll(async () => {
  running = await startSamples(examples, ['vome', 'hotprofile', 'planado', 'phoenix', 'mail'])
}, 30_000)
afterAll(() => running.close())

const samples = () => running
bookingChanges(samples)
scannedCard(samples)
equipmentHandout(samples)
finishedJob(samples)
lateCancellation(samples)
