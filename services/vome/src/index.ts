export { events, type VomeEvent } from './events.ts'
export { openapi } from './openapi.ts'
export { sampleId, seed } from './seeds.ts'
export { vomeService } from './service.ts'
