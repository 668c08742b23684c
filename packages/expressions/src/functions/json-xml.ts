import { quoted } from '@flowstead/errors'
import { findKey } from '../compile/property.ts'
import { type Envelope, envelopeText, isEnvelope } from '../content.ts'
import { expressionError } from '../errors.ts'
import { parseJson } from '../json/parse-json.ts'
import { maxForeignJsonDepth } from '../limits.ts'
import { decodeXmlName, decodeXmlValue, encodeXmlName, encodeXmlValue } from '../text/xml-text.ts'
import { type ObjectValue, setOwn, type Value } from '../value.ts'
import { xmlOfJson } from '../xml/json-to-xml.ts'
import { envelopeOfXml, namedXml, parseXml, parseXmlEnvelope, xmlEnvelope } from '../xml/xml-document.ts'
import { jsonOfXml } from '../xml/xml-to-json.ts'
import { evaluateXPath } from '../xml/xpath.ts'
import { define } from './function-row.ts'

/** A copy without one key. */
function without(object: ObjectValue, dropped: string | undefined): ObjectValue {
  const copy: ObjectValue = {}
  for (const key of Object.keys(object)) if (key !== dropped) setOwn(copy, key, object[key] as Value)
  return copy
}

function withLast(object: ObjectValue, key: string, value: Value): ObjectValue {
  const copy = without(object, key)
  setOwn(copy, key, value)
  return copy
}

function addProperty(object: ObjectValue, name: string, value: Value): ObjectValue {
  if (findKey(object, name) !== undefined)
    throw expressionError('Expression.Value', `The object has a property ${quoted(name)} already.`, {
      hint: 'Use "setProperty" to replace it.',
    })
  return withLast(object, name, value)
}

function json(value: string | ObjectValue | null): Value {
  if (value === null) return {}
  if (typeof value === 'string') return jsonOfText(value)
  if (!isEnvelope(value))
    throw expressionError(
      'Expression.Type',
      'A string or content was expected; the value is an object already.',
    )
  if (isXml(value)) return jsonOfXml(parseXmlEnvelope(value))
  return jsonOfText(envelopeText(value))
}

function jsonOfText(text: string): Value {
  return parseJson(text, { maxDepth: maxForeignJsonDepth, manner: 'platform' })
}

function isXml(value: Value): value is Envelope {
  return isEnvelope(value) && /^\s*(application|text)\/([\w.-]+\+)?xml\s*(;|$)/i.test(value['$content-type'])
}

/** Text is read and printed again; content is only named XML and read when somebody needs it. */
function xml(value: string | ObjectValue): Envelope {
  if (typeof value === 'object')
    return isEnvelope(value) ? namedXml(value.$content) : envelopeOfXml(xmlOfJson(value))
  const parsed = parseXml(value)
  return xmlEnvelope(parsed, parsed.document)
}

function xpath(value: ObjectValue, path: string): Value {
  if (isXml(value)) return evaluateXPath(parseXmlEnvelope(value), path)
  throw expressionError('Expression.Type', 'An XML value was expected; make one with "xml".')
}

function mergeObjects(first: ObjectValue, second: ObjectValue): ObjectValue {
  const merged = without(first, undefined)
  for (const key of Object.keys(second)) setOwn(merged, key, second[key] as Value)
  return merged
}

/** Functions over JSON and XML. */
export const jsonXmlFunctions = define('json and xml', {
  json: {
    args: ['value: string | object | null'],
    result: 'any',
    description: 'The value of a JSON text, or of XML by the usual convention; null gives an empty object.',
    examples: [['json(\'{"a":[1,2]}\')', { a: [1, 2] }]],
    keeps: false,
    call: json,
  },
  parse: {
    args: ['value: string | object | null'],
    result: 'any',
    description: 'The older name of json.',
    examples: [["parse('[1,2]')", [1, 2]]],
    deprecated: 'json',
    keeps: false,
    call: json,
  },
  xml: {
    args: ['value: string | object'],
    result: 'object',
    description: 'The XML of a text, or of an object with one property.',
    examples: [['string(xml(json(\'{"a":{"b":[1,2]}}\')))', '<a><b>1</b><b>2</b></a>']],
    keeps: false,
    call: xml,
  },
  xpath: {
    args: ['xml: object', 'path: string'],
    result: 'any',
    description:
      'What an XPath 1.0 expression finds in XML: an array of nodes, or a number, text or boolean.',
    examples: [["xpath(xml('<a><b>x</b></a>'), '/a/b/text()')", ['x']]],
    keeps: false,
    call: xpath,
  },
  addProperty: {
    args: ['object: object', 'name: string', 'value: any'],
    result: 'object',
    description: 'A copy of an object with one more property, which it must not have.',
    examples: [["addProperty(json('{\"a\":1}'), 'b', 2)", { a: 1, b: 2 }]],
    call: addProperty,
  },
  setProperty: {
    args: ['object: object', 'name: string', 'value: any'],
    result: 'object',
    description: 'A copy of an object with a property added or replaced, at its end.',
    examples: [["setProperty(json('{\"a\":1}'), 'A', 2)", { a: 2 }]],
    call: (object: ObjectValue, name: string, value: Value) =>
      withLast(object, findKey(object, name) ?? name, value),
  },
  removeProperty: {
    args: ['object: object', 'name: string'],
    result: 'object',
    description: 'A copy of an object without a property.',
    examples: [["removeProperty(json('{\"a\":1}'), 'a')", {}]],
    call: (object: ObjectValue, name: string) => without(object, findKey(object, name)),
  },
  mergeObjects: {
    args: ['object: object', 'other: object'],
    result: 'object',
    description: 'The properties of both objects; the second wins.',
    examples: [['mergeObjects(json(\'{"a":1}\'), json(\'{"a":2}\'))', { a: 2 }]],
    call: mergeObjects,
  },
  encodeXmlValue: {
    args: ['text: string'],
    result: 'string',
    description: 'The text escaped for an XML value.',
    examples: [["encodeXmlValue('a<b')", 'a&lt;b']],
    call: encodeXmlValue,
  },
  decodeXmlValue: {
    args: ['text: string'],
    result: 'string',
    description: 'The text of an escaped XML value.',
    examples: [["decodeXmlValue('a&lt;b')", 'a<b']],
    call: decodeXmlValue,
  },
  encodeXmlName: {
    args: ['text: string'],
    result: 'string',
    description: 'The text as an XML name.',
    examples: [["encodeXmlName('a b')", 'a_x0020_b']],
    call: encodeXmlName,
  },
  decodeXmlName: {
    args: ['text: string'],
    result: 'string',
    description: 'The text that became an XML name.',
    examples: [["decodeXmlName('a_x0020_b')", 'a b']],
    call: decodeXmlName,
  },
})
