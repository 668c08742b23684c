import { type ObjectValue, parseJson, printJson } from '@flowstead/expressions'
import type { Database } from '@flowstead/sqlite'

/** A connection without its secrets: those lie in the vault under `vaultId`. */
export interface StoredConnection {
  readonly id: string
  readonly connector: string
  readonly owner: string
  /** `real`, `local:<service>`, `mock`. */
  readonly target: string
  readonly parameters: ObjectValue
  readonly vaultId: string | null
  /** ms since the epoch. */
  readonly createdAt: number
}

export interface ConnectionTable {
  /** Adds the connection, or replaces the one with this id. */
  save(connection: StoredConnection): void
  get(id: string): StoredConnection | undefined
  list(): StoredConnection[]
  remove(id: string): void
}

type ConnectionRow = Omit<StoredConnection, 'parameters'> & { readonly parameters: string }

const columns = 'id, connector, owner, target, parameters, vault_id AS vaultId, created_at AS createdAt'

export function connectionTable(db: Database): ConnectionTable {
  const upsert = db.prepare(
    `INSERT INTO connection (id, connector, owner, target, parameters, vault_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET connector = excluded.connector, owner = excluded.owner, target = excluded.target,
       parameters = excluded.parameters, vault_id = excluded.vault_id`,
  )
  const selectOne = db.prepare<ConnectionRow>(`SELECT ${columns} FROM connection WHERE id = ?`)
  const selectAll = db.prepare<ConnectionRow>(`SELECT ${columns} FROM connection ORDER BY id`)
  const deleteOne = db.prepare('DELETE FROM connection WHERE id = ?')
  const read = (row: ConnectionRow): StoredConnection => ({
    ...row,
    parameters: parseJson(row.parameters) as ObjectValue,
  })
  return {
    save({ id, connector, owner, target, parameters, vaultId, createdAt }) {
      upsert.run(id, connector, owner, target, printJson(parameters), vaultId, createdAt)
    },
    get(id) {
      const row = selectOne.get(id)
      return row === undefined ? undefined : read(row)
    },
    list: () => selectAll.all().map(read),
    remove: (id) => {
      deleteOne.run(id)
    },
  }
}
