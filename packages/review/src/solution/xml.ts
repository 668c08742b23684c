// Side files of a solution as elements. A document type is refused: entities could grow without bound. What lies more
// than five levels deep is left out before the tree is built.
import { createRequire } from 'node:module'
import { shallowXml } from '@flowstead/definition'
import { FlowsteadError, isFlowsteadError, quoted } from '@flowstead/errors'
import type { Element, Node } from '@xmldom/xmldom'

const maxXmlBytes = 20_000_000

const require = createRequire(import.meta.url)
/** Loaded with the first side file: most flows have none. */
const xmldom = (): typeof import('@xmldom/xmldom') => require('@xmldom/xmldom')

/**
 * The root element of an XML file, with five levels of elements.
 * @throws `Archive.Doctype`, or `Definition.BadMetadata` when it is not XML, over 20 MB, or over 300,000 elements.
 */
export function readXml(bytes: Uint8Array, file: string): Element {
  if (bytes.length > maxXmlBytes) throw badMetadata(file, 'is too large')
  const text = decoded(bytes, file)
  if (/<!doctype/i.test(text))
    throw new FlowsteadError('Archive.Doctype', `The file ${quoted(file)} declares a DOCTYPE.`)
  return rootOf(shallowXml(text) ?? refuseMarkup(file), file)
}

function refuseMarkup(file: string): never {
  throw badMetadata(file, 'is not XML, or holds too many elements')
}

function rootOf(text: string, file: string): Element {
  const refuse = (): never => {
    throw badMetadata(file, 'is not XML')
  }
  try {
    const onError = (level: string): void => {
      if (level !== 'warning') refuse()
    }
    return new (xmldom().DOMParser)({ onError }).parseFromString(text, 'text/xml').documentElement ?? refuse()
  } catch (cause) {
    if (isFlowsteadError(cause)) throw cause
    return refuse()
  }
}

/** Text in UTF-8, or in UTF-16 when it begins with the mark of it. */
export function decoded(bytes: Uint8Array, file: string): string {
  const marks: Readonly<Record<string, string>> = { '255,254': 'utf-16le', '254,255': 'utf-16be' }
  try {
    const encoding = marks[bytes.subarray(0, 2).join()] ?? 'utf-8'
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    // The decoder says no more than that some byte does not fit.
    throw badMetadata(file, 'is neither UTF-8 nor UTF-16 text')
  }
}

/** A side file that cannot be used; reviewing goes on without it. */
export function badMetadata(file: string, what: string): FlowsteadError {
  return new FlowsteadError('Definition.BadMetadata', `The file ${quoted(file)} ${what}.`, {
    hint: 'What it says is left out of the review.',
  })
}

/** Direct children of that name, case aside. */
export function childrenOf(parent: Element | undefined, name: string): Element[] {
  const found: Element[] = []
  for (let node = parent?.firstChild ?? null; node !== null; node = node.nextSibling)
    if (isElement(node) && node.tagName.toLowerCase() === name.toLowerCase()) found.push(node)
  return found
}

/** Follows the first child of each name. */
export function childAt(parent: Element | undefined, ...names: readonly string[]): Element | undefined {
  return names.reduce<Element | undefined>((current, name) => childrenOf(current, name)[0], parent)
}

/** Text directly inside an element, without the white space around it; '' when there is none. */
export function textAt(parent: Element | undefined, ...names: readonly string[]): string {
  const texts: string[] = []
  const element = childAt(parent, ...names)
  for (let node = element?.firstChild ?? null; node !== null; node = node.nextSibling)
    if (node.nodeType === 3 || node.nodeType === 4) texts.push(node.nodeValue ?? '')
  return texts.join('').trim()
}

/** An attribute; '' when there is none. */
export function attributeOf(element: Element | undefined, name: string): string {
  return element?.getAttribute(name) ?? ''
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1
}
