export { hotprofileErrors } from './errors.ts'
export { openapi } from './openapi.ts'
export { seed } from './seeds.ts'
export { hotprofileService } from './service.ts'
