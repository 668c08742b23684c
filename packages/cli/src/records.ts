/** What the server's HTTP API answers, as far as the command reads it. Times are ISO 8601. */

export interface ProblemRecord {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly file: string
  readonly pointer: string
  readonly line?: number
  readonly column?: number
  readonly hint?: string
}

export interface TriggerSummary {
  readonly name: string
  readonly type: string
  readonly kind?: string
  /** What starts the flow, for people. */
  readonly title: string
  readonly url?: string
  readonly next?: string
}

export interface FlowSummary {
  readonly id: string
  readonly name: string
  readonly state: 'on' | 'off'
  readonly dialect: string
  readonly format: string
  readonly file: string
  readonly version: string
  readonly triggers: readonly TriggerSummary[]
  readonly problems: readonly ProblemRecord[]
}

export interface FlowRecord extends FlowSummary {
  readonly definition: Readonly<Record<string, unknown>>
}

export interface ErrorRecord {
  readonly code: string
  readonly message: string
}

export interface ActionRecord {
  readonly status: string
  readonly code?: string
  readonly error?: ErrorRecord
  readonly startTime?: string
  readonly endTime?: string
  readonly inputs?: unknown
  readonly outputs?: unknown
  readonly retryHistory?: readonly unknown[]
  readonly repetitionCount?: number
  readonly iterationCount?: number
}

/** Lists give the name alone. */
export interface TriggerRunRecord extends Partial<ActionRecord> {
  readonly name: string
}

export interface RunRecord {
  readonly id: string
  readonly name: string
  readonly properties: {
    readonly startTime: string
    readonly endTime?: string
    readonly status: string
    readonly code?: string
    readonly error?: ErrorRecord
    readonly workflow: { readonly id: string; readonly name: string; readonly version?: string }
    readonly trigger: TriggerRunRecord
    /** The event of the log that started the run. */
    readonly event?: { readonly id: number; readonly eventName: string; readonly keyId: string }
    readonly actions?: Readonly<Record<string, ActionRecord>>
  }
}

/** An event that reached a trigger: the envelope, and what it did. `eventData` is left out in lists. */
export interface EventRecord {
  readonly id: number
  readonly createdAt: string
  readonly updatedAt: string
  readonly eventName: string
  readonly keyId: string
  readonly eventData?: unknown
  readonly status: string
  readonly publisherNodeId: string
  readonly processorNodeId: string | null
  readonly version: number
  readonly flow: { readonly id: string; readonly name: string; readonly trigger: string }
  readonly runs: readonly string[]
  readonly deliveries: number
  readonly replayOf: number | null
  readonly error: ErrorRecord | null
}

export interface ReplayedRecord extends StartedRecord {
  readonly event: EventRecord
}

/** `run` is null when the trigger was skipped, for `reason`. */
export interface StartedRecord {
  readonly run: string | null
  readonly reason?: string
}

export interface ImportRecord {
  readonly imported: boolean
  readonly flows: readonly {
    readonly id: string
    readonly name: string
    readonly trigger: string
    readonly actions: number
    readonly state: 'on' | 'off'
    readonly isNew: boolean
  }[]
  readonly connectors: {
    readonly found: readonly { readonly api: string; readonly folder: string; readonly operations: unknown }[]
    readonly missing: readonly { readonly api: string; readonly operations: unknown }[]
  }
  readonly connections: readonly { readonly key: string; readonly api: string; readonly status: string }[]
  readonly unsupported: readonly { readonly type: string; readonly count: number }[]
  readonly actions: { readonly total: number; readonly supported: number }
  readonly problems: readonly ProblemRecord[]
}

export interface ConnectionRecord {
  readonly key: string
  readonly connector: string
  readonly target: string
  readonly status: 'ready' | 'incomplete'
  readonly missing: readonly string[]
}

export interface ServiceRecord {
  readonly name: string
  readonly title: string
  readonly url: string
  readonly running: boolean
}

export interface ConnectorRecord {
  readonly name: string
  readonly title: string
  readonly folder: string
  readonly operations: number
  readonly triggers: number
  readonly problems: readonly ProblemRecord[]
}

/** A list as every collection of the API answers it. */
export interface ListOf<Item> {
  readonly schema: string
  readonly value: readonly Item[]
}

/** Statuses a run does not leave any more. */
export const finalStatuses: ReadonlySet<string> = new Set(['Succeeded', 'Failed', 'TimedOut', 'Cancelled'])
