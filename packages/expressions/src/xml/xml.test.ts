import { describe, expect, test } from 'vitest'
import { evaluate } from '../compile/expression.ts'
import { scopeFromData } from '../scope-from-data.ts'
import type { Value } from '../value.ts'

function run(text: string, variables: Record<string, Value>): Value {
  return evaluate(text, scopeFromData({ variables }))
}

function failure(code: string) {
  return expect.objectContaining({ code })
}

describe('xml', () => {
  test.each([
    ['<a></a>', '<a></a>'],
    ['<a b=">"/>', '<a b="&gt;" />'],
    ['<a\n  b="1"\n/>', '<a b="1" />'],
    ['<?xml version="1.0"?>\n<a> <b/> </a>', '<?xml version="1.0"?><a><b /></a>'],
    ['<a>&lt;&#65;</a>', '<a>&lt;A</a>'],
    ['<x:a xmlns:x="u"><x:b/></x:a>', '<x:a xmlns:x="u"><x:b /></x:a>'],
  ])('%j prints as %j', (text, printed) => {
    expect(run("string(xml(variables('v')))", { v: text })).toBe(printed)
  })

  test.each([
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    '<a>&x;</a>',
    '<a><b></a>',
    '<a/><b/>',
    '<?xml version="1.1"?><a/>',
    '<a:b/>',
  ])('%j is refused', (text) => {
    expect(() => run("xml(variables('v'))", { v: text })).toThrow(failure('Expression.Value'))
  })

  test('3,000 levels are a limit, not an overflow', () => {
    const text = '<a>'.repeat(3000) + '</a>'.repeat(3000)
    expect(() => run("xml(variables('v'))", { v: text })).toThrow(failure('Expression.Limit'))
  })
})

describe('json of xml', () => {
  test.each<[string, Value]>([
    ['<a></a>', { a: '' }],
    ['<a/>', { a: null }],
    ['<a x="1">t</a>', { a: { '@x': '1', '#text': 't' } }],
    ['<a><!--1--><!--2--></a>', { a: { '#comment': [] } }],
    ['<a_x0020_b/>', { 'a b': null }],
  ])('%s', (text, value) => {
    expect(run("json(xml(variables('v')))", { v: text })).toEqual(value)
  })

  test('a member named __proto__ is data', () => {
    const value = run("json(xml(variables('v')))", { v: '<a><__proto__><x>1</x></__proto__></a>' }) as {
      a: object
    }
    expect(Object.keys(value.a)).toEqual(['__proto__'])
  })
})

describe('xml of json', () => {
  test.each<[Value, string]>([
    [{ a: { '@b': '<', c: [null, ''] } }, '<a b="&lt;"><c /><c></c></a>'],
    [{ 'a b': { '1': true } }, '<a_x0020_b><_x0031_>true</_x0031_></a_x0020_b>'],
    [{ 'ro:ot': 1 }, '<ot>1</ot>'],
    [{ 'p:r': { '@xmlns:p': 'u' } }, '<p:r xmlns:p="u" />'],
    [{}, ''],
  ])('%j', (value, text) => {
    expect(run("string(xml(variables('v')))", { v: value })).toBe(text)
  })
})

test('an element that xpath finds declares the namespaces it inherits', () => {
  const v = '<x:a xmlns:x="u" xmlns="d"><x:b y="1"><c/></x:b></x:a>'
  expect(run("string(xpath(xml(variables('v')), '//*[local-name()=\"b\"]')[0])", { v })).toBe(
    '<x:b y="1" xmlns:x="u"><c xmlns="d" /></x:b>',
  )
})
