export type { AddressGuard } from './address-guard.ts'
export { createAddressGuard } from './address-guard.ts'
export type { Located, OutboundFailure } from './failure.ts'
export type { Resolve } from './guarded-lookup.ts'
export type { HeaderList } from './headers.ts'
export { headerOf } from './headers.ts'
export type {
  Outbound,
  OutboundOptions,
  OutboundRequest,
  OutboundResponse,
  OutboundResult,
} from './outbound.ts'
export { createOutbound } from './outbound.ts'
export type { CheckedUrl } from './url-guard.ts'
export { checkUrl } from './url-guard.ts'
