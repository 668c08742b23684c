import type { Value } from '@flowstead/expressions'
import { describe, expect, test } from 'vitest'
import type { Target } from '../connection.ts'
import { asValue, bodyText, type Sample, sampleConnection, sampleConnector } from '../connector.testing.ts'
import { buildRequest } from '../request/build-request.ts'
import { applyResponsePolicies } from './apply-policies.ts'

type Parameters = Record<string, string>

const policy = (templateId: string, parameters: Parameters, more: object = {}) => ({
  templateId,
  title: templateId,
  parameters: {
    ...Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [`x-ms-apimTemplateParameter.${name}`, value]),
    ),
    ...more,
  },
})

interface Given {
  readonly sample?: Sample
  readonly inputs?: object
  readonly values?: Record<string, string>
  readonly secrets?: Record<string, string>
  readonly connectionParameters?: object
  readonly target?: Target
}

function build(policies: readonly object[], given: Given = {}) {
  const connector = sampleConnector({
    ...given.sample,
    properties: { policyTemplateInstances: policies, connectionParameters: given.connectionParameters ?? {} },
  })
  const [operation] = connector.operations.values()
  if (operation === undefined) throw new Error('no operation')
  const built = buildRequest({
    connector,
    operation,
    inputs: asValue(given.inputs ?? {}),
    connection: sampleConnection({
      values: given.values ?? {},
      secrets: given.secrets ?? {},
      ...(given.target === undefined ? {} : { target: given.target }),
    }),
  })
  return { ...built, headers: Object.fromEntries(built.headers), text: bodyText(built.body) }
}

const header = (name: string, more: object = {}) => ({ name, in: 'header', type: 'string', ...more })
const query = (name: string) => ({ name, in: 'query', type: 'string' })
const local = { kind: 'local', service: 'sample', origin: 'http://127.0.0.1:7000' } as const
const hosted = policy('dynamichosturl', { urlTemplate: "https://@connectionParameters('host')/" })

describe('setheader', () => {
  test.each([
    ['override', 'new'],
    ['append', 'old,new'],
    ['skip', 'old'],
  ])('%s of a present header gives %s', (existsAction, expected) => {
    const built = build([policy('setHeader', { name: 'X-A', value: 'new', existsAction })], {
      sample: { parameters: [header('X-A')] },
      inputs: { 'X-A': 'old' },
    })
    expect(built.headers['X-A']).toBe(expected)
  })

  test('reads what authentication has set before', () => {
    const built = build(
      [policy('setheader', { name: 'Authorization', value: "DeepL-Auth-Key @headers('Authorization')" })],
      {
        sample: {
          document: { securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'Authorization' } } },
        },
        connectionParameters: { api_key: { type: 'securestring' } },
        secrets: { api_key: 's3cret' },
      },
    )
    expect(built.headers.Authorization).toBe('DeepL-Auth-Key s3cret')
    expect(JSON.stringify(built.record)).not.toContain('s3cret')
  })

  test('in the response section changes what the flow sees', () => {
    const connector = sampleConnector({
      properties: {
        policyTemplateInstances: [
          policy(
            'setheader',
            { name: 'Location', value: '/hooks/@body().id' },
            { 'x-ms-apimTemplate-policySection': 'Response' },
          ),
          policy(
            'setheader',
            { name: 'X-Failed', value: 'yes' },
            { 'x-ms-apimTemplate-policySection': 'Failure' },
          ),
        ],
      },
    })
    const answer = { status: 201, headers: [] as [string, string][], body: { id: 'a7' } }
    applyResponsePolicies(answer, connector, sampleConnection(), undefined)
    expect(answer.headers).toEqual([['Location', '/hooks/a7']])
  })
})

describe('setqueryparameter', () => {
  test.each([
    ['override', 'a=new'],
    ['append', 'a=old&a=new'],
    ['skip', 'a=old'],
  ])('%s of a present parameter gives %s', (existsAction, expected) => {
    const built = build([policy('setqueryparameter', { name: 'a', value: 'new', existsAction })], {
      sample: { parameters: [query('a')] },
      inputs: { a: 'old' },
    })
    expect(built.url).toBe(`https://api.example.com/v1/do?${expected}`)
  })

  test('knows names that are written encoded', () => {
    expect(build([policy('setqueryparameter', { name: '%24top', value: '5' })]).url).toBe(
      'https://api.example.com/v1/do?$top=5',
    )
  })
})

