import { expressionError } from '../errors.ts'
import { maxFormatLength, maxItems, maxTextLength } from '../limits.ts'

/**
 * Refuses texts of more than 104,857,600 characters.
 * @param at where the text is made, when the caller knows
 * @throws `Expression.Limit`
 */
export function bounded(length: number, at?: number): void {
  if (length > maxTextLength)
    throw expressionError('Expression.Limit', 'The text would be longer than 104,857,600 characters.', { at })
}

/** A text that is not too long. @throws `Expression.Limit` */
export function boundedText(text: string): string {
  bounded(text.length)
  return text
}

/** Refuses arrays of more than 5,000,000 items. @throws `Expression.Limit` */
export function boundedItems(count: number): void {
  if (count > maxItems)
    throw expressionError('Expression.Limit', 'The array would have more than 5,000,000 items.')
}

/** Refuses formats of more than 10,000 characters. @throws `Expression.Limit` */
export function boundedFormat(format: string): void {
  if (format.length > maxFormatLength)
    throw expressionError('Expression.Limit', 'A format may have at most 10,000 characters.')
}

/** Texts with a delimiter between them. @throws `Expression.Limit` before a text too long is made */
export function joinTexts(texts: readonly string[], delimiter: string): string {
  let length = delimiter.length * Math.max(0, texts.length - 1)
  for (const text of texts) length += text.length
  bounded(length)
  return texts.join(delimiter)
}

/**
 * Every occurrence of a part, replaced; the part must not be empty. Slices put together are faster here than the
 * methods of strings.
 * @throws `Expression.Limit` before a text too long is made
 */
export function replaceAll(text: string, part: string, by: string): string {
  let from = 0
  let result = ''
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, from)) {
    result += text.slice(from, at) + by
    from = at + part.length
    bounded(result.length)
  }
  return from === 0 ? text : result + text.slice(from)
}
