export { openapi } from './openapi.ts'
export { autoreviewService } from './service.ts'
