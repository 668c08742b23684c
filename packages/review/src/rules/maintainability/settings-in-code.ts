import { flowRule } from '../../rule.ts'
import { checkEnvironmentVariables, checkHardCoded } from './hard-coded.ts'
import { checkMagicNumbers } from './magic-numbers.ts'

const site = 'https://contoso.sharepoint.com/sites/orders'
const list = (dataset: string) => ({
  type: 'OpenApiConnection',
  inputs: {
    host: {
      apiId: '/apis/shared_sharepointonline',
      connectionName: 'shared_sharepointonline',
      operationId: 'GetItems',
    },
    parameters: { dataset, table: 'Orders' },
  },
})
const references = {
  shared_sharepointonline: { api: 'shared_sharepointonline', logicalName: 'con_sharepoint' },
}
const siteParameter = {
  'Site (con_site)': { type: 'String', defaultValue: site, metadata: { schemaName: 'con_site' } },
}
const limit = (most: unknown) => ({
  Check: {
    type: 'If',
    expression: { greater: ["@length(triggerBody()?['items'])", most] },
    actions: {},
  },
})

/** Hosts that are the same in every environment. */
const publicHosts = [
  'graph.microsoft.com',
  'management.azure.com',
  'login.microsoftonline.com',
  'login.windows.net',
  'graph.windows.net',
  'accounts.accesscontrol.windows.net',
  'raw.githubusercontent.com',
  'api.github.com',
  'api.flow.microsoft.com',
  'api.powerapps.com',
  'make.powerautomate.com',
  'example.com',
] as const

/** Rules about values that belong into settings. */
export const settingRules = [
  flowRule({
    id: 'MNT509',
    title: 'What differs between environments is not typed into actions',
    severity: 'warning',
    category: 'maintainability',
    detects:
      'An input is a typed site or organisation URL, the id of a list, team or environment, an e-mail address or the host of a service. Each value is told once for a flow; a variable that holds it in one place, and flows that have no environment variables, get a lower severity.',
    why: 'The flow works on the data of one environment only, and must be edited by hand in every other one.',
    fix: 'Put the value into an environment variable, or into a parameter in Logic Apps.',
    settings: { publicHosts },
    bad: { actions: { Orders: list(site) }, connectionReferences: references },
    good: {
      parameters: siteParameter,
      actions: { Orders: list("@parameters('Site (con_site)')") },
      connectionReferences: references,
    },
    check: checkHardCoded,
  }),
  flowRule({
    id: 'MNT510',
    title: 'A flow in a solution uses environment variables',
    severity: 'info',
    category: 'maintainability',
    detects:
      'A flow of a solution has typed values that differ between environments, and reads no environment variable at all.',
    why: 'It cannot be moved to a test or production environment without editing it there.',
    fix: 'Create environment variables in the solution for the sites, ids and addresses of the flow.',
    settings: { publicHosts },
    bad: { actions: { Orders: list(site) }, connectionReferences: references },
    good: {
      parameters: siteParameter,
      actions: { Orders: list("@parameters('Site (con_site)')"), Old_orders: list(site) },
      connectionReferences: references,
    },
    check: checkEnvironmentVariables,
  }),
  flowRule({
    id: 'MNT520',
    title: 'Limits have names',
    severity: 'info',
    category: 'maintainability',
    detects:
      'Something is compared by size with a typed number other than the usual ones, such as 0, 1 and 100. Each number is told once, with the others of the same text.',
    why: 'The next maker does not learn what the number stands for, nor where else it stands.',
    fix: 'Put the number into a parameter or an environment variable with a telling name.',
    settings: { usual: ['-1', '0', '1', '2', '100'] },
    bad: { actions: limit(37) },
    good: {
      parameters: { mostItems: { type: 'Int', defaultValue: 37 } },
      actions: limit("@parameters('mostItems')"),
    },
    check: checkMagicNumbers,
  }),
]
