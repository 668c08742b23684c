import { quoted } from '@flowstead/errors'
import type { Node } from '@xmldom/xmldom'
import * as xpathLibrary from 'xpath'
import { expressionError } from '../errors.ts'
import { floatValue } from '../numbers.ts'
import type { Value } from '../value.ts'
import { nodeTypes, type XmlDocument, xmlEnvelope } from './xml-document.ts'

type Selected = string | number | boolean | Node | readonly Node[] | null

const select = xpathLibrary.select as unknown as (path: string, node: Node) => Selected

/**
 * What an XPath 1.0 expression gives for a document: an array for nodes, elements in it as envelopes, text and
 * attributes as strings; a number, string or boolean for functions.
 * @throws `Expression.Value` when the path is wrong
 */
export function evaluateXPath(xml: XmlDocument, path: string): Value {
  const selected = selectNodes(xml, path)
  if (typeof selected === 'number') return floatValue(selected)
  if (typeof selected === 'string' || typeof selected === 'boolean' || selected === null) return selected
  const nodes: readonly Node[] = Array.isArray(selected) ? selected : [selected as Node]
  return nodes.map((node) => valueOfNode(xml, node))
}

function selectNodes(xml: XmlDocument, path: string): Selected {
  try {
    return select(path, xml.document)
  } catch (cause) {
    throw expressionError('Expression.Value', `${quoted(path)} is not an XPath expression.`, { cause })
  }
}

function valueOfNode(xml: XmlDocument, node: Node): Value {
  const isTree = node.nodeType === nodeTypes.element || node.nodeType === nodeTypes.document
  return isTree ? xmlEnvelope(xml, node) : (node.nodeValue ?? '')
}
