import { quoted } from '@flowstead/errors'
import { flowRule, solutionRule } from '../../rule.ts'
import { fromProblems } from '../from-problems.ts'
import { checkBoundConnections, checkUnusedReferences } from './connection-references.ts'
import { checkChildFlows } from './missing-children.ts'
import { checkMissingParts } from './missing-parts.ts'
import { checkEnvironmentVariables } from './missing-variables.ts'

const manifest = (missing = '') =>
  `<ImportExportXml><SolutionManifest><UniqueName>Orders</UniqueName><Version>1.0.0.0</Version><Publisher><UniqueName>contoso</UniqueName><CustomizationPrefix>con</CustomizationPrefix></Publisher><MissingDependencies>${missing}</MissingDependencies></SolutionManifest></ImportExportXml>`
const missing =
  '<MissingDependency><Required type="1" schemaName="con_order" displayName="Order" solution="Active" /><Dependent type="29" displayName="Example" /></MissingDependency>'
const variableFile = 'environmentvariabledefinitions/con_site/environmentvariabledefinition.xml'
const variable =
  '<environmentvariabledefinition schemaname="con_site"><displayname default="Site" /><type>100000000</type><defaultvalue>https://example.com</defaultvalue></environmentvariabledefinition>'
const site = {
  'Site (con_site)': {
    type: 'String',
    defaultValue: 'https://example.com',
    metadata: { schemaName: 'con_site' },
  },
}
const mail = { api: 'shared_office365', logicalName: 'con_mail' }
const send = {
  Send: {
    type: 'OpenApiConnection',
    inputs: {
      host: {
        apiId: '/apis/shared_office365',
        connectionName: 'shared_office365',
        operationId: 'SendEmailV2',
      },
      parameters: {},
    },
  },
}
const child = (workflowReferenceName: string) => ({
  Call: { type: 'Workflow', inputs: { host: { workflowReferenceName } } },
})
/** The id that flows of examples have. */
const self = '5b1f0c1e-0000-4000-8000-000000000001'
const legacy = (wrapper: object) =>
  JSON.stringify(
    {
      ...wrapper,
      properties: {
        displayName: 'Example',
        connectionReferences: {},
        definition: { triggers: { manual: { type: 'Request', kind: 'Button', inputs: {} } }, actions: {} },
      },
    },
    undefined,
    2,
  )

/** Rules about moving a flow to where it is needed. */
export const lifecycleRules = [
  flowRule({
    id: 'ALM801',
    title: 'Flows are kept in solutions',
    severity: 'info',
    category: 'limits',
    detects:
      'A flow of Power Automate was exported as a package of its own, or read from the service outside a solution.',
    why: 'Without a solution there are no environment variables, connection references, child flows and updates of what is installed.',
    fix: 'Add the flow to a solution and export that.',
    bad: { text: legacy({ name: self, type: 'Microsoft.Flow/flows' }) },
    good: { actions: send, connectionReferences: { shared_office365: mail } },
    check({ flow, place }, report) {
      if (flow.dialect !== 'PowerAutomate') return
      if (flow.format === 'legacy-package')
        report(place, {
          message: `${quoted(flow.name)} was exported as a package of its own, not in a solution.`,
        })
      if (flow.format === 'flow-resource')
        report(place, {
          message: `${quoted(flow.name)} comes from the service as it is, not from a solution.`,
        })
    },
  }),
  solutionRule({
    id: 'ALM802',
    title: 'A solution brings what it needs',
    severity: 'error',
    category: 'limits',
    detects:
      'The solution lists missing dependencies. What another solution brings has a lower severity, and what comes with the platform the lowest.',
    why: 'It can only be imported where somebody has created the missing parts before, with exactly these names.',
    fix: 'Add the missing part to the solution, or install the solution that brings it first.',
    settings: {
      platform: [
        'System',
        'Basic',
        'Base',
        'msdyn',
        'mspp',
        'Microsoft',
        'MicrosoftFlow',
        'AppModule',
        'AuthorizationCore',
        'PowerPlatform',
        'PowerPages',
        'ActivityFeeds',
        'Application',
      ],
    },
    bad: { files: { 'solution.xml': manifest(missing) }, connectionReferences: {} },
    good: { files: { 'solution.xml': manifest() }, connectionReferences: {} },
    checkSolution: checkMissingParts,
  }),
  flowRule({
    id: 'ALM803',
    title: 'Flows in solutions use connection references',
    severity: 'warning',
    category: 'limits',
    detects: 'A flow of a solution names a connection of its maker itself, without a connection reference.',
    why: 'The flow is turned off wherever it is imported, and has to be edited there to get a connection.',
    fix: 'Let the solution checker or the designer replace the connection by a connection reference.',
    bad: { actions: send, connectionReferences: { shared_office365: { api: 'shared_office365' } } },
    good: { actions: send, connectionReferences: { shared_office365: mail } },
    check: checkBoundConnections,
  }),
  flowRule({
    id: 'ALM804',
    title: 'Connections and what uses them match',
    severity: 'error',
    category: 'limits',
    detects:
      'An action names a connection that the flow does not have, or the flow has a connection that nothing uses. The latter has a lower severity.',
    why: 'The first fails when it is reached; the second asks everybody who installs the flow for a sign-in that it does not need.',
    fix: 'Correct the name, or remove the connection that is left over.',
    bad: { actions: send, connectionReferences: { shared_outlook: { ...mail, api: 'shared_outlook' } } },
    good: { actions: send, connectionReferences: { shared_office365: mail } },
    check(subject, report) {
      fromProblems('Definition.UnknownConnection')(subject, report, {})
      checkUnusedReferences(subject, report)
    },
  }),
  solutionRule({
    id: 'ALM805',
    title: 'Environment variables come with the solution',
    severity: 'error',
    category: 'limits',
    detects:
      'A flow reads an environment variable whose definition the solution does not have, or that has neither a default nor a value there. A definition that another publisher may bring, and a missing value, have a lower severity.',
    why: 'The import fails or asks for values that nobody knows, or the flow works with an empty value.',
    fix: 'Add the environment variable to the solution and give it a default.',
    bad: { parameters: site, connectionReferences: {}, files: { 'solution.xml': manifest() } },
    good: {
      parameters: site,
      connectionReferences: {},
      files: { 'solution.xml': manifest(), [variableFile]: variable },
    },
    checkSolution: checkEnvironmentVariables,
  }),
  solutionRule({
    id: 'ALM806',
    title: 'Child flows come with the solution',
    severity: 'error',
    category: 'limits',
    detects: 'A flow calls a child flow that is neither in the solution nor among its missing dependencies.',
    why: 'The call fails in every environment that does not happen to have the child flow with the same id.',
    fix: 'Add the child flow to the solution.',
    bad: {
      actions: child('0f3c9a52-0000-4000-8000-000000000009'),
      connectionReferences: {},
      files: { 'solution.xml': manifest() },
    },
    good: { actions: child(self), connectionReferences: {}, files: { 'solution.xml': manifest() } },
    checkSolution: checkChildFlows,
  }),
]
