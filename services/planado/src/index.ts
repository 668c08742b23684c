export { type EventType, eventTypes } from './changes.ts'
export { openapi } from './openapi.ts'
export { seed } from './seeds.ts'
export { planadoService } from './service.ts'
