export { openapi } from './openapi/document.ts'
export { sampleId, seed } from './seeds.ts'
export { phoenixService } from './service.ts'
