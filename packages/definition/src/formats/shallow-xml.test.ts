import { describe, expect, test } from 'vitest'
import { shallowXml } from './shallow-xml.ts'

describe('XML is cut below its fifth level', () => {
  test.each([
    [
      '<a><b><c><d><e x="1">t<f><g>gone</g></f>u<h/>v</e></d></c></b></a>',
      '<a><b><c><d><e x="1">tuv</e></d></c></b></a>',
    ],
    ['<a><b><c><d><e><f></f></e><e/></d></c></b></a>', '<a><b><c><d><e></e><e/></d></c></b></a>'],
    ['<?xml version="1.0"?><a/>', '<?xml version="1.0"?><a/>'],
    ['<a><!-- <b><b><b><b><b><b> --><![CDATA[<b><b><b><b><b>]]></a>', undefined],
    [`<a x="</a><b>" y='>'><b/></a>`, undefined],
    ['no markup', undefined],
  ])('%s', (text, expected) => {
    expect(shallowXml(text)).toBe(expected ?? text)
  })

  test.each([
    ['a tag that does not end', '<a><b'],
    ['a quote that does not end', '<a x="1><b/></a>'],
    ['a comment that does not end', '<a><!-- </a>'],
    ['deep elements that do not end', '<a><a><a><a><a><a><a>'],
    ['300,000 elements', `<a>${'<b/>'.repeat(300_000)}</a>`],
    ['300,000 attributes', `<a ${'x="" '.repeat(300_000)}/>`],
  ])('but not with %s', (_what, text) => {
    expect(shallowXml(text)).toBeUndefined()
  })

  test('however many lie below it', () => {
    const deep = `<a><a><a><a><a>${'<b/>'.repeat(400_000)}</a></a></a></a></a>`
    expect(shallowXml(deep)).toBe('<a><a><a><a><a></a></a></a></a></a>')
  })
})
