import type { ObjectValue, Value } from '@flowstead/expressions'

export type Dialect = 'PowerAutomate' | 'LogicApps'

/** The wrapper a flow was found in; `reference` names as people know them. */
export type FlowFormat =
  | 'solution'
  | 'clientdata'
  | 'legacy-package'
  | 'flow-resource'
  | 'workflow.json'
  | 'logicapp-resource'
  | 'arm-template'
  | 'bare'

/** One flow version, as its author wrote it, with the structure made explicit. */
export interface Flow {
  /** The workflow GUID when the source has one (lower case), else a slug of its path. */
  readonly id: string
  readonly name: string
  readonly dialect: Dialect
  readonly format: FlowFormat
  /** File, or `archive.zip!member`. */
  readonly file: string
  /** JSON pointer of the definition inside the file; where client data is kept as text, it goes on inside that text. */
  readonly definitionAt: string
  /** Content hash of the definition and its connection references, lower-case hex SHA-256. */
  readonly version: string
  /** The definition as written, with exact numbers; nothing is dropped. */
  readonly definition: ObjectValue
  /** The text of the file, decoded. */
  readonly text: string
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>
  readonly connectionReferences: ReadonlyMap<string, ConnectionReference>
  readonly triggers: readonly TriggerDefinition[]
  readonly root: BlockDefinition
  /** Every action at any depth by lower-cased name. */
  readonly actions: ReadonlyMap<string, ActionDefinition>
  readonly outputs: ObjectValue
  readonly staticResults: ObjectValue
  /** What has the wrong shape: it stands in the definition and is left out of the parts above. */
  readonly misshapen: readonly Misshape[]
}

/** Something of the wrong shape in a definition. */
export interface Misshape {
  readonly code: 'Definition.WrongShape' | 'Definition.UnknownStatus'
  readonly pointer: string
  readonly message: string
  readonly hint?: string
}

export interface ParameterDeclaration {
  readonly name: string
  /** Lower case: string, securestring, int, float, bool, array, object, secureobject. */
  readonly type: string
  /** The value the wrapper or the project gives, else the default of the definition. */
  readonly defaultValue: Value | undefined
}

/** The flow's symbolic name for a connection. */
export interface ConnectionReference {
  readonly key: string
  /** Last part of the API id, such as `shared_vome`. */
  readonly api: string
  readonly runtimeSource: 'embedded' | 'invoker'
  readonly logicalName: string | undefined
}

export interface TriggerDefinition {
  readonly name: string
  /** Canonical spelling (`Request`, `Recurrence`, `OpenApiConnectionWebhook` …); as written when unknown. */
  readonly type: string
  readonly kind: string | undefined
  readonly pointer: string
  readonly raw: ObjectValue
}

/** Actions that run under one owner: the root, a scope, a branch, a case, the body of a loop. */
export interface BlockDefinition {
  /** `actions`, `else`, `default`, `case:<name>`, `tool:<name>`. */
  readonly key: string
  readonly pointer: string
  readonly actions: readonly ActionDefinition[]
}

export interface ActionDefinition {
  readonly name: string
  /** Canonical spelling of a known type; as written when unknown. */
  readonly type: string
  readonly isKnownType: boolean
  readonly kind: string | undefined
  /** JSON pointer of the action inside the file. */
  readonly pointer: string
  readonly raw: ObjectValue
  readonly inputs: Value | undefined
  readonly runAfter: readonly RunAfter[]
  /**
   * Scope, Foreach, Until: `actions`. If: `actions`, `else`. Switch: `case:…` in order, `default`. All of these are
   * there even when the file leaves them out. Agent: `tool:…`. Empty for leaves.
   */
  readonly blocks: readonly BlockDefinition[]
  /** Lower-cased parts of `operationOptions`. */
  readonly operationOptions: ReadonlySet<string>
}

/** An edge: `action` of the same block (or the trigger) and the statuses that let the successor run. */
export interface RunAfter {
  readonly action: string
  /** Canonical spelling; empty accepts any final status. */
  readonly statuses: readonly string[]
}

export type Severity = 'error' | 'warning'

/** Something wrong with a file: nothing is thrown on user data. */
export interface Problem {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly file: string
  /** JSON pointer into the file; '' is the whole file. */
  readonly pointer: string
  /** 1-based; absent when the place has no line (an archive member that is missing, say). */
  readonly line?: number
  readonly column?: number
  readonly hint?: string
}
