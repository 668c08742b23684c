/** No usable answer; `message` names neither credentials nor the query. */
export interface OutboundFailure {
  readonly answered: false
  readonly code:
    | 'Outbound.Refused'
    | 'Outbound.Timeout'
    | 'Outbound.Unreachable'
    | 'Outbound.TooLarge'
    | 'Outbound.Aborted'
  readonly message: string
}

/** An address that may be connected to. */
export type Located = { readonly answered: true; readonly address: string } | OutboundFailure

/** The failure of a code. */
export function failure(code: OutboundFailure['code'], message: string): OutboundFailure {
  return { answered: false, code, message }
}
