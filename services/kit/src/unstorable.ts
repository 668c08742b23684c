/** Texts that a database does not give back as they were: a NUL cuts them off, half a surrogate pair is replaced. */
import type { FieldProblem } from './problem.ts'

const unstorable = /[\0\p{Surrogate}]/u

/** Every such text in the parts of a request, by the name of its member. */
export function unstorableTexts(...parts: readonly unknown[]): FieldProblem[] {
  return parts.flatMap((part) => problemsIn(part, ''))
}

function problemsIn(value: unknown, place: string): FieldProblem[] {
  if (typeof value === 'string') return unstorable.test(value) ? [problemAt(place)] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const member = place === '' ? name : `${place}.${name}`
    return unstorable.test(name) ? [problemAt(place)] : problemsIn(inner, member)
  })
}

function problemAt(place: string): FieldProblem {
  const field = place === '' ? 'body' : place
  const message = `"${field}" holds a NUL character or half of a surrogate pair.`
  return { field, rule: 'text', message }
}
