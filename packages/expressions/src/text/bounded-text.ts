import { expressionError } from '../errors.ts'
import { maxTextLength } from '../limits.ts'

/** The text itself. @throws `Expression.Limit` beyond 104,857,600 characters */
export function bounded(length: number): void {
  if (length > maxTextLength)
    throw expressionError('Expression.Limit', 'The text would be longer than 104,857,600 characters.')
}

/** Texts with a delimiter between them. @throws `Expression.Limit` before a text too long is made */
export function joinTexts(texts: readonly string[], delimiter: string): string {
  let length = delimiter.length * Math.max(0, texts.length - 1)
  for (const text of texts) length += text.length
  bounded(length)
  return texts.join(delimiter)
}

/** Every occurrence of a part, replaced. @throws `Expression.Limit` before a text too long is made */
export function replaceAll(text: string, part: string, by: string): string {
  if (by.length <= part.length) return text.replaceAll(part, () => by)
  const most = text.length + (text.length / part.length) * (by.length - part.length)
  if (most > 1_000_000) bounded(text.length + (text.split(part).length - 1) * (by.length - part.length))
  return text.replaceAll(part, () => by)
}
