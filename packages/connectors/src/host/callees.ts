import { quoted } from '@flowstead/errors'
import type { ObjectValue } from '@flowstead/expressions'
import { connectorError } from '../codes.ts'
import type { Connection, Connections } from '../connection.ts'
import type { Connector } from '../library/connector.ts'
import { member, objectAt, textAt } from '../library/json.ts'
import type { ConnectorLibrary } from '../library/library.ts'
import type { CallContext } from './host.ts'

/** Who an action means. */
export interface FoundCallee {
  readonly connector: Connector
  readonly connection: Connection
  /** Absent in the written-out spelling, where the path tells. */
  readonly operationId: string | undefined
}

/** Finds connector and connection in the `host` of an action's inputs, in any of the three spellings. */
export interface Callees {
  /** @throws `Connector.Missing`, `Connector.Broken`, `Connector.ConnectionMissing` */
  find(inputs: ObjectValue, context: Pick<CallContext, 'flowId' | 'flowVersion'>): Promise<FoundCallee>
}

/** Looks in a library and asks for connections. */
export function createCallees(library: ConnectorLibrary, connections: Connections): Callees {
  return {
    async find(inputs, { flowId, flowVersion }) {
      const host = objectAt(inputs, 'host')
      const api = apiOf(host)
      // A missing connector is named before anybody is sent to create a connection for it.
      if (api !== undefined) openConnector(library, api)
      const key = connectionKey(host)
      const answer = await connections.resolve({ flowId, flowVersion, api, key })
      if (answer.connection === undefined) {
        const { message, hint } = answer.failure
        throw connectorError('Connector.ConnectionMissing', message, hint === undefined ? {} : { hint })
      }
      const { connection } = answer
      const connector = openConnector(library, api ?? connection.connector)
      return { connector, connection, operationId: textAt(host, 'operationId') }
    },
  }
}

function openConnector(library: ConnectorLibrary, api: string): Connector {
  const found = library.find(api)
  if (found.status === 'found') return found.connector
  if (found.status === 'broken') throw connectorError('Connector.Broken', found.problem.message)
  throw connectorError('Connector.Missing', `There is no connector for ${quoted(api)}.`, {
    hint: 'Put its folder into the project\'s "connectors", or name the folder in flowstead.json.',
  })
}

/** `shared_x` of `apiId`, of `api.name`, or of the run-time URL of old flows. */
function apiOf(host: ObjectValue): string | undefined {
  const api = objectAt(host, 'api')
  const text = textAt(host, 'apiId') ?? textAt(api, 'name') ?? textAt(api, 'runtimeUrl')
  const last = text
    ?.replace(/[/?#]+$/, '')
    .split('/')
    .at(-1)
  return last === '' ? undefined : last
}

function connectionKey(host: ObjectValue): string | undefined {
  const connection = member(host, 'connection')
  const text =
    textAt(host, 'connectionName') ??
    textAt(connection, 'referenceName') ??
    textAt(connection, 'name') ??
    textAt(connection, 'connectionReferenceLogicalName') ??
    (typeof connection === 'string' ? connection : undefined)
  const last = text?.split('/').at(-1)
  return last === '' ? undefined : last
}
