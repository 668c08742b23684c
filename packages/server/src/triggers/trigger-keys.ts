import { randomBytes } from 'node:crypto'
import type { Vault } from '@flowstead/store-sqlite'

/** The signing keys of flows: 32 random bytes each, kept in the vault, made when first needed. */
export function createTriggerKeys(vault: Vault): (flowId: string) => Buffer {
  const opened = new Map<string, Buffer>()
  return (flowId) => {
    const known = opened.get(flowId)
    if (known) return known
    const id = `trigger-key/${flowId}`
    if (!vault.has(id)) vault.seal(id, randomBytes(32).toString('base64'))
    const key = Buffer.from(vault.open(id), 'base64')
    opened.set(flowId, key)
    return key
  }
}
