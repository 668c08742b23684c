import { flowRule } from '../../rule.ts'
import { checkCredentials } from './credentials.ts'
import { checkReusedCredentials } from './reused-credentials.ts'
import { checkTypedSecrets, secretNames } from './secret-fields.ts'
import { checkTelemetryKeys } from './telemetry-keys.ts'

const call = { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com/orders' } }
const callWith = (authentication: object) => ({
  ...call,
  inputs: { ...call.inputs, authentication },
})

/** Rules about secrets in the text of a flow. */
export const secretRules = [
  flowRule({
    id: 'SEC401',
    title: 'No secret is typed into the flow',
    severity: 'error',
    category: 'security',
    detects:
      'A field that is called like a secret (password, client secret, API key …) holds a typed value, or a text has a form that only secrets have: an account key, a signed URL, a token, a connection string with a password. Stand-ins such as "<your key>" do not count.',
    why: 'Everybody who can open, export or share the flow has the secret, and it stays in every old version and backup.',
    fix: 'Make the secret invalid where it was issued, put the new one into a vault or a secret environment variable, and read it from there.',
    settings: { names: secretNames },
    bad: { actions: { Call: callWith({ type: 'Basic', username: 'reader', password: 'Wint3r!sComing' }) } },
    good: { actions: { Call: callWith({ type: 'Basic', username: 'reader', password: '<your password>' }) } },
    check: checkTypedSecrets,
  }),
  flowRule({
    id: 'SEC406',
    title: 'Credentials of a call come from a safe place',
    severity: 'warning',
    category: 'security',
    detects:
      'The secret part of "authentication" is read from a place where its value stands in plain text: a variable or a Compose with a typed value, or the default of a parameter that is not secure.',
    why: 'The secret is as readable as if it were typed into the call, and it also shows in every run.',
    fix: 'Read it from a vault with secured outputs, or from a secure parameter without a default.',
    bad: {
      parameters: { code: { type: 'String', defaultValue: 'q8Zk!27v' } },
      actions: { Call: callWith({ type: 'Basic', username: 'reader', password: "@parameters('code')" }) },
    },
    good: {
      parameters: { code: { type: 'SecureString' } },
      actions: { Call: callWith({ type: 'Basic', username: 'reader', password: "@parameters('code')" }) },
    },
    check: checkCredentials,
  }),
  flowRule({
    id: 'SEC412',
    title: 'Each vendor gets a credential of its own',
    severity: 'warning',
    category: 'security',
    detects:
      'HTTP actions send the same secret (Basic, Raw or client certificate authentication, or the same Authorization or API key header) to hosts of different owners.',
    why: 'Each of these parties can use the credential against the others.',
    fix: 'Ask each vendor for a credential that is only theirs.',
    settings: { headers: ['authorization', 'x-api-key', 'api-key', 'apikey', 'ocp-apim-subscription-key'] },
    bad: {
      parameters: { key: { type: 'SecureString' } },
      actions: {
        Orders: headerCall('https://api.example.com/orders', 'key'),
        Ship: headerCall('https://parcels.example.net/labels', 'key'),
      },
    },
    good: {
      parameters: { key: { type: 'SecureString' }, parcelKey: { type: 'SecureString' } },
      actions: {
        Orders: headerCall('https://api.example.com/orders', 'key'),
        Ship: headerCall('https://parcels.example.net/labels', 'parcelKey'),
      },
    },
    check: checkReusedCredentials,
  }),
  flowRule({
    id: 'SEC413',
    title: 'Keys of telemetry are not typed into requests',
    severity: 'info',
    category: 'security',
    detects: 'A call sends a typed instrumentation key or the connection string of a monitoring resource.',
    why: 'Whoever has the key can write false telemetry, and the flow keeps writing to the old resource when it moves.',
    fix: 'Put the key into a parameter or an environment variable.',
    bad: { actions: { Trace: telemetryCall('0d1f9a3c-6a70-4b52-9d5a-0c1c2f6f7a11') } },
    good: {
      parameters: { telemetryKey: { type: 'String' } },
      actions: { Trace: telemetryCall("@parameters('telemetryKey')") },
    },
    check: checkTelemetryKeys,
  }),
]

function headerCall(uri: string, parameter: string): object {
  return {
    type: 'Http',
    inputs: { method: 'POST', uri, headers: { 'x-api-key': `@parameters('${parameter}')` } },
  }
}

function telemetryCall(iKey: string): object {
  return {
    type: 'Http',
    inputs: { method: 'POST', uri: 'https://telemetry.example.com/v2/track', body: { iKey } },
  }
}
