import { describe, expect, test } from 'vitest'
import { asValue, bodyText, type Sample, sampleConnection, sampleConnector } from '../connector.testing.ts'
import type { Operation } from '../library/operation.ts'
import { buildRequest, idempotencyHeader } from './build-request.ts'

const query = (name: string, more: object = {}) => ({ name, in: 'query', type: 'string', ...more })
const path = (name: string, more: object = {}) => ({
  name,
  in: 'path',
  required: true,
  type: 'string',
  ...more,
})
const header = (name: string, more: object = {}) => ({ name, in: 'header', type: 'string', ...more })
const form = (name: string, more: object = {}) => ({ name, in: 'formData', type: 'string', ...more })
const body = (schema: object, more: object = {}) => ({ name: 'body', in: 'body', schema, ...more })
const object = (properties: object, required: string[] = []) => ({ type: 'object', properties, required })
const internal = { 'x-ms-visibility': 'internal' }
const text = { type: 'string' }

interface Case extends Sample {
  readonly inputs: object
  readonly url?: string
  readonly headers?: Record<string, string>
  readonly sent?: unknown
  readonly raw?: string
}

const cases: Record<string, Case> = {
  // Where values go
  'no parameters': { inputs: {}, url: 'https://api.example.com/v1/do' },
  'a query is percent-encoded, `$` in its name is not': {
    parameters: [query('$filter')],
    inputs: { $filter: "a b&c='é" },
    url: 'https://api.example.com/v1/do?$filter=a%20b%26c%3D%27%C3%A9',
  },
  'names with brackets are one name': {
    parameters: [query('search[client][name_kana]')],
    inputs: { 'search[client][name_kana]': 'x' },
    url: 'https://api.example.com/v1/do?search%5Bclient%5D%5Bname_kana%5D=x',
  },
  'names with a slash are tried whole': {
    parameters: [query('body/name'), body(object({ name: text }))],
    inputs: { 'body/name': 'x' },
    url: 'https://api.example.com/v1/do?body%2Fname=x',
  },
  'names match whatever their case': {
    parameters: [query('Limit')],
    inputs: { limit: 3 },
    url: 'https://api.example.com/v1/do?Limit=3',
  },
  'booleans, null and the empty string in a query': {
    parameters: [query('a'), query('b'), query('c')],
    inputs: { a: true, b: null, c: '' },
    url: 'https://api.example.com/v1/do?a=true&c=',
  },
  'arrays are comma-separated': {
    parameters: [query('ids', { type: 'array' })],
    inputs: { ids: [1, 'b', true] },
    url: 'https://api.example.com/v1/do?ids=1%2Cb%2Ctrue',
  },
  'arrays of collectionFormat multi repeat': {
    parameters: [query('ids', { type: 'array', collectionFormat: 'multi' })],
    inputs: { ids: [1, 2] },
    url: 'https://api.example.com/v1/do?ids=1&ids=2',
  },
  'arrays of a name ending in [] repeat': {
    parameters: [query('ids[]', { type: 'array' })],
    inputs: { 'ids[]': [1, 2] },
    url: 'https://api.example.com/v1/do?ids%5B%5D=1&ids%5B%5D=2',
  },
  'arrays of other collectionFormats': {
    parameters: [
      query('s', { type: 'array', collectionFormat: 'ssv' }),
      query('t', { type: 'array', collectionFormat: 'tsv' }),
      query('p', { type: 'array', collectionFormat: 'pipes' }),
    ],
    inputs: { s: [1, 2], t: [1, 2], p: [1, 2] },
    url: 'https://api.example.com/v1/do?s=1%202&t=1%092&p=1%7C2',
  },
  'text where an array is expected goes as it is': {
    parameters: [query('ids', { type: 'array' })],
    inputs: { ids: '1;2' },
    url: 'https://api.example.com/v1/do?ids=1%3B2',
  },
  'a path value is encoded once': {
    path: '/tasks/{id}',
    parameters: [path('id')],
    inputs: { id: 'a/b c' },
    url: 'https://api.example.com/v1/tasks/a%2Fb%20c',
  },
  'a path value is encoded twice where the definition says so': {
    path: '/tasks/{id}',
    parameters: [path('id', { 'x-ms-url-encoding': 'double' })],
    inputs: { id: 'a/b' },
    url: 'https://api.example.com/v1/tasks/a%252Fb',
  },
  'a path variable inside a segment': {
    path: "/tasks('{id}')/x",
    parameters: [path('id')],
    inputs: { id: 7 },
    url: "https://api.example.com/v1/tasks('7')/x",
  },
  'the connection prefix of a deployed definition is dropped': {
    path: '/{connectionId}/tasks',
    parameters: [path('connectionId', internal)],
    inputs: {},
    url: 'https://api.example.com/v1/tasks',
  },
  'headers are trimmed': {
    parameters: [header('X-A')],
    inputs: { 'X-A': ' b ' },
    headers: { 'X-A': 'b' },
  },
  'base path and path meet at one slash': {
    document: { basePath: '/v1/' },
    inputs: {},
    url: 'https://api.example.com/v1/do',
  },
  'http is used only when https is not offered': {
    document: { schemes: ['http'] },
    inputs: {},
    url: 'http://api.example.com/v1/do',
  },
  // Bodies
  'flat keys make an object': {
    parameters: [body(object({ a: text, b: object({ c: text }) }))],
    inputs: { 'body/a': '1', 'body/b/c': [1, { d: 2 }] },
    sent: { a: '1', b: { c: [1, { d: 2 }] } },
    headers: { 'Content-Type': 'application/json' },
  },
  'the body has its own name': {
    parameters: [body(object({ To: text }), { name: 'emailMessage' })],
    inputs: { 'emailMessage/To': 'a@b', 'body/To': 'no' },
    sent: { To: 'a@b' },
  },
  'the longest declared property name wins': {
    parameters: [body(object({ 'a/b': text, a: object({ b: text }) }))],
    inputs: { 'body/a/b': 1 },
    sent: { 'a/b': 1 },
  },
  'undeclared properties split at each slash': {
    parameters: [body(object({}))],
    inputs: { 'body/x/y.z': 1 },
    sent: { x: { 'y.z': 1 } },
  },
  'the escapes of the designer match declared names': {
    parameters: [body(object({ 'a.b[c': text }))],
    inputs: { 'body/a~1b~2c': 1 },
    sent: { 'a.b[c': 1 },
  },
  'properties of allOf are declared too': {
    parameters: [body({ allOf: [{ $ref: '#/definitions/Base' }, object({ b: text })] })],
    document: { definitions: { Base: object({ 'x/y': text }) } },
    inputs: { 'body/x/y': 1, 'body/b': 2 },
    sent: { 'x/y': 1, b: 2 },
  },
  'a whole body is applied before flat keys': {
    parameters: [body(object({ a: text }))],
    inputs: { 'body/a': 2, body: { a: 1, b: 1 } },
    sent: { a: 2, b: 1 },
  },
  'a null property is kept': {
    parameters: [body(object({ a: text }))],
    inputs: { 'body/a': null },
    sent: { a: null },
  },
  '`__proto__` is an ordinary key': {
    parameters: [body(object({}))],
    inputs: JSON.parse('{"body/__proto__/x": 1}'),
    raw: '{"__proto__":{"x":1}}',
  },
  'an array is the whole body': {
    parameters: [body({ type: 'array', items: object({ n: { type: 'integer' } }) })],
    inputs: { body: [{ n: '5' }] },
    sent: [{ n: 5 }],
  },
  'numbers and booleans written as text are converted where that is exact': {
    parameters: [
      body(
        object({
          i: { type: 'integer' },
          n: { type: 'number' },
          b: { type: 'boolean' },
          z: { type: 'integer' },
        }),
      ),
    ],
    inputs: { 'body/i': '12345678901234567890', 'body/n': '1.5', 'body/b': 'True', 'body/z': '007' },
    raw: '{"i":12345678901234567890,"n":1.5,"b":true,"z":"007"}',
  },
  'text for a text body is a JSON string': {
    parameters: [body({ type: 'string' })],
    document: { consumes: ['application/json'] },
    inputs: { body: 'hi' },
    raw: '"hi"',
  },
  'text where an object is declared is its JSON': {
    parameters: [body(object({}))],
    inputs: { body: '{"a":1}' },
    raw: '{"a":1}',
  },
  'text where XML is wanted is sent raw': {
    parameters: [body({ type: 'string' })],
    operation: { consumes: ['application/xml'] },
    inputs: { body: '<a/>' },
    raw: '<a/>',
    headers: { 'Content-Type': 'application/xml' },
  },
  'an object is JSON even where only text is listed': {
    parameters: [body(object({}))],
    operation: { consumes: ['text/plain'] },
    inputs: { 'body/a': 1 },
    sent: { a: 1 },
    headers: { 'Content-Type': 'application/json' },
  },
  'a JSON patch keeps its type': {
    parameters: [body({ type: 'array' })],
    operation: { consumes: ['application/json-patch+json', 'application/json'] },
    inputs: { body: [] },
    sent: [],
    headers: { 'Content-Type': 'application/json-patch+json' },
  },
  'a declared Content-Type header wins': {
    parameters: [
      header('Content-Type', { ...internal, default: ' application/vnd.x+json' }),
      body(object({})),
    ],
    inputs: { 'body/a': 1 },
    sent: { a: 1 },
    headers: { 'Content-Type': 'application/vnd.x+json' },
  },
  'a file is its bytes under its own type': {
    parameters: [body({ type: 'string', format: 'binary' })],
    inputs: { body: { '$content-type': 'image/png', $content: Buffer.from('png').toString('base64') } },
    raw: 'png',
    headers: { 'Content-Type': 'image/png' },
  },
  'Accept prefers JSON': {
    operation: { produces: ['text/xml', 'application/json'] },
    inputs: {},
    headers: { Accept: 'application/json' },
  },
  'Accept is what is produced, or anything': { inputs: {}, headers: { Accept: '*/*' } },
  // Forms
  'a form without a file is urlencoded': {
    parameters: [form('a'), form('b')],
    inputs: { a: 'x y', b: '&' },
    raw: 'a=x+y&b=%26',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  },
  // Defaults
  'internal defaults are sent at every depth, visible optional ones are not': {
    parameters: [
      query('api-version', { ...internal, default: '2.0' }),
      query('top', { default: 10 }),
      query('required', { required: true, default: 5 }),
      body(
        object(
          {
            kind: { ...text, ...internal, default: 'K' },
            seen: { ...text, default: 'no' },
            made: object({ x: { ...text, ...internal, default: 'deep' } }),
            needed: object({ x: { ...text, ...internal, default: 'deep' } }),
            given: object({ y: { ...text, ...internal, default: 'there' } }),
            items: { type: 'array', items: object({ z: { ...text, ...internal, default: 'each' } }) },
          },
          ['needed'],
        ),
      ),
    ],
    inputs: { 'body/given/a': 1, 'body/items': [{}, { z: 'own' }] },
    url: 'https://api.example.com/v1/do?api-version=2.0&required=5',
    sent: {
      given: { a: 1, y: 'there' },
      items: [{ z: 'each' }, { z: 'own' }],
      kind: 'K',
      needed: { x: 'deep' },
    },
  },
  'an internal body is made of its nested defaults': {
    parameters: [body(object({ a: { ...text, ...internal, default: 1 } }), { required: true, ...internal })],
    inputs: {},
    sent: { a: 1 },
  },
  'an internal body without defaults is not sent': {
    parameters: [body(object({ a: text }), { required: true, ...internal })],
    inputs: {},
  },
  'a required body whose properties are all optional is an empty object': {
    parameters: [body(object({ a: text }), { required: true })],
    inputs: {},
    sent: {},
  },
  'a recursive schema ends': {
    parameters: [body({ $ref: '#/definitions/Node' })],
    document: { definitions: { Node: object({ next: { $ref: '#/definitions/Node' } }, ['next']) } },
    inputs: { 'body/next/next': {} },
    sent: { next: { next: {} } },
  },
}