describe('dynamichosturl', () => {
  test.each([
    ['t.example.org', 'https://t.example.org/v1/do'],
    ['https://t.example.org', 'https://t.example.org/v1/do'],
    ['t.example.org:8443', 'https://t.example.org:8443/v1/do'],
    ['t.example.org/api/v2', 'https://t.example.org/api/v2/do'],
  ])('the host %s leads to %s', (host, url) => {
    expect(build([hosted], { values: { Host: host } }).url).toBe(url)
  })

  test.each(['a@b.example.org', 'evil.example.org\\x', '127.1', ''])('the host %j is refused', (host) => {
    expect(() => build([hosted], { values: { host } })).toThrow(
      expect.objectContaining({ code: 'Connector.InvalidHost' }),
    )
  })

  test('a missing value names the parameter', () => {
    expect(() => build([hosted])).toThrow(
      expect.objectContaining({
        code: 'Connector.PolicyValueMissing',
        message: expect.stringContaining('host'),
      }),
    )
  })

  test('a default stands in', () => {
    const withDefault = policy('dynamichosturl', {
      urlTemplate: "https://@connectionParameters('host', 'eu.example.org')",
    })
    expect(build([withDefault]).url).toBe('https://eu.example.org/v1/do')
  })

  test('values of the query are still sent', () => {
    const built = build(
      [policy('dynamichosturl', { urlTemplate: "https://@queryParameters('region').example.org" })],
      {
        sample: { parameters: [query('region')] },
        inputs: { region: 'eu' },
      },
    )
    expect(built.url).toBe('https://eu.example.org/v1/do?region=eu')
  })

  test('a local target replaces the origin and nothing else, after the last policy', () => {
    expect(build([hosted], { values: { host: 't.example.org/api' }, target: local }).url).toBe(
      'http://127.0.0.1:7000/api/do',
    )
    expect(build([hosted], { target: local }).url).toBe('http://127.0.0.1:7000/v1/do')
  })
})

describe('routerequesttoendpoint', () => {
  const sample = {
    path: '/old/{id}',
    parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }, query('type')],
  }
  test.each([
    [{ newPath: '/new/{id}/x' }, 'POST', '/new/a%20b/x?type=1'],
    [{ newPath: 'new?type=2&y=3', httpMethod: '@Request.OriginalHTTPMethod' }, 'POST', '/new?type=2&y=3'],
    [{ newPath: "/@queryParameters('type')", httpMethod: 'delete' }, 'DELETE', '/1?type=1'],
  ])('%j', (parameters, method, rest) => {
    const built = build([policy('routerequesttoendpoint', parameters as Parameters)], {
      sample,
      inputs: { id: 'a b', type: '1' },
    })
    expect([built.method, built.url]).toEqual([method, `https://api.example.com/v1${rest}`])
  })
})

describe('setproperty', () => {
  const sample = { parameters: [{ name: 'body', in: 'body', schema: { type: 'object' } }] }
  const set = (parent: string, name: string, value: string) =>
    policy('setproperty', {
      newPropertyParentPathTemplate: parent,
      newPropertySubPathTemplate: name,
      propertyValuePathTemplate: value,
    })
  test.each([
    [
      '@body()',
      'name',
      '{@body().first} {@body().last}',
      { first: 'John', last: 'Smith', name: 'John Smith' },
    ],
    ['@body()', 'n', '@body().age', { first: 'John', last: 'Smith', n: 30 }],
    ['@body()', 'n', '30', { first: 'John', last: 'Smith', n: '30' }],
    ['@body()', "['@odata.type']", '#x', { first: 'John', last: 'Smith', '@odata.type': '#x' }],
    ['@body()', 'list', '["a"]', { first: 'John', last: 'Smith', list: ['a'] }],
    ['@body().none', 'a', '1', { first: 'John', last: 'Smith' }],
  ])('%s %s = %s', (parent, name, value, expected) => {
    const age = value.includes('age') ? { age: 30 } : {}
    const built = build([set(parent, name, value)], {
      sample,
      inputs: { body: { first: 'John', last: 'Smith', ...age } },
    })
    expect(JSON.parse(built.text ?? '')).toEqual({ ...expected, ...age })
  })

  test('every element of an array gets it', () => {
    const built = build([set('@body().rows', 'copy', '@item().id')], {
      sample,
      inputs: { body: { rows: [{ id: 1 }, { id: 2 }] } },
    })
    expect(JSON.parse(built.text ?? '')).toEqual({
      rows: [
        { id: 1, copy: 1 },
        { id: 2, copy: 2 },
      ],
    })
  })
})

