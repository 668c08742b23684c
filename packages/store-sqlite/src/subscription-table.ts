import type { Database } from '@flowstead/sqlite'

/** `wanted` before the service was asked, `active` with its answer, `unwanted` until it was told to stop. */
export type SubscriptionState = 'wanted' | 'active' | 'unwanted'

/** A webhook trigger's registration at a service; at most one for a flow's trigger. */
export interface StoredSubscription {
  readonly flowId: string
  readonly triggerName: string
  readonly connectionId: string
  readonly callbackUrl: string
  /** Where it is deleted, from the service's answer. */
  readonly location: string | null
  readonly secretVaultId: string | null
  readonly state: SubscriptionState
  /** ms since the epoch. */
  readonly changedAt: number
}

export interface SubscriptionTable {
  /** Adds the subscription, or replaces the one of this flow's trigger. */
  save(subscription: StoredSubscription): void
  get(flowId: string, triggerName: string): StoredSubscription | undefined
  list(): StoredSubscription[]
  remove(flowId: string, triggerName: string): void
}

const columns = `flow_id AS flowId, trigger_name AS triggerName, connection_id AS connectionId,
  callback_url AS callbackUrl, location, secret_vault_id AS secretVaultId, state, changed_at AS changedAt`

export function subscriptionTable(db: Database): SubscriptionTable {
  const upsert = db.prepare(
    `INSERT OR REPLACE INTO subscription
     (flow_id, trigger_name, connection_id, callback_url, location, secret_vault_id, state, changed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const selectOne = db.prepare<StoredSubscription>(
    `SELECT ${columns} FROM subscription WHERE flow_id = ? AND trigger_name = ?`,
  )
  const selectAll = db.prepare<StoredSubscription>(
    `SELECT ${columns} FROM subscription ORDER BY flow_id, trigger_name`,
  )
  const deleteOne = db.prepare('DELETE FROM subscription WHERE flow_id = ? AND trigger_name = ?')
  return {
    save(one) {
      upsert.run(
        one.flowId,
        one.triggerName,
        one.connectionId,
        one.callbackUrl,
        one.location,
        one.secretVaultId,
        one.state,
        one.changedAt,
      )
    },
    get: (flowId, triggerName) => selectOne.get(flowId, triggerName),
    list: () => selectAll.all(),
    remove: (flowId, triggerName) => {
      deleteOne.run(flowId, triggerName)
    },
  }
}
