import { describe, expect, test } from 'vitest'
import { testZip } from './archive/zip.testing.ts'
import type { ActionDefinition, Flow } from './flow.ts'
import { readFlowFiles, readFlows } from './read-flows.ts'
import { sampleDefinition, sampleReferences, sampleSolution } from './sample.testing.ts'
import { validateFlow } from './validate/validate-flow.ts'

const guid = '0a1b2c3d-0000-4000-8000-00000000000a'
const definition = sampleDefinition()
const references = sampleReferences()
const packaged = {
  shared_hotprofile: {
    connectionName: 'shared-hotprofile-1',
    source: 'Invoker',
    id: '/providers/Microsoft.PowerApps/apis/shared_hotprofile',
    tier: 'NotSpecified',
  },
}
const gallery = {
  shared_hotprofile: {
    api: { id: '/providers/Microsoft.PowerApps/apis/shared_hotprofile' },
    connection: { id: '/connections/x' },
  },
}
const flowType = 'Microsoft.Flow/flows'

function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
}

function readOne(value: unknown, name: string): Flow {
  const { flows, problems } = readFlows(bytesOf(value), name)
  expect(problems).toEqual([])
  expect(flows.length).toBe(1)
  return flows[0] as Flow
}

const wrappers: readonly [string, string, unknown, Partial<Flow>][] = [
  [
    'solution',
    `Workflows/Booking-${guid.toUpperCase()}.json`,
    sampleSolution(),
    {
      format: 'solution',
      id: guid,
      name: 'Booking',
      dialect: 'PowerAutomate',
      definitionAt: '/properties/definition',
    },
  ],
  ['client data', 'booking.json', sampleSolution(), { format: 'clientdata', id: 'booking', name: 'booking' }],
  [
    'client data as a JSON string',
    'booking.json',
    JSON.stringify(sampleSolution()),
    { format: 'clientdata', definitionAt: '/properties/definition' },
  ],
  [
    'Dataverse row',
    'row.json',
    { workflowid: guid, name: 'Booking', category: 5, clientdata: sampleSolution() },
    { format: 'clientdata', id: guid, name: 'Booking', definitionAt: '/clientdata/properties/definition' },
  ],
  [
    'Dataverse answer',
    'rows.json',
    { value: [{ workflowid: guid, name: 'Booking', clientdata: sampleSolution() }] },
    { format: 'clientdata', id: guid, definitionAt: '/value/0/clientdata/properties/definition' },
  ],
  [
    'legacy package file',
    `Microsoft.Flow/flows/${guid}/definition.json`,
    {
      name: guid,
      id: `/providers/${flowType}/${guid}`,
      type: flowType,
      properties: { apiId: 'x', displayName: 'Booking', definition, connectionReferences: packaged },
    },
    { format: 'legacy-package', id: guid, name: 'Booking', dialect: 'PowerAutomate' },
  ],
  [
    'flow resource',
    'flow.json',
    {
      name: guid,
      type: flowType,
      properties: { displayName: 'Booking', definition, connectionReferences: gallery },
    },
    { format: 'flow-resource', id: guid, name: 'Booking' },
  ],
  [
    'project file',
    'booking/workflow.json',
    { definition, kind: 'Stateful' },
    { format: 'workflow.json', id: 'booking', name: 'booking', dialect: 'LogicApps' },
  ],
  [
    'Logic App resource',
    'export.json',
    {
      name: 'la-booking',
      type: 'Microsoft.Logic/workflows',
      properties: { state: 'Enabled', definition, parameters: {} },
    },
    { format: 'logicapp-resource', id: 'export', name: 'la-booking', dialect: 'LogicApps' },
  ],
  [
    'deployment template',
    'azuredeploy.json',
    {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      parameters: { name: { defaultValue: 'booking' } },
      variables: { full: "[concat('la-', parameters('name'))]" },
      resources: [
        { type: 'Microsoft.Logic/workflows', name: "[variables('full')]", properties: { definition } },
      ],
    },
    { format: 'arm-template', name: 'la-booking', definitionAt: '/resources/0/properties/definition' },
  ],
  [
    'nested deployment',
    'azuredeploy.json',
    {
      resources: [
        {
          type: 'Microsoft.Resources/deployments',
          properties: {
            template: {
              resources: {
                app: { type: 'microsoft.logic/workflows', name: 'a', properties: { definition } },
              },
            },
          },
        },
      ],
    },
    {
      format: 'arm-template',
      definitionAt: '/resources/0/properties/template/resources/app/properties/definition',
    },
  ],
  [
    'bare definition',
    'a/b.json',
    definition,
    { format: 'bare', id: 'a-b', name: 'b', dialect: 'PowerAutomate', definitionAt: '' },
  ],
]

