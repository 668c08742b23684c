import { type Html, html } from './html.ts'

const longWord = 14

/** A text whose long words, such as names of actions, may break where people would break them: `Get_|items_|V2`. */
export function softened(text: string): Html {
  return {
    html: text
      .split(/(\s+)/)
      .map((word) => (word.length > longWord ? soft(word) : html`${word}`.html))
      .join(''),
  }
}

/** Breaks after joining signs, and where a capital begins a new part of a name. */
function soft(word: string): string {
  return word
    .split(/(?<=[_./:,;(\]|-])(?=[^_./:,;)\]|-])|(?<=\p{Ll})(?=\p{Lu})/u)
    .map((part) => html`${part}`.html)
    .join('<wbr>')
}
