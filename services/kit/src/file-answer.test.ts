import { describe, expect, test } from 'vitest'
import { fileAnswer } from './index.ts'

const headersOf = (name: string, mediaType = 'text/html') =>
  fileAnswer({ bytes: new Uint8Array([1]), mediaType, name }).headers ?? {}
const nameOf = (name: string) => {
  const [, encoded = ''] =
    /^attachment; filename\*=UTF-8''([\w.~!%-]*)$/.exec(headersOf(name)['content-disposition'] ?? '') ?? []
  return decodeURIComponent(encoded)
}

describe('a file leaves', () => {
  test('as a download that may do nothing', () => {
    expect(headersOf('a.html')).toMatchObject({
      'content-type': 'text/html',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
  })

  test.each([
    ['Nightly review.html', 'Nightly review.html'],
    ["plán (1)'*;=,%.txt", "plán (1)'_;=,%.txt"],
    ['レポート 👩‍💻.html', 'レポート 👩‍💻.html'],
    ['a\r\nset-cookie: x=1\r\n\r\n.txt', 'a__set-cookie_ x=1____.txt'],
    ['"; filename="b.exe', '_; filename=_b.exe'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['C:\\x\0y', 'C__x_y'],
    ['report\u202egnp.exe', 'report_gnp.exe'],
    ['\ud800', '_'],
    ['', ''],
  ])('%j by the name %j', (name, expected) => {
    expect(nameOf(name)).toBe(expected)
  })

  test('by the end of its name when that is long', () => {
    expect(nameOf(`${'📎'.repeat(100_000)}.html`)).toBe(`${'📎'.repeat(195)}.html`)
  })

  test.each(['text/html\r\nx: y', 'text/html; charset=utf-7', '', 'html', '</>', `a/${'b'.repeat(101)}`])(
    'as mere bytes when its type is %j',
    (mediaType) => {
      expect(headersOf('a', mediaType)['content-type']).toBe('application/octet-stream')
    },
  )
})
