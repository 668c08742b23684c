import type { ConnectorFacts } from '@flowstead/definition'
import type { Connector } from './library/connector.ts'
import { isTrueAt } from './library/json.ts'
import { type ConnectorLibrary, findOperation } from './library/library.ts'

/** What a library tells the validation of flows; a connector that cannot be read counts as unknown. */
export function connectorFacts(library: ConnectorLibrary): ConnectorFacts {
  return {
    operation(api, operationId) {
      const found = library.find(api)
      if (found.status !== 'found') return 'unknown-connector'
      if (findOperation(found.connector, operationId) !== undefined) return 'known'
      return isPartial(found.connector) ? 'operation-not-here' : 'unknown-operation'
    },
  }
}

/** Whether a definition says of itself (`x-flowstead-partial`) that it has only some of the connector's operations. */
export function isPartial({ document }: Connector): boolean {
  return isTrueAt(document, 'x-flowstead-partial')
}
