import { describe, expect, test } from 'vitest'
import { checkUrl } from './url-guard.ts'

const odd = [
  'http://127.1/',
  'http://0/',
  'http://0x7f000001/',
  'http://2130706433/',
  'http://017700000001/',
  'http://[::ffff:127.0.0.1]/',
  'http://[fe80::1%lo]/',
  'http://user:pass@example.com/',
  'http://example.com\\@127.0.0.1/',
  'http://exa\tmple.com/',
  'http://example。com/',
  'http://１２７.0.0.1/',
  'http://exаmple.com/',
  'http://ex%61mple.com/',
  'http://localhost.:80/',
  'http:example.com',
  'http:///example.com',
  'file:///etc/passwd',
  'gopher://example.com/',
  '//example.com/',
  ' http://example.com/',
  '',
]

const plain: [string, string][] = [
  ['https://api.example.com/a?b=c', 'https://api.example.com/a?b=c'],
  ['HTTPS://API.Example.com:443/a', 'https://api.example.com/a'],
  ['http://example.com:8080', 'http://example.com:8080/'],
  ['http://xn--mnchen-3ya.de/', 'http://xn--mnchen-3ya.de/'],
  ['http://[2606:4700::1111]:81/x', 'http://[2606:4700::1111]:81/x'],
  ['https://example.com/@user', 'https://example.com/@user'],
]

describe('a URL', () => {
  test.each(odd)('%j is refused', (text) => {
    expect(checkUrl(text).problem).toMatch(/\.$/)
  })
  test.each(plain)('%j is read as %j', (text, href) => {
    expect(checkUrl(text).url?.href).toBe(href)
  })
})
