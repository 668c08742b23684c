export { openapi } from './openapi.ts'
export { mailErrors, mailService } from './service.ts'
