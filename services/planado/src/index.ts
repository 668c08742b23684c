export { type EventType, eventTypes } from './changes.ts'
export { document as openapi } from './document.ts'
export { seed } from './seeds.ts'
export { planadoService } from './service.ts'
