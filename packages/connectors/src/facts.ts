import type { ConnectorFacts } from '@flowstead/definition'
import { type ConnectorLibrary, findOperation } from './library/library.ts'

/** What a library tells the validation of flows; a connector that cannot be read counts as unknown. */
export function connectorFacts(library: ConnectorLibrary): ConnectorFacts {
  return {
    operation(api, operationId) {
      const found = library.find(api)
      if (found.status !== 'found') return 'unknown-connector'
      return findOperation(found.connector, operationId) === undefined ? 'unknown-operation' : 'known'
    },
  }
}
