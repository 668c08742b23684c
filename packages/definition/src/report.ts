import { type ProblemCode, problemCodes } from './codes.ts'
import type { Problem, Severity } from './flow.ts'
import { locateAll } from './json/locate.ts'
import { didYouMean } from './validate/nearest-name.ts'

/** A problem before its line is known. */
export interface Finding {
  readonly code: ProblemCode
  /** JSON pointer into the file. */
  readonly pointer: string
  readonly message: string
  readonly hint?: string | undefined
  /** Instead of a hint: a name that does not exist, and those that may have been meant. */
  readonly unknown?: { readonly name: string; readonly known: () => Iterable<string> }
  /** When it differs from the usual one of the code. */
  readonly severity?: Severity
}

/** Takes findings one by one. */
export type Report = (finding: Finding) => void

/** Unknown names of one text for which near ones are looked up; a text with more of them is not mistyped. */
const maxSuggestions = 200

/** Adds file, severity and place; the text is scanned once for all of them, and only if there are any. */
export function problemsOf(findings: readonly Finding[], file: string, text: string): Problem[] {
  if (findings.length === 0) return []
  const places = locateAll(
    text,
    findings.map(({ pointer }) => pointer),
  )
  return problemsWithoutLines(findings, file).map((problem) => ({
    ...problem,
    ...places.get(problem.pointer),
  }))
}

/** `problemsOf` for who does not tell lines, or finds them later. */
export function problemsWithoutLines(findings: readonly Finding[], file: string): Problem[] {
  let suggested = 0
  const suggestions = new Map<() => Iterable<string>, Map<string, string | undefined>>()
  const nearest = (name: string, known: () => Iterable<string>): string | undefined => {
    const ofThese = suggestions.get(known) ?? new Map<string, string | undefined>()
    suggestions.set(known, ofThese)
    if (!ofThese.has(name)) ofThese.set(name, didYouMean(name, known()))
    return ofThese.get(name)
  }
  return findings.map((finding) => {
    const { unknown } = finding
    if (unknown === undefined || ++suggested > maxSuggestions) return problemAt(finding, file)
    return problemAt({ ...finding, hint: nearest(unknown.name, unknown.known) }, file)
  })
}

/** A problem without a line: of an archive, or of a file that cannot be read as text. */
export function problemAt({ code, pointer, message, hint, severity }: Finding, file: string): Problem {
  const known = severity ?? problemCodes[code].severity
  return { code, severity: known, message, file, pointer, ...(hint === undefined ? {} : { hint }) }
}
