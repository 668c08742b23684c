/**
 * XPath 1.0 by a library, with a bound on its work: the library looks at a node once per way that leads to it, so
 * that a short path such as `//*/ /*//*` can take time by the cube of a document. Every node a step looks at
 * passes its node test, so that is where we count.
 */
import { createRequire } from 'node:module'
import { isFlowsteadError, quoted } from '@flowstead/errors'
import type { Document, Node } from '@xmldom/xmldom'
import { expressionError } from '../errors.ts'
import { maxExpressionLength, maxNodeTests } from '../limits.ts'
import { floatValue } from '../numbers.ts'
import type { Value } from '../value.ts'
import { nodeTypes, type XmlDocument, xmlEnvelope } from './xml-document.ts'

/** A number, a boolean, a string or nodes, as the library holds them. */
interface Result {
  readonly num?: number
  readonly b?: boolean
  stringValue(): string
  toArray?(): Node[]
}

interface ParsedPath {
  readonly expression: object
  evaluate(options: { readonly node: Document }): Result
}

interface NodeTest {
  matches(node: Node, context: unknown): boolean
}

const require = createRequire(import.meta.url)
/** The library is loaded with the first path: few flows have one. */
const parsePath = (path: string): ParsedPath => require('xpath').parse(path)

/**
 * What an XPath 1.0 expression gives for a document: an array for nodes, elements in it as envelopes, text and
 * attributes as strings; a number, string or boolean for functions.
 * @throws `Expression.Value` when the path is wrong, `Expression.Limit` when it is too long or too much work
 */
export function evaluateXPath(xml: XmlDocument, path: string): Value {
  const result = resultOf(xml.document, path)
  if (result.toArray !== undefined) return result.toArray().map((node) => valueOfNode(xml, node))
  return result.num === undefined ? (result.b ?? result.stringValue()) : floatValue(result.num)
}

function resultOf(document: Document, path: string): Result {
  if (path.length > maxExpressionLength)
    throw expressionError('Expression.Limit', `A path may have at most ${maxExpressionLength} characters.`)
  try {
    const parsed = parsePath(path)
    countNodeTests(parsed.expression)
    return parsed.evaluate({ node: document })
  } catch (cause) {
    if (isFlowsteadError(cause)) throw cause
    throw expressionError('Expression.Value', `${quoted(path)} is not an XPath expression.`, { cause })
  }
}

/** Puts a counter in front of the node test of every step of a parsed path. */
function countNodeTests(expression: object): void {
  let left = maxNodeTests
  const spend = () => {
    left -= 1
    if (left < 0)
      throw expressionError('Expression.Limit', 'The path looks at too many nodes.', {
        hint: 'Name the elements on the way instead of searching with "//".',
      })
  }
  const seen = new Set<object>()
  const open: object[] = [expression]
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (seen.has(part)) continue
    seen.add(part)
    const step = part as { nodeTest?: NodeTest }
    if (step.nodeTest !== undefined) step.nodeTest = counting(step.nodeTest, spend)
    for (const inner of Object.values(part)) if (typeof inner === 'object' && inner !== null) open.push(inner)
  }
}

/** Tests are shared between paths, so the counter goes into an object of its own. */
function counting(test: NodeTest, spend: () => void): NodeTest {
  const counted = Object.create(test) as NodeTest
  counted.matches = (node, context) => {
    spend()
    return test.matches(node, context)
  }
  return counted
}

function valueOfNode(xml: XmlDocument, node: Node): Value {
  const isTree = node.nodeType === nodeTypes.element || node.nodeType === nodeTypes.document
  return isTree ? xmlEnvelope(xml, node) : (node.nodeValue ?? '')
}
