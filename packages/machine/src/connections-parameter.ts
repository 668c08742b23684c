import type { Flow } from '@flowstead/definition'
import { compileTemplate, type ObjectValue, setOwn } from '@flowstead/expressions'

/**
 * What `parameters('$connections')` holds when a run is given no other: every connection the definition
 * reads from it, its key standing for its id, so that whoever performs a call finds it by key.
 */
export function connectionsParameter(flow: Flow): ObjectValue {
  const { references } = compileTemplate(flow.definition, { onError: 'defer' })
  const connections: ObjectValue = {}
  for (const { fn, name, path } of references) {
    const [key] = path
    if (fn !== 'parameters' || name?.toLowerCase() !== '$connections' || typeof key !== 'string') continue
    setOwn(connections, key, { connectionId: key, connectionName: key, id: key })
  }
  return connections
}
