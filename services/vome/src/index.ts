export { openapi } from './openapi.ts'
export { sampleId, seed } from './samples/seeds.ts'
export { vomeService } from './service.ts'
export { events, type VomeEvent } from './webhooks/events.ts'
