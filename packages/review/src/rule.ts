import type { Category, Severity } from './finding.ts'
import type { ExampleFlow } from './rules/example-flow.ts'
import type { SolutionSubject } from './solution/solution-subject.ts'
import type { Place } from './subject/place.ts'
import type { Subject } from './subject/subject.ts'

/** What configuration may set: a number (a limit), a text (a name), a list of texts. */
export type Setting = number | string | readonly string[]

export type Settings = Readonly<Record<string, Setting>>

/** What a rule says about one place. */
export interface Reported {
  /** A full sentence with the offending value. */
  readonly message: string
  /** Only to say less than the rule's own severity: the rule is not sure here. */
  readonly severity?: Severity
  /** What to do next; default the rule's `fix`. */
  readonly hint?: string
}

/** Takes what a rule finds: an action or trigger itself, or `inside(action, 'inputs', 'uri')`, or `subject.place`. */
export type Report = (place: Place, reported: Reported) => void

interface Described<S extends Settings> {
  /** Three letters of the family and a number, such as `STR001`; never used again for something else. */
  readonly id: string
  /** The rule as a short claim that a finding breaks: "Every action has a name of its own". */
  readonly title: string
  readonly severity: Severity
  readonly category: Category
  /** One or two sentences: what on the definition makes it fire. */
  readonly detects: string
  /** What goes wrong when nobody minds it. */
  readonly why: string
  /** What to do, as an order. */
  readonly fix: string
  /** Settings of the rule with their defaults. */
  readonly settings?: S
  /** A flow in which the rule fires, and one like it in which it just does not. Both are its tests and its documentation. */
  readonly bad: ExampleFlow
  readonly good: ExampleFlow
}

/** A rule over one flow. */
export interface FlowRule<S extends Settings = Settings> extends Described<S> {
  readonly check: (subject: Subject, report: Report, settings: S) => void
}

/** A rule over flows that belong together, with what the solution says beside them. */
export interface SolutionRule<S extends Settings = Settings> extends Described<S> {
  readonly checkSolution: (subject: SolutionSubject, report: SolutionReport, settings: S) => void
}

/**
 * Like `Report`; a place without `flow` concerns the solution, at its own file. Line and column are for files that
 * hold no flow, in which a pointer cannot be found.
 */
export type SolutionReport = (
  place: Place & {
    readonly flow?: string
    readonly file?: string
    readonly line?: number
    readonly column?: number
  },
  reported: Reported,
) => void

export type Rule = FlowRule | SolutionRule

/** Types a rule's settings; the row itself is unchanged. */
export function flowRule<const S extends Settings>(rule: FlowRule<S>): FlowRule {
  return rule as unknown as FlowRule
}

/** `flowRule` for rules over a whole solution. */
export function solutionRule<const S extends Settings>(rule: SolutionRule<S>): SolutionRule {
  return rule as unknown as SolutionRule
}
