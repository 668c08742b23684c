import { describe, expect, test } from 'vitest'
import { triggerOutputs } from './inbound-request.ts'

const decode = (type: string | undefined, text: string) =>
  triggerOutputs({
    headers: type === undefined ? {} : { 'content-type': type },
    query: {},
    body: Buffer.from(text),
  })

describe('what a trigger shows of a request', () => {
  test.each([
    ['application/json', '{"a":1}', { a: 1 }],
    ['application/vnd.x+json; charset=utf-8', '[null]', [null]],
    ['application/json', 'null', null],
    ['text/plain; charset=utf-8', 'ahoj', 'ahoj'],
    ['text/plain; charset=no-such', 'ahoj', 'ahoj'],
    ['application/xml', '<a/>', { '$content-type': 'application/xml', $content: 'PGEvPg==' }],
    [undefined, 'x', { '$content-type': 'application/octet-stream', $content: 'eA==' }],
  ])('a %s body', (type, text, body) => {
    expect(decode(type, text).body).toEqual(body)
  })

  test('a form keeps its pairs in order, empty keys and repeated keys included', () => {
    expect(decode('application/x-www-form-urlencoded', 'a=1&a=b+c&=x&k&p=%zz')).toMatchObject({
      body: {
        $formdata: [
          { key: 'a', value: '1' },
          { key: 'a', value: 'b c' },
          { key: '', value: 'x' },
          { key: 'k', value: '' },
          { key: 'p', value: '%zz' },
        ],
      },
    })
  })

  test('a multipart body shows its parts, text as text', () => {
    const text = [
      '--b',
      'Content-Disposition: form-data; name="t"',
      'Content-Type: text/plain',
      '',
      'hello',
      '--b',
      'Content-Disposition: form-data; name="f"',
      '',
      '{}',
      '--b--',
      '',
    ].join('\r\n')
    const { body } = decode('multipart/form-data; boundary=b', text)
    expect(body).toMatchObject({
      $multipart: [
        { body: 'hello' },
        {
          headers: { 'Content-Length': '2' },
          body: { '$content-type': 'application/octet-stream', $content: 'e30=' },
        },
      ],
    })
  })

  test('no body is an absent body', () => {
    expect(decode('application/json', '')).not.toHaveProperty('body')
  })

  test('the signature and the Authorization header stay outside', () => {
    const outputs = triggerOutputs({
      headers: { authorization: 'Bearer secret', 'x-a': ['1', '2'], __proto__x: 'y' },
      query: { sig: 's', sp: 'p', sv: '1.0', name: 'Jana', __proto__: 'data' },
      body: Buffer.alloc(0),
    })
    expect(JSON.stringify(outputs)).not.toContain('secret')
    expect(outputs.headers).toMatchObject({ 'x-a': '1, 2' })
    expect(outputs.queries).toEqual(expect.objectContaining({ name: 'Jana' }))
  })

  test('a body that says JSON and is not is refused', () => {
    expect(() => decode('application/json', '{')).toThrow(
      expect.objectContaining({ code: 'Trigger.InvalidBody' }),
    )
  })
})
