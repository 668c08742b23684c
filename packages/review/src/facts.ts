/** What review asks about connectors; without an answer the rules that need one say nothing. */
export interface ReviewFacts {
  /** @param api name of the API, such as `shared_vome`. */
  connector(api: string): ConnectorRecord | undefined
  /** `undefined` when the connector or its operations are not known. */
  operation(api: string, operationId: string): OperationRecord | 'missing' | undefined
}

/** One connector, as its definition files tell it. */
export interface ConnectorRecord {
  readonly tier?: 'Standard' | 'Premium'
  /** Calls that one connection may make in so many seconds. */
  readonly throttle?: { readonly calls: number; readonly seconds: number }
}

/** One operation of a connector. */
export interface OperationRecord {
  readonly isDeprecated: boolean
  /** Keys as flows write them in `inputs.parameters`: `id`, `body/name`, `emailMessage/To`. */
  readonly parameters: readonly { readonly name: string; readonly isRequired: boolean }[]
  /** Whether the body takes members that the definition does not list. */
  readonly isOpen: boolean
}
