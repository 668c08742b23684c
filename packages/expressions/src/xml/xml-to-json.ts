/** XML as JSON by the Newtonsoft convention: `@attribute`, `#text` when mixed, arrays for repeated names. */

import { quoted } from '@flowstead/errors'
import type { Element, Node } from '@xmldom/xmldom'
import { decoderFor } from '../content.ts'
import { expressionError } from '../errors.ts'
import { decodeXmlName } from '../text/xml-text.ts'
import { type ObjectValue, setOwn, type Value } from '../value.ts'
import { childrenOf, nodeTypes, type XmlDocument } from './xml-document.ts'

/** The JSON of a document. @throws `Expression.Value` for an encoding that text in UTF-8 cannot have */
export function jsonOfXml(xml: XmlDocument): Value {
  return objectOf(xml, xml.document)
}

function elementValue(xml: XmlDocument, element: Element): Value {
  const children = childrenOf(element)
  const [only] = children
  if (element.attributes.length === 0) {
    if (only === undefined) return xml.isSelfClosed(element) ? null : ''
    if (children.length === 1 && only.nodeType === nodeTypes.text) return only.nodeValue ?? ''
  }
  return objectOf(xml, element)
}

function objectOf(xml: XmlDocument, node: Node): ObjectValue {
  const object: ObjectValue = {}
  const attributes = node.nodeType === nodeTypes.element ? Array.from((node as Element).attributes) : []
  for (const { name, value } of attributes) setOwn(object, `@${decodeXmlName(name)}`, value)
  const groups = new Map<string, Node[]>()
  for (const child of childrenOf(node)) {
    const name = nameOf(child)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [child])
    else group.push(child)
  }
  for (const [name, nodes] of groups) addGroup(xml, object, name, nodes)
  return object
}

function addGroup(xml: XmlDocument, object: ObjectValue, name: string, nodes: readonly Node[]): void {
  if (name === '#comment') {
    // The service loses comments: one leaves no trace, several leave an empty array.
    if (nodes.length > 1) setOwn(object, name, [])
    return
  }
  const values = nodes.map((node) => nodeValue(xml, node))
  setOwn(object, name, values.length === 1 ? (values[0] ?? null) : values)
}

function nodeValue(xml: XmlDocument, node: Node): Value {
  if (node.nodeType === nodeTypes.element) return elementValue(xml, node as Element)
  if (node.nodeType === nodeTypes.instruction && node.nodeName === 'xml')
    return declaration(node.nodeValue ?? '')
  return node.nodeValue ?? ''
}

function nameOf(node: Node): string {
  if (node.nodeType === nodeTypes.element) return decodeXmlName(node.nodeName)
  return node.nodeType === nodeTypes.instruction ? `?${node.nodeName}` : node.nodeName
}

function declaration(text: string): Value {
  const parts: ObjectValue = {}
  for (const [, name = '', double, single = ''] of text.matchAll(/(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    setOwn(parts, `@${name}`, double ?? single)
  checkEncoding(parts['@encoding'])
  return parts
}

/** As on the platform: an encoding that nobody knows is refused, and so are those of two or four bytes. */
function checkEncoding(encoding: Value | undefined): void {
  if (typeof encoding !== 'string') return
  const isWide = /^(utf-?(16|32)|ucs-?2|unicode)/i.test(encoding)
  if (isWide)
    throw expressionError(
      'Expression.Value',
      `The XML declares the encoding ${quoted(encoding)} but is in UTF-8.`,
    )
  decoderFor(encoding)
}