describe('the same definition', () => {
  test.each(wrappers)('is read from a %s', (_wrapper, name, value, expected) => {
    const flow = readOne(value, name)
    expect(flow.definition).toEqual(definition)
    expect(flow).toMatchObject(expected)
    expect([...flow.actions.keys()].sort()).toEqual([
      'add',
      'check',
      'count',
      'each_row',
      'first',
      'get_clients',
      'keep',
      'other',
      'stop',
      'which',
    ])
  })

  test('has the same version in two places, and another one after a change', () => {
    const one = readOne(sampleSolution(), `Workflows/A-${guid}.json`)
    const other = readOne({ workflowid: guid, clientdata: sampleSolution() }, 'row.json')
    expect(other.version).toBe(one.version)
    expect(one.version).toMatch(/^[0-9a-f]{64}$/)
    expect(readOne(sampleSolution({ ...definition, description: 'x' }), 'a.json').version).not.toBe(
      one.version,
    )
  })

  test('is read from a zip of a solution, of a package, and of a project', () => {
    const packageFile = {
      name: guid,
      type: flowType,
      properties: { displayName: 'B', definition, connectionReferences: packaged },
    }
    for (const [name, content] of [
      [`Workflows/B-${guid}.json`, sampleSolution()],
      [`Microsoft.Flow/flows/${guid}/definition.json`, JSON.stringify(packageFile)],
      ['booking/workflow.json', JSON.stringify({ definition })],
    ] as const) {
      const { flows, problems } = readFlows(
        testZip([
          { name, content },
          { name: 'manifest.json', content: '{}' },
        ]),
        'a.zip',
      )
      expect(problems).toEqual([])
      expect(flows[0]?.definition).toEqual(definition)
    }
  })
})

describe('connection references', () => {
  test.each([
    [
      'solutions',
      references,
      { api: 'shared_hotprofile', runtimeSource: 'embedded', logicalName: 'new_hotprofile' },
    ],
    ['packages', packaged, { api: 'shared_hotprofile', runtimeSource: 'invoker' }],
    ['the gallery', gallery, { api: 'shared_hotprofile', runtimeSource: 'embedded' }],
  ])('are read in the form of %s', (_form, connectionReferences, expected) => {
    const flow = readOne({ properties: { connectionReferences, definition } }, 'a.json')
    expect(flow.connectionReferences.get('shared_hotprofile')).toMatchObject(expected)
    expect(validateFlow(flow).filter(({ code }) => code === 'Definition.UnknownConnection')).toEqual([])
  })
})

describe('text', () => {
  const text = sampleSolution()
  test.each([
    ['UTF-8 with a mark', new Uint8Array([0xef, 0xbb, 0xbf, ...bytesOf(text)])],
    ['UTF-16 LE with a mark', new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')])],
    ['UTF-16 LE without a mark', new Uint8Array(Buffer.from(text, 'utf16le'))],
    ['UTF-16 BE with a mark', new Uint8Array([0xfe, 0xff, ...Buffer.from(text, 'utf16le').swap16()])],
    ['UTF-16 BE without a mark', new Uint8Array(Buffer.from(text, 'utf16le').swap16())],
    ['CRLF', bytesOf(text.replaceAll('\n', '\r\n'))],
  ])('in %s is read', (_encoding, bytes) => {
    const { flows, problems } = readFlows(bytes, 'a.json')
    expect(problems).toEqual([])
    expect(flows[0]?.definition).toEqual(definition)
    expect(flows[0]?.text.startsWith('{')).toBe(true)
  })

  test('with comments and trailing commas is read with a warning that has a place', () => {
    const { flows, problems } = readFlows(
      bytesOf(`// mine\n${text.replace('"1.0.0.0"\n}', '"1.0.0.0",\n}')}`),
      'a.json',
    )
    expect(flows.length).toBe(1)
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['Definition.TolerantJson', 'warning'],
      ['Definition.TolerantJson', 'warning'],
    ])
    expect(problems[0]).toMatchObject({ line: 1, column: 1 })
  })

  test('with letters in any case for types, kinds and statuses gives the usual spelling', () => {
    const flow = readOne(
      text
        .replaceAll('"Request"', '"REQUEST"')
        .replaceAll('"Http"', '"http"')
        .replaceAll('"Foreach"', '"foreach"'),
      'a.json',
    )
    expect(flow.triggers[0]).toMatchObject({ type: 'Request', kind: 'Http' })
    expect(flow.actions.get('each_row')).toMatchObject({ type: 'Foreach', isKnownType: true })
    expect(flow.actions.get('which')?.runAfter).toEqual([
      { action: 'Check', statuses: ['Succeeded', 'Failed'] },
    ])
  })

  test('keeps numbers that a double would change', () => {
    const flow = readOne(
      `{"actions":{"A":{"type":"Compose","inputs":[12345678901234567890,5.0,1.10]}}}`,
      'a.json',
    )
    const [big, whole, exact] = (flow.actions.get('a') as ActionDefinition).inputs as unknown[]
    expect(big).toBe(12345678901234567890n)
    expect([typeof whole, typeof exact]).toEqual(['object', 'object'])
  })
})

