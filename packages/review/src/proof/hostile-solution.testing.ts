import type { NamedFile } from '@flowstead/definition'
import type { ForeignTexts } from '../documents/review-example.testing.ts'

/** The files of a solution whose every name and text comes from somebody else. */
export function hostileSolutionFiles(texts: ForeignTexts): NamedFile[] {
  const { name, action, variable, notes } = texts
  const path = name.replaceAll(/[^\p{L}\p{N} <>'"&=()]/gu, '').slice(0, 60)
  const solution = {
    'solution.xml': manifest(texts),
    'customizations.xml': customizations(texts),
    'environmentvariabledefinitions/a/environmentvariabledefinition.xml': `<environmentvariabledefinition schemaname="${xml(variable)}"><displayname default="${xml(notes)}"/><type>100000000</type></environmentvariabledefinition>`,
    'Connector/a_openapidefinition.json': JSON.stringify({
      info: { title: name, description: notes },
      host: action,
    }),
    [`Workflows/${path}-5b1f0c1e-0000-4000-8000-000000000001.json`]: flowText(texts),
    [`Workflows/${path}-5b1f0c1e-0000-4000-8000-000000000001.review.json`]: JSON.stringify({
      suppressions: [
        { rule: 'REL201', reason: `${notes} .` },
        { rule: 'NAM605', action, reason: `${name} .` },
        { rule: variable, reason: notes },
      ],
    }),
    [`Workflows/broken ${path}.json`]: `{"definition": ${name}`,
  }
  return Object.entries(solution).map(([file, text]) => ({
    name: file,
    bytes: new TextEncoder().encode(text),
  }))
}

function flowText({ name, action, variable, notes, inputs }: ForeignTexts): string {
  const object = (...entries: readonly (readonly [string, unknown])[]) => Object.fromEntries(entries)
  const call = (operationId: string) => ({
    type: 'OpenApiConnection',
    description: notes,
    inputs: {
      host: { connectionName: name, operationId, apiId: `/providers/Microsoft.PowerApps/apis/${variable}` },
      parameters: object(
        [notes, inputs],
        ['$filter', notes],
        [variable, `@outputs('${action.replaceAll("'", "''")}')`],
      ),
      authentication: "@parameters('$authentication')",
      retryPolicy: { type: name },
    },
    metadata: object(['operationMetadataId', notes], [name, notes]),
    runtimeConfiguration: {
      secureData: { properties: [variable] },
      paginationPolicy: { minimumItemCount: 5000 },
    },
    limit: { timeout: notes },
    operationOptions: variable,
  })
  const actions = object(
    [action, call('GetItems')],
    [`${action} 2`, { ...call(action), runAfter: object([action, ['Failed', notes]]) }],
    [`${action} 3`, { type: variable, kind: name, inputs, runAfter: object([name, ['Succeeded']]) }],
    [
      `${action} 4`,
      {
        type: 'Switch',
        expression: notes,
        cases: object([
          name,
          { case: notes, actions: object([`${action} 5`, { type: 'Compose', inputs: [inputs, notes] }]) },
        ]),
        default: { actions: {} },
      },
    ],
    [
      `${action} 6`,
      {
        type: 'Foreach',
        foreach: notes,
        actions: object([`${action} 7`, { type: 'If', expression: notes, actions: {} }]),
      },
    ],
    [
      `${action} 8`,
      { type: 'InitializeVariable', inputs: { variables: [{ name: variable, type: notes, value: inputs }] } },
    ],
    [`${action} 9`, { type: 'Workflow', inputs: { host: { workflowReferenceName: name }, body: notes } }],
    [
      `${action} 10`,
      {
        type: 'Http',
        inputs: {
          method: name,
          uri: `http://${notes}/@{triggerBody()?['${variable}']}`,
          headers: object([name, notes]),
          body: inputs,
        },
      },
    ],
    [`${action} 11`, { type: 'Terminate', inputs: { runStatus: notes, runError: { message: notes } } }],
  )
  const definition = {
    description: notes,
    parameters: object([
      name,
      { type: variable, defaultValue: notes, metadata: { schemaName: variable, description: notes } },
    ]),
    triggers: object([
      name,
      {
        type: action,
        kind: notes,
        description: notes,
        conditions: [{ expression: notes }],
        inputs: {
          schema: { properties: object([variable, { title: notes }]) },
          parameters: object([notes, inputs]),
        },
        recurrence: { frequency: name, interval: notes },
      },
    ]),
    actions,
    outputs: object([name, { type: notes, value: notes }]),
    staticResults: object([name, { status: notes }]),
  }
  const connectionReferences = object(
    [
      name,
      {
        runtimeSource: notes,
        connection: { connectionReferenceLogicalName: variable },
        api: { name: action },
      },
    ],
    [variable, { connection: { id: notes }, api: { name } }],
  )
  return JSON.stringify({
    properties: { connectionReferences, definition, displayName: name },
    schemaVersion: '1.0.0.0',
  })
}

function manifest({ name, action, variable, notes }: ForeignTexts): string {
  return `<ImportExportXml languagecode="${xml(variable)}"><SolutionManifest>
<UniqueName>${xml(name)}</UniqueName><Version>${xml(variable)}</Version>
<Publisher><UniqueName>${xml(action)}</UniqueName>
<LocalizedNames><LocalizedName description="${xml(notes)}" languagecode="1033" /></LocalizedNames>
<CustomizationPrefix>${xml(variable)}</CustomizationPrefix></Publisher>
<MissingDependencies><MissingDependency>
<Required type="1" schemaName="${xml(name)}" displayName="${xml(notes)}" solution="${xml(variable)}" />
<Dependent type="29" displayName="${xml(action)}" />
</MissingDependency></MissingDependencies>
</SolutionManifest></ImportExportXml>`
}

function customizations({ name, action, variable, notes }: ForeignTexts): string {
  return `<ImportExportXml>
<Workflows><Workflow WorkflowId="{5b1f0c1e-0000-4000-8000-000000000001}" Name="${xml(name)}"><Category>5</Category></Workflow></Workflows>
<Roles><Role id="{1}" name="${xml(action)}"/></Roles>
<CanvasApps><CanvasApp><Name>${xml(variable)}</Name><DisplayName>${xml(notes)}</DisplayName></CanvasApp></CanvasApps>
<Connectors><Connector><name>${xml(name)}</name><displayname>${xml(notes)}</displayname><description>${xml(notes)}</description>
<openapidefinition>/Connector/a_openapidefinition.json</openapidefinition></Connector></Connectors>
<connectionreferences><connectionreference connectionreferencelogicalname="${xml(name)}">
<connectionreferencedisplayname>${xml(notes)}</connectionreferencedisplayname>
<connectorid>/providers/Microsoft.PowerApps/apis/${xml(variable)}</connectorid></connectionreference></connectionreferences>
</ImportExportXml>`
}

/** A text in an XML file; what XML cannot hold is left out. */
function xml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
