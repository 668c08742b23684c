import type { ActionFacts } from '../metrics/action-facts.ts'
import type { Profile } from '../metrics/metrics.ts'
import type { Subject } from '../subject/subject.ts'

/** Parameters that the platform fills by itself. */
const ownParameters: ReadonlySet<string> = new Set(['$authentication', '$connections'])

/** `@parameters('…')` of an action itself, once for each time it stands there; `undefined` as the product's "none". */
export function environmentVariablesOf(
  subject: Subject,
  { action }: ActionFacts,
  profile: Profile,
  ownText: string,
): readonly string[] | undefined {
  if (profile === 'as-shipped') return occurrencesIn(ownText)
  return subject
    .expressionsOf(action)
    .flatMap(({ references }) => references)
    .flatMap(({ fn, name }) => (fn === 'parameters' && name !== undefined ? [name] : []))
    .filter((name) => !ownParameters.has(name.toLowerCase()))
    .map((name) => `@parameters('${name.replaceAll("'", "''")}')`)
}

/** The product takes every stretch of text from `@parameters` to the next bracket, wherever it stands. */
function occurrencesIn(text: string): readonly string[] | undefined {
  const found: string[] = []
  const start = '@parameters'
  for (let at = text.indexOf(start); at !== -1; ) {
    const end = text.indexOf(')', at)
    if (end === -1) break
    found.push(text.slice(at, end + 1))
    at = text.indexOf(start, end)
  }
  return found.length === 0 ? undefined : found.filter((each) => each !== "@parameters('$authentication')")
}
