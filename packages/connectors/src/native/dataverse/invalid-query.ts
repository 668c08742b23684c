import type { FlowsteadError } from '@flowstead/errors'
import { connectorError } from '../../codes.ts'

/** The 400 for a query parameter that cannot be followed. */
export function invalidQuery(parameter: string, message: string): FlowsteadError {
  return connectorError('Connector.ParameterInvalid', `${parameter}: ${message}`, { path: parameter })
}
