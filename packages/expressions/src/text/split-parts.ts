/** Parts that `split` would make of a text. */
export function countParts(text: string, delimiter: string): number {
  if (delimiter === '') return 1
  let count = 1
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + delimiter.length))
    count += 1
  return count
}

/** The first of those parts. */
export function firstPart(text: string, delimiter: string): string {
  const end = delimiter === '' ? -1 : text.indexOf(delimiter)
  return end < 0 ? text : text.slice(0, end)
}

/** The last of those parts. Occurrences are found from the left: the last part of `aaa` by `aa` is `a`. */
export function lastPart(text: string, delimiter: string): string {
  if (delimiter === '') return text
  let start = 0
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, start))
    start = at + delimiter.length
  return text.slice(start)
}
