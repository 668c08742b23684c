import { type ErrorPlace, FlowsteadError } from '@flowstead/errors'

/**
 * What can be wrong before a request leaves. `run` is the code the action shows; `status` is given where the
 * platform answers such a call itself, as if the service had answered.
 */
export const connectorErrors = {
  'Connector.Missing': { run: 'ConnectorMissing' },
  'Connector.Broken': { run: 'ConnectorBroken' },
  'Connector.UnknownOperation': { run: 'OperationNotFound' },
  'Connector.BrokenReference': { run: 'ConnectorBroken' },
  'Connector.PolicyNotSupported': { run: 'PolicyNotSupported' },
  'Connector.PolicyValueMissing': { run: 'BadRequest' },
  'Connector.ScriptNotSupported': { run: 'ScriptNotSupported' },
  'Connector.NativeMissing': { run: 'ConnectorBroken' },
  'Connector.NotAWebhook': { run: 'OperationNotFound' },
  'Connector.ParameterMissing': { run: 'BadRequest', status: 400 },
  'Connector.ParameterInvalid': { run: 'BadRequest', status: 400 },
  'Connector.InvalidAddress': { run: 'BadRequest', status: 400 },
  'Connector.InvalidHost': { run: 'BadRequest' },
  'Connector.ConnectionMissing': { run: 'ConnectionMissing' },
  'Connector.CredentialMissing': { run: 'ConnectionAuthorizationFailed' },
  'Connector.AuthenticationNotSupported': { run: 'AuthenticationNotSupported' },
  'Connector.CallNotSupported': { run: 'ActionNotSupported' },
} as const satisfies Record<string, { readonly run: string; readonly status?: number }>

export type ConnectorErrorCode = keyof typeof connectorErrors

/** An error of this package; see `connectorErrors` for what each code means to a run. */
export function connectorError(
  code: ConnectorErrorCode,
  message: string,
  place: ErrorPlace = {},
): FlowsteadError {
  return new FlowsteadError(code, message, place)
}