describe('a request', () => {
  test.each(Object.entries(cases))('%s', (_, { inputs, url, headers, sent, raw, ...sample }) => {
    const connector = sampleConnector(sample)
    const [operation] = connector.operations.values()
    if (operation === undefined) throw new Error('no operation')
    const built = buildRequest({
      connector,
      operation,
      inputs: asValue(inputs),
      connection: sampleConnection(),
    })
    if (url !== undefined) expect(built.url).toBe(url)
    if (headers !== undefined) expect(Object.fromEntries(built.headers)).toMatchObject(headers)
    if (raw !== undefined) expect(bodyText(built.body)).toBe(raw)
    else if (sent !== undefined) expect(JSON.parse(bodyText(built.body) ?? '')).toEqual(sent)
    else expect(built.body).toBeUndefined()
  })

  const build = (sample: Sample, inputs: object) => {
    const connector = sampleConnector(sample)
    const [operation] = connector.operations.values()
    if (operation === undefined) throw new Error('no operation')
    return buildRequest({
      connector,
      operation,
      inputs: asValue(inputs),
      connection: sampleConnection(),
      idempotencyKey: 'run/Call',
    })
  }

  test.each([
    ['a query', { parameters: [query('q', { required: true })] }, 'q'],
    ['a path value', { path: '/a/{id}', parameters: [path('id')] }, 'id'],
    ['a body', { parameters: [body({ type: 'string' }, { required: true })] }, 'body'],
    ['a property', { parameters: [body(object({ p: text }, ['p']), { required: true })] }, 'body/p'],
  ])('without %s that is required is not made', (_, sample, name) => {
    expect(() => build(sample, {})).toThrow(
      expect.objectContaining({ code: 'Connector.ParameterMissing', path: name }),
    )
  })

  test('a header with a line break is not made', () => {
    expect(() => build({ parameters: [header('X-A')] }, { 'X-A': 'a\r\nX-B: c' })).toThrow(
      expect.objectContaining({ code: 'Connector.ParameterInvalid' }),
    )
  })

  test('unknown parameters are not sent and named', () => {
    const built = build({ parameters: [query('a')] }, { b: 1 })
    expect(built.url).toBe('https://api.example.com/v1/do')
    expect(built.warnings).toEqual(['The operation has no parameter "b"; it is not sent.'])
  })

  test('what the flow gave is not changed', () => {
    const given = { body: { a: { b: 1 } }, 'body/a/c': 2 }
    build({ parameters: [body(object({ d: { ...text, ...internal, default: 1 } }))] }, given)
    expect(given).toEqual({ body: { a: { b: 1 } }, 'body/a/c': 2 })
  })

  test('a form with a file is multipart, the same on every attempt', () => {
    const sample = { parameters: [form('note'), form('file', { type: 'file' })] }
    const inputs = {
      note: 'hello',
      'file/$content': Buffer.from('%PDF').toString('base64'),
      'file/$content-type': 'application/pdf',
      'file/$filename': 'a "b".pdf',
    }
    const built = build(sample, inputs)
    const boundary = /boundary=(.*)$/.exec(Object.fromEntries(built.headers)['Content-Type'] ?? '')?.[1] ?? ''
    expect(bodyText(built.body)).toBe(
      [
        `--${boundary}\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n`,
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a %22b%22.pdf"\r\n`,
        `Content-Type: application/pdf\r\n\r\n%PDF\r\n--${boundary}--\r\n`,
      ].join(''),
    )
    expect(build(sample, inputs).body).toEqual(built.body)
  })

  test('custom code is refused for the operations it takes part in', () => {
    expect(() => build({ hasScript: true }, {})).toThrow(
      expect.objectContaining({ code: 'Connector.ScriptNotSupported' }),
    )
    expect(build({ hasScript: true, properties: { scriptOperations: ['Other'] } }, {}).method).toBe('POST')
  })

  test('a broken reference fails the operation that uses it', () => {
    expect(() => build({ parameters: [body({ $ref: '#/definitions/Gone' })] }, { body: 1 })).toThrow(
      expect.objectContaining({ code: 'Connector.BrokenReference' }),
    )
  })

  test('no request leaves for the server that the flow runs in', () => {
    const connector = sampleConnector({})
    const connection = sampleConnection({ target: { kind: 'server' } })
    const operation = connector.operations.get('Do') as Operation
    expect(() => buildRequest({ connector, connection, operation, inputs: {} })).toThrow(
      expect.objectContaining({ code: 'Connector.InvalidHost' }),
    )
  })

  test('every call but GET carries the idempotency key', () => {
    const keys = ['get', 'post', 'delete'].map((method) => {
      const headers = Object.fromEntries(build({ method }, {}).headers)
      return headers['Idempotency-Key']
    })
    expect(keys).toEqual([undefined, 'run/Call', 'run/Call'])
  })

  test.each([
    ['run/For_each[3]/Call#1', 'run/For_each[3]/Call#1'],
    ['run/Žádost o', 'run/%C5%BD%C3%A1dost%20o'],
    ['x'.repeat(300), expect.stringMatching(/^[0-9a-f]{64}$/)],
  ])('the key %s travels as %s', (key, header) => {
    expect(idempotencyHeader(key)).toEqual(header)
  })
})
