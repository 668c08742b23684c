import { member, type NamedFile, type Problem } from '@flowstead/definition'
import { isFlowsteadError } from '@flowstead/errors'
import { parseJson, type Value } from '@flowstead/expressions'

/** Fingerprints of the findings of an earlier review: what is in it is known, what is not is new. */
export type Baseline = ReadonlySet<string>

/** Reads the JSON output of an earlier review. */
export function readBaseline({ name, bytes }: NamedFile): {
  readonly baseline: Baseline
  readonly problems: readonly Problem[]
} {
  const refuse = (message: string) => ({
    baseline: new Set<string>(),
    problems: [
      {
        code: 'Review.BadBaseline',
        severity: 'error' as const,
        message,
        file: name,
        pointer: '',
        hint: 'A baseline is the output of "flowstead review … --format json" at an earlier time.',
      },
    ],
  })
  try {
    const document = parseJson(new TextDecoder().decode(bytes))
    if (member(document, 'schema') !== 'review/1')
      return refuse('The file is not the JSON output of a review.')
    const flows = member(document, 'flows')
    const reviewed = Array.isArray(flows) ? flows : []
    return { baseline: new Set([document, ...reviewed].flatMap(fingerprintsOf)), problems: [] }
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    return refuse(`The file is not JSON. ${error.message}`)
  }
}

function fingerprintsOf(holder: Value): string[] {
  const findings = member(holder, 'findings')
  return (Array.isArray(findings) ? findings : []).flatMap((finding) => {
    const fingerprint = member(finding, 'fingerprint')
    return typeof fingerprint === 'string' ? [fingerprint] : []
  })
}
