/** A place in a text, for people. */
export interface Excerpt {
  /** The line the place is in, without its line break. */
  readonly line: string
  /** Counted from 1. */
  readonly lineNumber: number
  /** Counted from 1, in UTF-16 units. */
  readonly column: number
  /** What stands before the place in its line: a caret goes under the next column. */
  readonly before: string
}

/** The line of a text that an offset is in. */
export function excerptAt(text: string, at: number): Excerpt {
  const offset = Math.min(Math.max(at, 0), text.length)
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/)
  const before = lines.at(-1) ?? ''
  const [after = ''] = text.slice(offset).split(/\r\n|\r|\n/, 1)
  return { line: before + after, lineNumber: lines.length, column: before.length + 1, before }
}

/** The line with a caret under the offset: `concat('a', x)` and below it a `^`. */
export function withCaret(text: string, at: number): string {
  const { line, before } = excerptAt(text, at)
  return `${line}\n${before.replace(/[^\t]/g, ' ')}^`
}
