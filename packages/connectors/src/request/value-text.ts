import { isObject, printJson, printValue, type Value } from '@flowstead/expressions'

export type ListSeparator = ',' | ' ' | '\t' | '|'

/** A value as it travels in a URL, a header or a form field: `true`, not `True`; objects as JSON. */
export function compactText(value: Value, separator: ListSeparator): string {
  if (typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map((item) => compactText(item, separator)).join(separator)
  return isObject(value) ? printJson(value) : printValue(value)
}

/** Text that UTF-8 can carry: halves of characters become U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd')
}
