import { flowRule } from '../../rule.ts'
import { checkMakersConnections } from './makers-connections.ts'
import { checkOpenTrigger } from './open-trigger.ts'
import { checkOutwardData } from './outward-data.ts'
import { checkPlainHttp } from './plain-http.ts'

const openTrigger = (triggerAuthenticationType: string) => ({
  type: 'Request',
  kind: 'Http',
  inputs: { triggerAuthenticationType },
})
const connector = (api: string, operationId: string, parameters: object = {}) => ({
  type: 'OpenApiConnection',
  inputs: { host: { apiId: `/apis/${api}`, connectionName: api, operationId }, parameters },
})
const appTrigger = {
  type: 'Request',
  kind: 'PowerAppV2',
  inputs: { schema: { type: 'object', properties: {} } },
}
const addRow = { Add_row: connector('shared_sql', 'PostItem_V2', { table: 'Orders' }) }

/** Rules about who may start a flow and where its data goes. */
export const accessRules = [
  flowRule({
    id: 'SEC403',
    title: 'A flow that is started by a request knows who asks',
    // The URL carries a signature, so the flow is not open to the world: a warning, not an error.
    severity: 'warning',
    category: 'security',
    detects: 'The request trigger of a flow in Power Automate is set to be started by anyone.',
    why: 'Whoever gets hold of the URL, from a log, a mail or a former colleague, can start the flow for as long as the URL lives.',
    fix: 'Set "Who can trigger the flow" to users of the tenant or to named users, and send a token with each request.',
    bad: { trigger: openTrigger('All'), connectionReferences: {} },
    good: { trigger: openTrigger('Tenant'), connectionReferences: {} },
    check: checkOpenTrigger,
  }),
  flowRule({
    id: 'SEC404',
    title: 'Calls are encrypted',
    severity: 'warning',
    category: 'security',
    detects: 'The address of a call begins with http://. Addresses of the same machine do not count.',
    why: 'Everybody on the way can read and change what is sent and answered, credentials included.',
    fix: 'Use the https:// address of the service.',
    settings: {
      keys: [
        'uri',
        'url',
        'dataset',
        'siteurl',
        'siteaddress',
        'baseurl',
        'endpoint',
        'callbackurl',
        'notificationurl',
      ],
    },
    bad: { actions: { Call: { type: 'Http', inputs: { method: 'GET', uri: 'http://example.com/orders' } } } },
    good: {
      actions: { Call: { type: 'Http', inputs: { method: 'GET', uri: 'http://localhost:7071/orders' } } },
    },
    check: checkPlainHttp,
  }),
  flowRule({
    id: 'SEC410',
    title: 'Data of the organisation does not leave through private services',
    severity: 'warning',
    category: 'security',
    detects:
      'A flow that reads from a connector of the organisation also sends or writes with a connector of a consumer service, and what it sends is computed.',
    why: 'What a consumer service has got, the organisation can neither delete nor protect.',
    fix: "Use the organisation's own mail and storage, or separate the connectors with a data policy.",
    settings: {
      inside: [
        'shared_commondataserviceforapps',
        'shared_commondataservice',
        'shared_dynamicscrmonline',
        'shared_sharepointonline',
        'shared_sql',
        'shared_excelonlinebusiness',
        'shared_onedriveforbusiness',
        'shared_azuretables',
        'shared_azureblob',
        'shared_sapodata',
        'shared_salesforce',
      ],
      outside: [
        'shared_gmail',
        'shared_outlook',
        'shared_dropbox',
        'shared_googledrive',
        'shared_googlesheet',
        'shared_onedrive',
        'shared_box',
        'shared_twitter',
        'shared_facebook',
        'shared_instagram',
        'shared_youtube',
        'shared_telegram',
        'shared_pastebin',
      ],
    },
    bad: { actions: { Read: readOrders(), Tell: tell('shared_gmail', 'SendEmail') } },
    good: { actions: { Read: readOrders(), Tell: tell('shared_office365', 'SendEmailV2') } },
    check: checkOutwardData,
  }),
  flowRule({
    id: 'SEC411',
    title: 'A flow that others start works with their rights',
    severity: 'warning',
    category: 'security',
    detects:
      'A flow that an app or a button starts uses connections of its maker ("embedded") to read or change business data.',
    why: 'Everybody who may start the flow acts with the rights of the maker, and the trail names the maker.',
    fix: 'Let the one who starts the flow provide the connection, or check in the flow what they may do.',
    settings: {
      services: [
        'shared_sharepointonline',
        'shared_commondataserviceforapps',
        'shared_sql',
        'shared_excelonlinebusiness',
        'shared_onedriveforbusiness',
        'shared_azuread',
        'shared_office365groups',
        'shared_dynamicscrmonline',
        'shared_azuretables',
        'shared_azureblob',
        'shared_keyvault',
      ],
    },
    bad: {
      trigger: appTrigger,
      actions: addRow,
      connectionReferences: {
        shared_sql: { api: 'shared_sql', logicalName: 'con_sql', runtimeSource: 'embedded' },
      },
    },
    good: {
      trigger: appTrigger,
      actions: addRow,
      connectionReferences: {
        shared_sql: { api: 'shared_sql', logicalName: 'con_sql', runtimeSource: 'invoker' },
      },
    },
    check: checkMakersConnections,
  }),
]

function readOrders(): object {
  return connector('shared_sharepointonline', 'GetItems', {
    dataset: 'https://example.sharepoint.com',
    table: 'Orders',
  })
}

function tell(api: string, operation: string): object {
  const parameters = { 'emailMessage/To': 'orders@example.com', 'emailMessage/Body': "@string(body('Read'))" }
  return { ...connector(api, operation, parameters), runAfter: { Read: ['Succeeded'] } }
}
