/**
 * XML text to a document and back, in the manner of .NET: white space between nodes goes, `<a/>` prints as
 * `<a />` while `<a></a>` stays, document types are refused and with them every entity but the five.
 */
import { createRequire } from 'node:module'
import type { Attr, Document, Element, Node } from '@xmldom/xmldom'
import { type Envelope, envelopeOf, envelopeText } from '../content.ts'
import { expressionError } from '../errors.ts'
import { maxForeignJsonDepth, maxXmlLength } from '../limits.ts'
import { encodeXmlValue } from '../text/xml-text.ts'

const require = createRequire(import.meta.url)
/** Loaded with the first document: few flows read any. */
const xmldom = (): typeof import('@xmldom/xmldom') => require('@xmldom/xmldom')

const contentType = 'application/xml;charset=utf-8'

/** Node types of the DOM that occur here. */
export const nodeTypes = { element: 1, text: 3, cdata: 4, instruction: 7, comment: 8, document: 9 } as const

/** A parsed document, with what the DOM does not keep. */
export interface XmlDocument {
  readonly document: Document
  /** Whether an element without content was written as `<a/>`. */
  isSelfClosed(element: Element): boolean
}

/** The document of a text. @throws `Expression.Value` when it is not well formed or has a document type */
export function parseXml(source: string): XmlDocument {
  if (source.length > maxXmlLength)
    throw expressionError('Expression.Limit', 'XML may have at most 20,000,000 characters.')
  const text = source.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  const document = parseDocument(text)
  if (document.doctype !== null)
    throw expressionError('Expression.Value', 'XML with a document type is not accepted.')
  prune(document)
  const lines = text.split('\n')
  return { document, isSelfClosed: (element) => endsSelfClosed(lines, element) }
}

/** The document inside an envelope. */
export function parseXmlEnvelope(envelope: Envelope): XmlDocument {
  return parseXml(envelopeText(envelope))
}

function parseDocument(text: string): Document {
  try {
    const parser = new (xmldom().DOMParser)({
      locator: true,
      onError(_level, message) {
        throw new Error(message)
      },
    })
    const document = parser.parseFromString(text, 'text/xml')
    const declaration = document.firstChild
    if (declaration?.nodeName === 'xml' && /version\s*=\s*["']1\.[1-9]/.test(declaration.nodeValue ?? ''))
      throw new Error('only XML 1.0 is accepted')
    return document
  } catch (cause) {
    throw expressionError('Expression.Value', 'The text is not well-formed XML.', { cause })
  }
}

/** Drops white space between nodes. @throws `Expression.Limit` when elements nest too deeply */
function prune(document: Document): void {
  const open: { node: Node; depth: number }[] = [{ node: document, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.depth > maxForeignJsonDepth)
      throw expressionError('Expression.Limit', 'The XML text nests too deeply.')
    for (const child of childrenOf(next.node)) {
      if (child.nodeType === nodeTypes.text && /^[ \t\n]*$/.test(child.nodeValue ?? ''))
        next.node.removeChild(child)
      else if (child.nodeType === nodeTypes.element) open.push({ node: child, depth: next.depth + 1 })
    }
  }
}

/** The child nodes as an array that stays the same while nodes are removed. */
export function childrenOf(node: Node): Node[] {
  return Array.from(node.childNodes ?? [])
}

/** Looks at the end of the start tag in the source, which the DOM has forgotten. */
function endsSelfClosed(lines: readonly string[], element: Element): boolean {
  const { lineNumber, columnNumber } = element as unknown as { lineNumber: number; columnNumber: number }
  let quote = ''
  let last = ''
  for (let line = lineNumber - 1; line < lines.length; line++) {
    const text = lines[line] ?? ''
    for (let at = line === lineNumber - 1 ? columnNumber - 1 : 0; at < text.length; at++) {
      const mark = text.charAt(at)
      if (quote === '' && mark === '>') return last === '/'
      if (quote === mark) quote = ''
      else if (quote === '' && (mark === '"' || mark === "'")) quote = mark
      last = mark
    }
  }
  return false
}

/** A node as an envelope of its printed text. */
export function xmlEnvelope(xml: XmlDocument, node: Node): Envelope {
  return envelopeOf(contentType, Buffer.from(xmlText(xml, node), 'utf8'))
}

/** An envelope of text that is known to be XML. */
export function envelopeOfXml(text: string): Envelope {
  return envelopeOf(contentType, Buffer.from(text, 'utf8'))
}

/** Base64 text as an envelope of XML, whatever it holds. */
export function namedXml(content: string): Envelope {
  return { '$content-type': contentType, $content: content }
}

type Namespaces = ReadonlyMap<string, string>

/** The text of a node; namespaces that it inherits are declared on it. */
function xmlText(xml: XmlDocument, node: Node, namespaces: Namespaces = new Map([['', '']])): string {
  const value = node.nodeValue ?? ''
  switch (node.nodeType) {
    case nodeTypes.document:
      return childrenOf(node)
        .map((child) => xmlText(xml, child, namespaces))
        .join('')
    case nodeTypes.element:
      return elementText(xml, node as Element, namespaces)
    case nodeTypes.text:
      return value.replace(/[&<>]/g, encodeXmlValue)
    case nodeTypes.cdata:
      return `<![CDATA[${value}]]>`
    case nodeTypes.comment:
      return `<!--${value}-->`
    default:
      return `<?${node.nodeName}${value === '' ? '' : ` ${value}`}?>`
  }
}

function elementText(xml: XmlDocument, element: Element, outer: Namespaces): string {
  const attributes = Array.from(element.attributes)
  const declared = attributes.flatMap(({ name, value }): [string, string][] =>
    name === 'xmlns' || name.startsWith('xmlns:') ? [[name.slice(6), value]] : [],
  )
  // Copied only where something is declared: most elements declare nothing.
  let namespaces = declared.length === 0 ? outer : new Map([...outer, ...declared])
  let tag = `<${element.tagName}`
  for (const { name, value } of attributes) tag += ` ${name}="${attributeText(value)}"`
  for (const node of [element, ...attributes]) {
    if (!lacksDeclaration(node, namespaces)) continue
    const [name, uri] = [node.prefix ?? '', node.namespaceURI ?? '']
    namespaces = new Map([...namespaces, [name, uri]])
    tag += ` xmlns${name === '' ? '' : `:${name}`}="${attributeText(uri)}"`
  }
  const children = childrenOf(element)
  if (children.length === 0) return tag + (xml.isSelfClosed(element) ? ' />' : `></${element.tagName}>`)
  return `${tag}>${children.map((child) => xmlText(xml, child, namespaces)).join('')}</${element.tagName}>`
}

/** Whether the namespace of a name is not the one that its prefix means here. */
function lacksDeclaration(node: Element | Attr, namespaces: Namespaces): boolean {
  const name = node.prefix ?? ''
  const uri = node.namespaceURI ?? ''
  const isReserved = name === 'xml' || name === 'xmlns' || uri === 'http://www.w3.org/2000/xmlns/'
  const isPlainAttribute = node.nodeType === 2 && name === ''
  return !isReserved && !isPlainAttribute && namespaces.get(name) !== uri
}

/** An attribute's value, escaped, line breaks included. */
export function attributeText(value: string): string {
  return value
    .replace(/[&<>"]/g, encodeXmlValue)
    .replace(/[\n\t\r]/g, (mark) => `&#x${mark.charCodeAt(0).toString(16).toUpperCase()};`)
}
