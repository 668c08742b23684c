/** How much a finding matters: `error` fails or harms a run, `warning` is likely to, `info` is worth knowing. */
export type Severity = 'error' | 'warning' | 'info'

/** Most serious first. */
export const severities = ['error', 'warning', 'info'] as const satisfies readonly Severity[]

/** What a rule is about. */
export const categories = [
  'structure',
  'references',
  'reliability',
  'performance',
  'security',
  'maintainability',
  'naming',
  'limits',
] as const

export type Category = (typeof categories)[number]

/** One place where a rule does not hold. */
export interface Finding {
  /** Id of the rule, such as `REL201`. */
  readonly rule: string
  readonly severity: Severity
  readonly category: Category
  /** A full sentence with the offending value. */
  readonly message: string
  /** What to do next. */
  readonly hint: string
  /** Name of the trigger or action it concerns; absent for the flow as a whole. */
  readonly action?: string
  /** Id of the flow; absent for a file that holds none. */
  readonly flow?: string
  readonly file: string
  /** JSON pointer into the file; '' is the whole file. */
  readonly pointer: string
  /** 1-based; absent where the place has no line. */
  readonly line?: number
  readonly column?: number
  /** The same finding in a later version of the file has the same fingerprint, whatever line it stands in. */
  readonly fingerprint: string
}
