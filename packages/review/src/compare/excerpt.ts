import { printJson, type Value } from '@flowstead/expressions'
import type { Path } from './value-changes.ts'

const maxLength = 240
/** Equal text that is shown in front of a difference. */
const lead = 40

/** Two values as texts, shortened so that their first difference is in sight. */
export function excerpts(
  before: Value | undefined,
  after: Value | undefined,
): readonly [before: string | undefined, after: string | undefined] {
  const isText = [before, after].every((value) => value === undefined || typeof value === 'string')
  const [one, other] = [before, after].map((value) =>
    value === undefined ? undefined : isText ? String(value) : printJson(value),
  )
  const start = Math.max(0, commonLength(one, other) - lead)
  return [cut(one, start), cut(other, start)]
}

function commonLength(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined || Math.max(one.length, other.length) <= maxLength) return 0
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length
}

function cut(text: string | undefined, start: number): string | undefined {
  if (text === undefined) return undefined
  const end = start + maxLength
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`
}

/** A path as people write it: `inputs.parameters["$filter"].items[0]`. */
export function pathText(path: Path): string {
  const parts = path.map((key) => {
    if (typeof key === 'number') return `[${key}]`
    return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
  })
  return parts.join('').replace(/^\./, '')
}
