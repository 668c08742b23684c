import { escapeHtml } from '../documents/html.ts'

/** Text as it may stand in XML: characters that XML forbids are left out, markup is escaped. */
export function xmlText(text: string): string {
  return escapeHtml(text.replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ''))
}

/** A length in a drawing: a tenth of a pixel is enough. */
export function length(value: number): string {
  return String(Math.round(value * 10) / 10)
}
