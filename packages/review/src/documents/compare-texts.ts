import { type Html, html, ready } from './html.ts'

/** Two texts with the part in which they differ set off; as they are when they have nothing in common. */
export function differing(before: string, after: string): readonly [Html, Html] {
  const start = commonStart(before, after)
  const end = commonEnd(before.slice(start), after.slice(start))
  if (start + end === 0) return [html`${before}`, html`${after}`]
  return [setOff(before, start, end), setOff(after, start, end)]
}

function setOff(text: string, start: number, end: number): Html {
  const middle = text.slice(start, text.length - end)
  const [before, after] = [text.slice(0, start), text.slice(text.length - end)]
  return html`${before}${middle === '' ? ready('') : html`<b>${middle}</b>`}${after}`
}

/** Characters of two units stay whole. */
function commonStart(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return isHigh(one[length - 1]) ? length - 1 : length
}

function commonEnd(one: string, other: string): number {
  let length = 0
  while (length < Math.min(one.length, other.length) && one.at(-1 - length) === other.at(-1 - length))
    length += 1
  return isLow(one.at(-length)) && length > 0 ? length - 1 : length
}

function isHigh(unit: string | undefined): boolean {
  return unit !== undefined && /[\ud800-\udbff]/.test(unit)
}

function isLow(unit: string | undefined): boolean {
  return unit !== undefined && /[\udc00-\udfff]/.test(unit)
}
