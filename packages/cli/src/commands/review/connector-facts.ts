import {
  type ConnectorLibrary,
  findOperation,
  isPartial,
  type Operation,
  openConnectorLibrary,
} from '@flowstead/connectors'
import { member, members } from '@flowstead/definition'
import { isFlowsteadError } from '@flowstead/errors'
import { isObject, type Value } from '@flowstead/expressions'
import type { OperationRecord, ReviewFacts } from '@flowstead/review'
import type { Session } from '../../session.ts'

/** What the project's connectors tell a review; nothing outside a project. */
export function reviewFacts(session: Session): ReviewFacts | undefined {
  try {
    return factsOf(openConnectorLibrary(session.project().connectors))
  } catch (error) {
    if (isFlowsteadError(error) && error.code === 'Project.NotFound') return undefined
    throw error
  }
}

function factsOf(library: ConnectorLibrary): ReviewFacts {
  const found = (api: string) => {
    const answer = library.find(api)
    return answer.status === 'found' ? answer.connector : undefined
  }
  return {
    connector(api) {
      const connector = found(api)
      if (connector === undefined) return undefined
      const tier = tierOf(connector.document)
      return {
        ...(tier === undefined ? {} : { tier }),
        ...(connector.throttle === null ? {} : { throttle: connector.throttle }),
      }
    },
    operation(api, operationId) {
      const connector = found(api)
      if (connector === undefined) return undefined
      const operation = findOperation(connector, operationId)
      if (operation !== undefined) return recordOf(operation)
      return isPartial(connector) ? undefined : 'missing'
    },
  }
}

/** `Service class` of the connector's own page: `Premium; Logic Apps: Standard` is premium in Power Automate. */
function tierOf(document: Value): 'Standard' | 'Premium' | undefined {
  const metadata = member(document, 'x-ms-connector-metadata')
  const entry = (Array.isArray(metadata) ? metadata : []).find(
    (each) => member(each, 'propertyName') === 'Service class',
  )
  const value = member(entry, 'propertyValue')
  const usual = typeof value === 'string' ? value.split(';')[0]?.trim() : undefined
  return usual === 'Standard' || usual === 'Premium' ? usual : undefined
}

function recordOf(operation: Operation): OperationRecord {
  const parameters: { name: string; isRequired: boolean }[] = []
  let isOpen = false
  const add = (name: string, schema: Value, isRequired: boolean): void => {
    const inner = members(member(schema, 'properties'))
    if (inner.length === 0) {
      parameters.push({ name, isRequired: isRequired && member(schema, 'default') === undefined })
      if (!hasSimpleType(schema)) isOpen = true
      return
    }
    if (member(schema, 'additionalProperties') !== undefined) isOpen = true
    const required = member(schema, 'required')
    for (const [key, property] of inner) {
      const needed = isRequired && Array.isArray(required) && required.includes(key)
      add(`${name}/${key}`, property, needed && member(property, 'x-ms-visibility') !== 'internal')
    }
  }
  for (const { name, isInternal, isRequired, schema, default: usual } of operation.parameters())
    add(name, schema, isRequired && !isInternal && usual === undefined)
  return { isDeprecated: isDeprecated(operation), parameters, isOpen }
}

function isDeprecated({ raw }: Operation): boolean {
  const annotation = member(raw, 'x-ms-api-annotation')
  return member(raw, 'deprecated') === true || member(annotation, 'status') === 'Deprecated'
}

/** Without a simple type a value may hold members that the definition does not list. */
function hasSimpleType(schema: Value): boolean {
  const type = isObject(schema) ? member(schema, 'type') : undefined
  return type === 'string' || type === 'integer' || type === 'number' || type === 'boolean'
}
