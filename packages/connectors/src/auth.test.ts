import { describe, expect, test } from 'vitest'
import { asValue, type Sample, sampleConnection, sampleConnector } from './connector.testing.ts'
import { buildRequest } from './request/build-request.ts'

const key = (place: string, name: string) => ({ type: 'apiKey', in: place, name })
const secure = { type: 'securestring' }

interface Given {
  readonly security: object
  readonly parameters: object
  readonly secrets: Record<string, string>
  readonly values?: Record<string, string>
  readonly sample?: Sample
}

function build({ security, parameters, secrets, values = {}, sample = {} }: Given) {
  const connector = sampleConnector({
    ...sample,
    document: { securityDefinitions: security, ...sample.document },
    properties: { connectionParameters: parameters },
  })
  const [operation] = connector.operations.values()
  if (operation === undefined) throw new Error('no operation')
  const connection = sampleConnection({ secrets, values })
  return buildRequest({ connector, operation, inputs: asValue({}), connection })
}

const apiKey = { api_key: secure }
const secret = 's3cret key+/'

describe('credentials', () => {
  test.each<[string, Given, string, Record<string, string>]>([
    [
      'an API key in a header, exactly as typed',
      {
        security: { k: key('header', 'Authorization') },
        parameters: apiKey,
        secrets: { api_key: 'Bearer abcd' },
      },
      '',
      { Authorization: 'Bearer abcd' },
    ],
    [
      'an API key in the query',
      { security: { k: key('query', 'api_key') }, parameters: apiKey, secrets: { api_key: 'a b' } },
      '?api_key=a%20b',
      {},
    ],
    [
      'the only secret, when none is called api_key',
      {
        security: { k: key('header', 'X-Key') },
        parameters: { licenseKey: secure },
        secrets: { licenseKey: 'abcd' },
      },
      '',
      { 'X-Key': 'abcd' },
    ],
    [
      'user and password, in UTF-8',
      {
        security: { b: { type: 'basic' } },
        parameters: { username: { type: 'string' }, password: secure },
        values: { Username: 'jana' },
        secrets: { password: 'žluť' },
      },
      '',
      { Authorization: `Basic ${Buffer.from('jana:žluť').toString('base64')}` },
    ],
    [
      'a token, also when only the connection tells of it',
      { security: {}, parameters: { token: { type: 'oauthSetting' } }, secrets: { token: 'tok-1' } },
      '',
      { Authorization: 'Bearer tok-1' },
    ],
    [
      'those the operation names, not the others',
      {
        security: { a: key('header', 'X-A'), b: key('header', 'X-B') },
        parameters: apiKey,
        secrets: { api_key: 'abcd' },
        sample: { operation: { security: [{ b: [] }] } },
      },
      '',
      { 'X-B': 'abcd' },
    ],
    [
      'none, when the operation asks for none',
      {
        security: { a: key('header', 'X-A') },
        parameters: apiKey,
        secrets: { api_key: 'abcd' },
        sample: { operation: { security: [] } },
      },
      '',
      {},
    ],
  ])('%s', (_, given, search, headers) => {
    const built = build(given)
    expect(new URL(built.url).search).toBe(search)
    const sent = Object.fromEntries(built.headers.filter(([name]) => name !== 'Accept'))
    expect(sent).toEqual(headers)
  })

  test('that are missing fail before anything is sent, by name', () => {
    expect(() => build({ security: { k: key('query', 'k') }, parameters: apiKey, secrets: {} })).toThrow(
      expect.objectContaining({ code: 'Connector.CredentialMissing', path: 'api_key' }),
    )
  })

  test.each(['query', 'header'])('in the %s are not in the record', (place) => {
    const built = build({
      security: { k: key(place, 'k') },
      parameters: apiKey,
      secrets: { api_key: secret },
    })
    expect(JSON.stringify(built.record)).not.toContain('s3cret')
    expect(JSON.stringify(built.record)).toContain('***')
  })
})