describe('policies of bodies', () => {
  const sample = { parameters: [{ name: 'body', in: 'body', schema: { type: 'object' } }] }
  const place = (propertyParentPath: string, propertySubPath: string, newPropertyPath: string) => ({
    propertyParentPath,
    propertySubPath,
    newPropertyPath,
  })
  const xyz = { XYZ: { Age: '30' } }

  test.each<[string, Parameters, object, object]>([
    [
      'convertobjecttoarray',
      { ...place('@body()', 'people', '@body().people'), keyName: 'Name', valueName: 'Details' },
      { people: xyz },
      { people: [{ Name: 'XYZ', Details: { Age: '30' } }] },
    ],
    [
      'convertobjecttoarray',
      place('@body().value', 'assignments', '@item()._assignments'),
      { value: [{ assignments: { a: 1 } }, {}] },
      { value: [{ assignments: { a: 1 }, _assignments: [{ key: 'a', value: 1 }] }, {}] },
    ],
    [
      'convertarraytoobject',
      { ...place('@body()', 'list', '@body().list'), keyWithinCollectionPath: 'id', retainKey: 'false' },
      { list: [{ id: 1, a: 2 }, { a: 3 }, { id: '__proto__', a: 4 }] },
      { list: JSON.parse('{"1": {"a": 2}, "__proto__": {"a": 4}}') },
    ],
    [
      'convertarraytoobject',
      { ...place('@body().list', 'null', 'byId'), keyWithinCollectionPath: 'id' },
      { list: [{ id: 'x' }] },
      { list: [{ id: 'x' }], byId: { x: { id: 'x' } } },
    ],
    [
      'stringtoarray',
      { ...place('@body()', 'ages', '@body().ages'), delimiterList: ';,', childPropertyName: 'AgeW' },
      { ages: '3;0,,7' },
      { ages: [{ AgeW: '3' }, { AgeW: '0' }, { AgeW: '7' }] },
    ],
    [
      'stringreplace',
      { ...place('@body().links', 'url', '@item().url'), sourceString: '.', replacementString: '%2E' },
      { links: [{ url: 'a.b.c' }, { other: 1 }] },
      { links: [{ url: 'a%2Eb%2Ec' }, { other: 1 }] },
    ],
    ['encodepropertyvalue', place('@body()', 'id', '@body().id'), { id: 'a b' }, { id: 'a%20b' }],
    ['stringreplace', { ...place('@body().gone', 'x', '@body().x'), sourceString: 'a' }, { y: 1 }, { y: 1 }],
  ])('%s %j', (template, parameters, given, expected) => {
    const built = build([policy(template, parameters)], { sample, inputs: { body: given } })
    expect(JSON.parse(built.text ?? '')).toEqual(expected)
    expect(built.text).toBe(JSON.stringify(expected))
  })

  test('apply to answers in their section', () => {
    const policies = [
      policy(
        'convertobjecttoarray',
        { ...place('@body()', 'sounds', '@body().list'), keyName: 'sound' },
        { 'x-ms-apimTemplate-policySection': 'Response' },
      ),
    ]
    const connector = sampleConnector({ properties: { policyTemplateInstances: policies } })
    const answer = { status: 200, headers: [], body: { sounds: { bell: 'Bell' } } as Value }
    applyResponsePolicies(answer, connector, sampleConnection(), undefined)
    expect(answer.body).toEqual({ sounds: { bell: 'Bell' }, list: [{ sound: 'bell', value: 'Bell' }] })
  })

  test('in a chain do what the planner needs', () => {
    const item = place('@body().assignments', 'userId', '@item().userId')
    const built = build(
      [
        policy('stringtoarray', {
          ...place('@body()', 'assignments', '@body().assignments'),
          delimiterList: ';',
          childPropertyName: 'userId',
        }),
        policy('setproperty', {
          newPropertyParentPathTemplate: '@body().assignments',
          newPropertySubPathTemplate: "['orderHint']",
          propertyValuePathTemplate: ' !',
        }),
        policy('encodepropertyvalue', item),
        policy('stringreplace', { ...item, sourceString: '.', replacementString: '%2E' }),
        policy('convertarraytoobject', {
          ...place('@body()', 'assignments', '@body().assignments'),
          keyWithinCollectionPath: 'userId',
          retainKey: 'false',
        }),
      ],
      { sample, inputs: { body: { assignments: 'a.b@c;d' } } },
    )
    expect(JSON.parse(built.text ?? '')).toEqual({
      assignments: { 'a%2Eb%40c': { orderHint: ' !' }, d: { orderHint: ' !' } },
    })
  })
})

describe('policies', () => {
  test('apply in their order, each to the work of the one before', () => {
    const built = build([
      policy('setheader', { name: 'X-A', value: '1' }),
      policy('setheader', { name: 'X-A', value: "@headers('X-A')2" }),
      policy('setqueryparameter', { name: 'a', value: "@headers('X-A')" }),
    ])
    expect(built.url).toContain('a=12')
  })

  test('of other operations do not apply', () => {
    const other = { 'x-ms-apimTemplate-operationName': ['Other'] }
    expect(
      build([policy('setheader', { name: 'X-A', value: '1' }, other), policy('setvaluefromurl', {}, other)])
        .headers,
    ).not.toHaveProperty('X-A')
  })

  test('that are not known fail the operation they cover, by name', () => {
    expect(() => build([policy('setvaluefromurl', {})])).toThrow(
      expect.objectContaining({
        code: 'Connector.PolicyNotSupported',
        message: expect.stringContaining('setvaluefromurl'),
      }),
    )
  })

  test('leave other text after @ alone', () => {
    expect(build([policy('setheader', { name: 'X-A', value: 'a@odata.type @body' })]).headers['X-A']).toBe(
      'a@odata.type @body',
    )
  })
})
