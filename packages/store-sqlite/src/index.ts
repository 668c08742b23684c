export type { ConnectionTable, StoredConnection } from './connection-table.ts'
export type {
  EventChange,
  EventFilter,
  EventTable,
  NewEvent,
  StoredEvent,
  StoredEventStatus,
} from './event-table.ts'
export type { FlowImport, FlowState, FlowTable, StoredFlow, StoredFlowVersion } from './flow-table.ts'
export type { SqliteStore, StoreOptions } from './open-store.ts'
export { openStore } from './open-store.ts'
export type { StoredSubscription, SubscriptionState, SubscriptionTable } from './subscription-table.ts'
export type { Vault } from './vault.ts'
export { createVault, vaultErrors } from './vault.ts'
