export type { AddressGuard } from './address-guard.ts'
export { createAddressGuard } from './address-guard.ts'
export type { HeaderList } from './headers.ts'
export { headerOf } from './headers.ts'
export type {
  Located,
  Outbound,
  OutboundFailure,
  OutboundOptions,
  OutboundRequest,
  OutboundResponse,
  OutboundResult,
  Resolve,
} from './outbound.ts'
export { createOutbound } from './outbound.ts'
export type { CheckedUrl } from './url-guard.ts'
export { checkUrl } from './url-guard.ts'
