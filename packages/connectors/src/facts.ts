import { type ConnectorLibrary, findOperation } from './library/library.ts'

/** What the validation of flows asks about connectors; it matches the interface of `definition`. */
export interface Facts {
  operation(api: string, operationId: string): 'known' | 'unknown-operation' | 'unknown-connector'
}

/** Answers from a library; a connector that cannot be read counts as unknown. */
export function connectorFacts(library: ConnectorLibrary): Facts {
  return {
    operation(api, operationId) {
      const found = library.find(api)
      if (found.status !== 'found') return 'unknown-connector'
      return findOperation(found.connector, operationId) === undefined ? 'unknown-operation' : 'known'
    },
  }
}
