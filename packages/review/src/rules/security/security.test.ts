import { describe, expect, test } from 'vitest'
import { checkFlow } from '../../check-rules.ts'
import type { Finding } from '../../finding.ts'
import { solutionSubjectOf } from '../../solution/read-solution.ts'
import { type ExampleFlow, exampleFacts, exampleFiles } from '../example-flow.ts'
import { securityRules } from './index.ts'

function findings(id: string, example: ExampleFlow): Finding[] {
  const subject = solutionSubjectOf(exampleFiles(example), { facts: exampleFacts(example) })
  const only = securityRules.filter((rule) => rule.id === id)
  return subject.subjects.flatMap((each) => checkFlow(each, { only }))
}

const http = (inputs: object) => ({
  type: 'Http',
  inputs: { method: 'POST', uri: 'https://example.com/a', ...inputs },
})
const severities = (found: readonly Finding[]): string[] => found.map(({ severity }) => severity)

describe('typed secrets', () => {
  test.each([
    ['a signed URL', { uri: 'https://example.com/t?sv=1.0&sig=AbCdEf0123456789AbCdEf0123456789' }],
    ['an account key', { body: 'AccountKey=AbCdEf0123456789AbCdEf0123456789==;EndpointSuffix=x' }],
    [
      'a bearer token',
      { headers: { Authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0.x' } },
    ],
    ['a basic credential', { headers: { Authorization: `Basic ${btoa('reader:Wint3r!')}` } }],
    ['a password field', { body: { user: 'reader', Password: 'Wint3r!' } }],
    [
      'a secret inside an expression',
      { body: "@concat('Server=db;Password=Wint3r!sComing;', triggerBody())" },
    ],
    ['a user in a URL', { uri: 'https://reader:Wint3r!@example.com/a' }],
  ])('%s is found and never shown', (_what, inputs) => {
    const found = findings('SEC401', { actions: { Call: http(inputs) } })
    expect(severities(found)).toEqual(['error'])
    expect(found[0]?.message).not.toMatch(/Wint3r|AbCdEf|eyJ/)
  })

  test.each([
    ['a stand-in', { body: { password: '<your password>' } }],
    ['a mask', { body: { password: '********' } }],
    ['a parameter', { body: { password: "@parameters('password')" } }],
    ['the name of a field', { body: { password: 'password' } }],
    ['an empty field', { body: { password: '' } }],
    ['a deployment parameter', { body: { password: '{{password}}' } }],
    ['a field with a similar name', { body: { passwordPolicies: 'DisableStrongPassword' } }],
    [
      'a token the flow has fetched',
      { headers: { Authorization: "Bearer @{body('Token')?['access_token']}" } },
    ],
    ['a sentence', { body: { password: 'Ask the help desk.' } }],
  ])('%s is none', (_what, inputs) => {
    expect(findings('SEC401', { actions: { Call: http(inputs) } })).toEqual([])
  })

  test('a variable that is called like a secret counts, whoever sets it', () => {
    const declare = (value?: string) => ({
      type: 'InitializeVariable',
      inputs: {
        variables: [{ name: 'GraphClientSecret', type: 'string', ...(value === undefined ? {} : { value }) }],
      },
    })
    const set = { type: 'SetVariable', inputs: { name: 'GraphClientSecret', value: 'q8Zk!27vPp' } }
    expect(findings('SEC401', { actions: { Declare: declare('q8Zk!27vPp') } })).toHaveLength(1)
    expect(findings('SEC401', { actions: { Declare: declare(), Set: set } })).toHaveLength(1)
  })
})

describe('input of users', () => {
  const list = (filter: string) => ({
    type: 'OpenApiConnection',
    inputs: {
      host: { apiId: '/apis/shared_sharepointonline', connectionName: 'c', operationId: 'GetItems' },
      parameters: { $filter: filter },
    },
  })
  const request = (type: string) => ({
    type: 'Request',
    kind: 'Http',
    inputs: { schema: { type: 'object', properties: { value: { type } } } },
  })

  test.each([
    ['a text between quotes', 'string', "Title eq '@{triggerBody()?['value']}'", 1],
    ['the same with concat', 'string', "@concat('Title eq ''', triggerBody()?['value'], '''')", 1],
    ['a trimmed text', 'string', "Title eq '@{trim(triggerBody()?['value'])}'", 1],
    ['a number by its schema', 'integer', "ID eq '@{triggerBody()?['value']}'", 0],
    ['a text outside quotes', 'string', "ID eq @{triggerBody()?['value']}", 0],
    ['an escaped text', 'string', "Title eq '@{replace(triggerBody()?['value'], '''', '''''')}'", 0],
  ])('%s in a filter', (_what, type, filter, count) => {
    expect(findings('SEC405', { trigger: request(type), actions: { Find: list(filter) } })).toHaveLength(
      count,
    )
  })

  test('what a system recorded is no input of a user', () => {
    const trigger = {
      type: 'OpenApiConnection',
      inputs: { host: { apiId: '/apis/shared_x', operationId: 'OnNew' } },
    }
    expect(
      findings('SEC405', { trigger, actions: { Find: list("a eq '@{triggerBody()?['value']}'") } }),
    ).toEqual([])
  })

  test('SQL text is an error, a filter a warning', () => {
    const sql = {
      type: 'OpenApiConnection',
      inputs: {
        host: {
          apiId: '/apis/shared_sql',
          connectionName: 'c',
          operationId: 'ExecutePassThroughNativeQuery_V2',
        },
        parameters: { 'query/query': "SELECT * FROM Orders WHERE Name = '@{triggerBody()?['value']}'" },
      },
    }
    expect(severities(findings('SEC405', { trigger: request('string'), actions: { Find: sql } }))).toEqual([
      'error',
    ])
  })

  test('a host that a condition has looked at is trusted', () => {
    const call = http({ uri: "https://@{triggerBody()?['value']}/orders" })
    const checked = {
      type: 'If',
      expression: { equals: ["@triggerBody()?['value']", 'example.com'] },
      actions: { Call: call },
    }
    expect(findings('SEC409', { trigger: request('string'), actions: { Call: call } })).toHaveLength(1)
    expect(findings('SEC409', { trigger: request('string'), actions: { Check: checked } })).toEqual([])
  })

  test('a typed host with a path of the user is none', () => {
    const call = http({ uri: "https://example.com/@{triggerBody()?['value']}" })
    expect(findings('SEC409', { trigger: request('string'), actions: { Call: call } })).toEqual([])
  })
})

describe('what the history shows', () => {
  test('a message that carries a secured output is told, a call that takes it is not', () => {
    const secret = {
      ...http({}),
      runtimeConfiguration: { secureData: { properties: ['outputs'] } },
    }
    const mail = {
      type: 'OpenApiConnection',
      inputs: {
        host: { apiId: '/apis/shared_office365', connectionName: 'c', operationId: 'SendEmailV2' },
        parameters: { 'emailMessage/Body': "@{body('Secret')}" },
      },
    }
    const found = findings('SEC408', {
      actions: { Secret: secret, Mail: mail, Use: http({ body: "@body('Secret')" }) },
    })
    expect(found.map(({ action }) => action)).toEqual(['Mail'])
  })

  test.each([
    ['appid', 0],
    ['service-account-username', 0],
    ['database-url', 0],
    ['sendgrid', 1],
    ['appsecret', 1],
  ])('a vault may keep what is no secret: %s', (name, count) => {
    const read = {
      type: 'ApiConnection',
      inputs: {
        host: { connection: { name: "@parameters('$connections')['keyvault']['connectionId']" } },
        method: 'get',
        path: `/secrets/@{encodeURIComponent('${name}')}/value`,
      },
    }
    const parameters = { $connections: { type: 'Object', defaultValue: {} } }
    expect(findings('SEC402', { parameters, actions: { Read: read } })).toHaveLength(count)
  })

  test('a token call with a certificate has no secret in its body', () => {
    const token = http({
      uri: 'https://example.com/oauth2/v2.0/token',
      body: 'grant_type=client_credentials&client_id=a',
    })
    expect(findings('SEC402', { actions: { Token: token } })).toEqual([])
  })
})

test('namespaces and links in texts are not plain HTTP calls', () => {
  const body = '<a xmlns="http://www.w3.org/1999/xhtml" href="http://example.com">here</a>'
  expect(findings('SEC404', { actions: { Call: http({ body }) } })).toEqual([])
})

test('one owner of several hosts may get one credential', () => {
  const call = (uri: string) => http({ uri, headers: { 'x-api-key': "@parameters('key')" } })
  const parameters = { key: { type: 'SecureString' } }
  const actions = (one: string, other: string) => ({ One: call(one), Other: call(other) })
  expect(
    findings('SEC412', { parameters, actions: actions('https://a.example.com/', 'https://b.example.com/') }),
  ).toEqual([])
  expect(
    findings('SEC412', {
      parameters,
      actions: actions('https://a.example.co.uk/', 'https://b.other.co.uk/'),
    }),
  ).toHaveLength(1)
})

test('a button that answers is a child flow, which needs the connections of its maker', () => {
  const trigger = { type: 'Request', kind: 'Button', inputs: {} }
  const connectionReferences = { shared_sql: { api: 'shared_sql', logicalName: 'con_sql' } }
  const add = {
    type: 'OpenApiConnection',
    inputs: { host: { apiId: '/apis/shared_sql', connectionName: 'shared_sql', operationId: 'PostItem_V2' } },
  }
  const answer = { type: 'Response', kind: 'Http', inputs: { statusCode: 200 } }
  expect(severities(findings('SEC411', { trigger, connectionReferences, actions: { add } }))).toEqual([
    'info',
  ])
  expect(findings('SEC411', { trigger, connectionReferences, actions: { add, answer } })).toEqual([])
})

test('what AI Builder does goes through Dataverse, but touches no rows', () => {
  const found = (operationId: string) =>
    findings('SEC411', {
      trigger: { type: 'Request', kind: 'PowerAppV2', inputs: {} },
      connectionReferences: { rows: { api: 'shared_commondataserviceforapps', logicalName: 'con_rows' } },
      actions: {
        Ask: {
          type: 'OpenApiConnection',
          inputs: {
            host: { apiId: '/apis/shared_commondataserviceforapps', connectionName: 'rows', operationId },
          },
        },
      },
    })
  expect(found('aibuilderpredict_customprompt')).toEqual([])
  expect(found('ListRecords')).toHaveLength(1)
})

test.each([
  ['many openings', '('.repeat(200_000)],
  ['a long host', `https://${'['.repeat(200_000)}`],
  ['tokens without an end', '-eyJ'.repeat(50_000)],
  ['connection strings without a password', 'Server=a;'.repeat(20_000)],
])('%s take no longer than their length', (_what, text) => {
  const actions = { Call: http({ uri: text, body: { password: text, query: text } }) }
  const subject = solutionSubjectOf(exampleFiles({ actions }), { facts: undefined })
  const from = performance.now()
  for (const each of subject.subjects) checkFlow(each, { only: securityRules })
  expect(performance.now() - from).toBeLessThan(3_000)
})
