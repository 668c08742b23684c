/** A character that does not belong into an expression but looks like one that does, or like nothing at all. */
export interface OddCharacter {
  /** `a no-break space (U+00A0)` */
  readonly name: string
  readonly hint: string
}

const remove = 'Remove it; it often comes along when text is pasted from a web page or a document.'
const straight = "Write a straight single quote (') instead."

const names: readonly (readonly [RegExp, name: string, hint: string])[] = [
  [/[\u2018\u2019\u201a\u201b\u2032]/, 'a curly quote', straight],
  [/[\u201c\u201d\u201e\u201f\u2033]/, 'a curly double quote', straight],
  [/\u00a0/, 'a no-break space', 'Write an ordinary space, or nothing.'],
  [/\ufeff/, 'a byte order mark', remove],
  [/[\u200b-\u200d\u2060]/, 'a zero-width character', remove],
  [/[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]/, 'an invisible mark for the direction of text', remove],
  [/\u00ad/, 'a soft hyphen', remove],
  [/\s/, 'an unusual space', 'Write an ordinary space, or nothing.'],
]

/** What is odd about a character; nothing for those that expressions consist of. */
export function oddCharacter(character: string): OddCharacter | undefined {
  if (character === '' || ' \t\r\n'.includes(character)) return undefined
  for (const [pattern, name, hint] of names)
    if (pattern.test(character)) return { name: `${name} (${codePoint(character)})`, hint }
  return undefined
}

function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}