describe('bad input', () => {
  const open = '{"actions":{"A":{"type":"Compose","inputs":'
  test.each([
    ['no bytes', '', 'Definition.NotJson', 1, 1],
    ['not JSON', '{\n  "actions": {,}\n}', 'Definition.NotJson', 2, 15],
    ['a missing comma', '{"a": 1\n "b": 2}', 'Definition.NotJson', 2, 2],
    ['a cut text', '{"actions": {"A":', 'Definition.NotJson', 1, 18],
    ['a second value', '{} {}', 'Definition.NotJson', 1, 4],
    ['NaN', '{"a": NaN}', 'Definition.NotJson', 1, 7],
    ['an open string', '{"a": "b\n}', 'Definition.NotJson', 1, 7],
    ['nesting of 100,000 arrays', open + '['.repeat(100_000), 'Definition.TooDeep', 1, 541],
    ['nesting of 100,000 objects', '{"a":'.repeat(100_000), 'Definition.TooDeep', 1, 2501],
    ['JSON that is no flow', '{"hello": "world"}', 'Definition.NotAFlow', 1, 1],
    ['a number', '42', 'Definition.NotAFlow', 1, 1],
    ['a text', '"hello"', 'Definition.NotAFlow', 1, 1],
    ['an empty list', '[]', 'Definition.NotAFlow', 1, 1],
    ['client data that is not JSON', '{\n"clientdata": "{"}', 'Definition.NotJson', 2, 1],
    [
      'a template without a workflow',
      '{"$schema":"https://x/deploymentTemplate.json#","resources":[]}',
      'Definition.WrapperNotSupported',
      1,
      1,
    ],
    [
      'a template that computes its definition',
      '{"resources":[{"type":"Microsoft.Logic/workflows","properties":{\n"definition":"[json(parameters(\'d\'))]"}}]}',
      'Definition.WrapperNotSupported',
      2,
      1,
    ],
  ])('%s is a located problem', (_what, text, code, line, column) => {
    const { flows, problems } = readFlows(bytesOf(text), 'a.json')
    expect(flows).toEqual([])
    expect(problems.at(-1)).toMatchObject({ code, severity: 'error', file: 'a.json', line, column })
  })

  test.each([
    ['bytes of no encoding', new Uint8Array([0x7b, 0xff, 0xc0, 0x80]), 'Definition.UnknownEncoding'],
    ['a text over the limit', bytesOf(sampleSolution()), 'Definition.TooLarge'],
  ])('%s is a problem of the file', (_what, bytes, code) => {
    const { flows, problems } = readFlows(bytes, 'a.json', { maxTextBytes: 100 })
    expect(flows).toEqual([])
    expect(problems).toMatchObject([{ code, severity: 'error', pointer: '' }])
  })

  test('too many actions are refused', () => {
    const { flows, problems } = readFlows(bytesOf(sampleSolution()), 'a.json', { maxActions: 9 })
    expect(flows).toEqual([])
    expect(problems).toMatchObject([
      { code: 'Definition.TooLarge', pointer: '/properties/definition/actions', line: 47 },
    ])
  })

  test('a repeated key is a warning, a repeated action an error, with the places of both', () => {
    const text =
      '{"contentVersion":"1",\n"contentVersion":"2","actions":{\n"A":{"type":"Compose","inputs":1},\n"A":{"type":"Compose","inputs":2}}}'
    const { flows, problems } = readFlows(bytesOf(text), 'a.json')
    expect(flows[0]?.actions.get('a')?.inputs).toBe(2)
    expect(problems).toMatchObject([
      { code: 'Definition.RepeatedKey', severity: 'warning', pointer: '/contentVersion', line: 2 },
      { code: 'Definition.DuplicateAction', severity: 'error', pointer: '/actions/A', line: 4 },
    ])
    expect(problems[1]?.message).toContain('line 3')
  })

  test('an action repeated inside the text of client data is an error too', () => {
    const clientdata =
      '{"properties":{"definition":{"actions":{"A":{"type":"Compose","inputs":1},"A":{"type":"Compose","inputs":2}}}}}'
    const { problems } = readFlows(bytesOf({ clientdata }), 'row.json')
    const pointer = '/clientdata/properties/definition/actions/A'
    expect(problems).toMatchObject([
      { code: 'Definition.DuplicateAction', severity: 'error', pointer, line: 1 },
    ])
  })

  test('names such as __proto__ are ordinary names', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
    const actions = names.map(
      (name) => `${JSON.stringify(name)}:{"type":"Compose","inputs":{"__proto__":{"polluted":1}}}`,
    )
    const flow = readOne(`{"actions":{${actions.join(',')}}}`, 'a.json')
    expect(flow.root.actions.map(({ name }) => name)).toEqual(names)
    expect(flow.actions.has('__proto__')).toBe(true)
    expect(validateFlow(flow).filter(({ severity }) => severity === 'error')).toEqual([])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('a folder', () => {
  test('gives its flows; side files are silent, parameters.json declares parameters of the project', () => {
    const inputs = "@parameters('greeting')"
    const workflow = {
      definition: { actions: { A: { type: 'Compose', inputs } }, triggers: {} },
      kind: 'Stateful',
    }
    const { flows, problems } = readFlowFiles([
      { name: 'app/hello/workflow.json', bytes: bytesOf(workflow) },
      { name: 'app/parameters.json', bytes: bytesOf({ greeting: { type: 'String', value: 'hi' } }) },
      {
        name: 'app/connections.json',
        bytes: bytesOf({ managedApiConnections: { mail: { api: { id: '/x/managedApis/office365' } } } }),
      },
      { name: 'app/host.json', bytes: bytesOf('{ "version": "2.0" }') },
    ])
    expect(problems).toEqual([])
    expect(flows.map(({ id, name }) => [id, name])).toEqual([['app-hello', 'hello']])
    expect(flows[0]?.connectionReferences.get('mail')?.api).toBe('office365')
    expect(flows[0]?.parameters.get('greeting')).toEqual({
      name: 'greeting',
      type: 'string',
      defaultValue: 'hi',
    })
  })

  test('reports a file in a place for flows that is none', () => {
    const { problems } = readFlowFiles([
      { name: 'Workflows/a.json', bytes: bytesOf('{}') },
      { name: 'b.json', bytes: bytesOf(sampleSolution()) },
      { name: 'c.json', bytes: bytesOf('{"x":1}') },
    ])
    expect(problems).toMatchObject([{ code: 'Definition.NotAFlow', file: 'Workflows/a.json' }])
  })

  test('without any flow says so once', () => {
    const files = ['a.json', 'b.json'].map((name) => ({ name, bytes: bytesOf('{}') }))
    expect(readFlowFiles(files).problems.map(({ code }) => code)).toEqual(['Definition.NotAFlow'])
  })

  test('with two flows of one id keeps both and says so', () => {
    const files = ['x', 'y'].map((folder) => ({
      name: `${folder}/Workflows/A-${guid}.json`,
      bytes: bytesOf(sampleSolution()),
    }))
    const { flows, problems } = readFlowFiles(files)
    expect(flows.map(({ id }) => id)).toEqual([guid, `${guid}-2`])
    expect(problems.map(({ code }) => code)).toEqual(['Definition.DuplicateId'])
  })
})
