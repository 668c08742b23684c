import { flowRule } from '../../rule.ts'
import { checkForgedHosts } from './forged-hosts.ts'
import { checkSplices } from './splices.ts'

const list = (filter: string) => ({
  type: 'OpenApiConnection',
  inputs: {
    host: {
      apiId: '/apis/shared_sharepointonline',
      connectionName: 'shared_sharepointonline',
      operationId: 'GetItems',
    },
    parameters: { dataset: 'https://example.sharepoint.com', table: 'Orders', $filter: filter },
  },
})

const request = {
  type: 'Request',
  kind: 'Http',
  inputs: {
    schema: { type: 'object', properties: { name: { type: 'string' }, host: { type: 'string' } } },
  },
}

/** Rules about texts that a stranger decides. */
export const inputRules = [
  flowRule({
    id: 'SEC405',
    title: 'Input of users is escaped before it becomes part of a query or page',
    severity: 'error',
    category: 'security',
    detects:
      'A text of the request, app, button or form stands unchanged between quotes in a $filter, in SQL text, or in an HTML response. Any function around it counts as escaping.',
    why: "A quote in the text breaks the query, and whoever knows that can read or change other rows, or run scripts in the reader's browser.",
    fix: "Double the quotes with replace(text, '''', '''''') in a $filter, use query parameters or a stored procedure for SQL, and encode text for HTML.",
    bad: { trigger: request, actions: { Find: list("Title eq '@{triggerBody()?['name']}'") } },
    good: {
      trigger: request,
      actions: { Find: list("Title eq '@{replace(triggerBody()?['name'], '''', '''''')}'") },
    },
    check: checkSplices,
  }),
  flowRule({
    id: 'SEC409',
    title: 'The caller does not choose the host that is called',
    severity: 'error',
    category: 'security',
    detects:
      'The host of an HTTP action is taken from the request, app, button or form as it came. A host that a condition around the call has looked at does not count; a path does not either.',
    why: 'A caller can point the flow at any address, also inside the network, and gets the credentials of the call.',
    fix: 'Keep the host in the flow or a parameter, or compare it with a list before the call.',
    bad: { trigger: request, actions: { Call: httpCall("https://@{triggerBody()?['host']}/orders") } },
    good: { trigger: request, actions: { Call: httpCall("https://example.com/@{triggerBody()?['name']}") } },
    check: checkForgedHosts,
  }),
]

function httpCall(uri: string): object {
  return { type: 'Http', inputs: { method: 'GET', uri } }
}
