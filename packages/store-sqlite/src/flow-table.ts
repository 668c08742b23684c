import type { Database } from '@flowstead/sqlite'

export type FlowState = 'on' | 'off'

/** A flow as it stands: the version that new runs take. */
export interface StoredFlow {
  readonly id: string
  readonly name: string
  /** Content hash of the version that new runs take. */
  readonly version: string
  readonly state: FlowState
  /** ms since the epoch. */
  readonly importedAt: number
}

/** One version of a flow, kept for ever: a run ends on the version it began with. */
export interface StoredFlowVersion {
  readonly flowId: string
  readonly version: string
  readonly format: string
  readonly file: string
  /** The text of the file, from which the flow is read again. */
  readonly text: string
  readonly importedAt: number
}

export interface FlowImport extends Omit<StoredFlowVersion, 'flowId'> {
  readonly id: string
  readonly name: string
}

/** Imported flows and all their versions. */
export interface FlowTable {
  /** Stores all or none. A new flow is off; a known one keeps its state and takes the new version. */
  importAll(flows: readonly FlowImport[]): void
  list(): StoredFlow[]
  get(id: string): StoredFlow | undefined
  /** The text of a version; any flow that has it, when `flowId` is left out. */
  version(version: string, flowId?: string): StoredFlowVersion | undefined
  /** Versions of a flow, newest import first. */
  versions(flowId: string): StoredFlowVersion[]
  setState(id: string, state: FlowState): void
}

const flowColumns = 'id, name, version, state, imported_at AS importedAt'
const versionColumns = 'flow_id AS flowId, version, format, file, text, imported_at AS importedAt'

export function flowTable(db: Database): FlowTable {
  const upsertFlow = db.prepare(
    `INSERT INTO flow (id, name, version, state, imported_at) VALUES (?, ?, ?, 'off', ?)
     ON CONFLICT DO UPDATE SET name = excluded.name, version = excluded.version, imported_at = excluded.imported_at`,
  )
  const upsertVersion = db.prepare(
    `INSERT INTO flow_version (flow_id, version, format, file, text, imported_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET format = excluded.format, file = excluded.file, text = excluded.text,
       imported_at = excluded.imported_at`,
  )
  const selectAll = db.prepare<StoredFlow>(`SELECT ${flowColumns} FROM flow ORDER BY name, id`)
  const selectOne = db.prepare<StoredFlow>(`SELECT ${flowColumns} FROM flow WHERE id = ?`)
  const selectVersion = db.prepare<StoredFlowVersion>(
    `SELECT ${versionColumns} FROM flow_version WHERE version = ? AND flow_id = ifnull(?, flow_id) LIMIT 1`,
  )
  const selectVersions = db.prepare<StoredFlowVersion>(
    `SELECT ${versionColumns} FROM flow_version WHERE flow_id = ? ORDER BY imported_at DESC, version`,
  )
  const updateState = db.prepare('UPDATE flow SET state = ? WHERE id = ?')
  return {
    importAll: (flows) =>
      db.transaction(() => {
        for (const { id, name, version, format, file, text, importedAt } of flows) {
          upsertVersion.run(id, version, format, file, text, importedAt)
          upsertFlow.run(id, name, version, importedAt)
        }
      }),
    list: () => selectAll.all(),
    get: (id) => selectOne.get(id),
    version: (version, flowId) => selectVersion.get(version, flowId ?? null),
    versions: (flowId) => selectVersions.all(flowId),
    setState: (id, state) => {
      updateState.run(state, id)
    },
  }
}
