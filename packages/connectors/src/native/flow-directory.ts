import type { Flow } from '@flowstead/definition'

/** The flows of the server that a host runs in, for operations that read them. The server implements it. */
export interface FlowDirectory {
  /** In the order of their names. */
  list(): readonly KeptFlow[]
  /** By id, whatever its letter case. */
  find(id: string): KeptFlow | undefined
}

/** A flow with what the server knows beside its definition. */
export interface KeptFlow {
  readonly flow: Flow
  readonly state: 'on' | 'off'
  /** When the flow came; ms since the epoch. */
  readonly createdAt: number
  /** When it took its present version; ms since the epoch. */
  readonly modifiedAt: number
}
