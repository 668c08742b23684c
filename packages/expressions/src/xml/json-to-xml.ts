/** JSON as XML by the Newtonsoft convention, the reverse of `jsonOfXml`. */
import { expressionError } from '../errors.ts'
import { printValue } from '../print-value.ts'
import { encodeXmlName, encodeXmlValue } from '../text/xml-text.ts'
import { isObject, type ObjectValue, type Value } from '../value.ts'
import { attributeText } from './xml-document.ts'

/** The XML text of an object with one property. @throws `Expression.Value` when it has several roots */
export function xmlOfJson(object: ObjectValue): string {
  const roots = Object.keys(object).filter((key) => !/^[?#!]/.test(key))
  const [root] = roots
  if (roots.length > 1 || (root !== undefined && Array.isArray(object[root])))
    throw expressionError(
      'Expression.Value',
      'XML has one root element; the object has several properties.',
      {
        hint: 'Wrap the object in one with a single property.',
      },
    )
  return Object.keys(object)
    .map((key) => memberText(key, object[key] as Value, new Set()))
    .join('')
}

type Prefixes = ReadonlySet<string>

function memberText(key: string, value: Value, prefixes: Prefixes): string {
  if (key === '#text') return each(value, (text) => encodeText(scalarText(text)))
  if (key === '#cdata-section') return each(value, cdataText)
  if (key === '?xml') return declarationText(value)
  if (key.startsWith('?'))
    return `<?${nameText(key.slice(1), prefixes)} ${scalarText(value).replaceAll('?>', '? >')}?>`
  if (key.startsWith('!'))
    throw expressionError('Expression.Value', 'XML with a document type is not accepted.')
  return each(value, (one) => elementText(key, one, prefixes))
}

function cdataText(value: Value): string {
  const text = scalarText(value)
  if (text.includes(']]>'))
    throw expressionError('Expression.Value', 'A CDATA section of XML cannot contain "]]>".')
  return `<![CDATA[${text}]]>`
}

function each(value: Value, print: (one: Value) => string): string {
  return Array.isArray(value) ? value.map(print).join('') : print(value)
}

function elementText(key: string, value: Value, outer: Prefixes): string {
  if (Array.isArray(value)) return elementText(key, { [key]: value }, outer)
  if (!isObject(value)) {
    const name = nameText(key, outer)
    return value === null ? `<${name} />` : `<${name}>${encodeText(scalarText(value))}</${name}>`
  }
  const attributes = Object.keys(value).filter((name) => name.startsWith('@'))
  const prefixes = new Set([
    ...outer,
    ...attributes.flatMap((name) => (name.startsWith('@xmlns:') ? [name.slice(7)] : [])),
  ])
  const name = nameText(key, prefixes)
  const tag = attributes
    .map(
      (each) => ` ${nameText(each.slice(1), prefixes)}="${attributeText(scalarText(value[each] as Value))}"`,
    )
    .join('')
  const content = Object.keys(value)
    .filter((member) => !member.startsWith('@'))
    .map((member) => memberText(member, value[member] as Value, prefixes))
    .join('')
  return content === '' ? `<${name}${tag} />` : `<${name}${tag}>${content}</${name}>`
}

/** An encoded name; a prefix that nothing declares is dropped. */
function nameText(name: string, prefixes: Prefixes): string {
  const colon = name.indexOf(':')
  if (colon <= 0 || colon === name.length - 1) return encodeXmlName(name.replaceAll(':', '')) || '_'
  const prefix = name.slice(0, colon)
  const local = encodeXmlName(name.slice(colon + 1).replaceAll(':', ''))
  const isDeclared = prefix === 'xml' || prefix === 'xmlns' || prefixes.has(prefix)
  return isDeclared ? `${encodeXmlName(prefix)}:${local}` : local
}

function declarationText(value: Value): string {
  if (!isObject(value)) return ''
  const parts = ['version', 'encoding', 'standalone'].flatMap((name) => {
    const part = value[`@${name}`]
    return part === undefined ? [] : [` ${name}="${attributeText(scalarText(part))}"`]
  })
  return `<?xml${parts.join('')}?>`
}

/** Characters that XML cannot hold at all go. */
function encodeText(text: string): string {
  return text.replace(/[&<>]/g, encodeXmlValue).replace(forbidden, '')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids exactly these
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

function scalarText(value: Value): string {
  return typeof value === 'boolean' ? String(value) : printValue(value)
}
