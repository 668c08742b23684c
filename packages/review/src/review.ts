// Files in, reviews out. One flow is never judged by what another holds, but for the rules over a solution.
import type { Flow, NamedFile, Problem } from '@flowstead/definition'
import {
  applySuppressions,
  besides,
  isSuppressionFile,
  readSuppressions,
  type Suppression,
} from './accepted/suppressions.ts'
import { byFlow, checkFlow, checkSolution, flowChecks } from './check-rules.ts'
import { defaultConfig } from './config/defaults.ts'
import type { RuleConfig } from './config/rule-config.ts'
import type { ReviewConfig } from './config/scoring-config.ts'
import { makeData } from './data/make-data.ts'
import type { ReviewFacts } from './facts.ts'
import type { Finding } from './finding.ts'
import type { FlowReview, Identity, Review } from './flow-review.ts'
import { hideInData } from './hidden/hide.ts'
import { typedSecretRule, typedSecrets } from './hidden/typed-secrets.ts'
import { figuresOf } from './metrics/figures.ts'
import { measure } from './metrics/measure.ts'
import type { Profile } from './metrics/metrics.ts'
import { rules } from './rules/index.ts'
import { solutionSubjectOf } from './solution/read-solution.ts'
import { type Subject, subjectOf } from './subject/subject.ts'

/** How to review. */
export interface ReviewOptions {
  /** Default `documented`. */
  readonly profile?: Profile
  /** Complexity, naming, ratings, scoring; default the product's. */
  readonly config?: ReviewConfig
  readonly rules?: RuleConfig
  readonly facts?: ReviewFacts
  /** What callers know of a flow that the file does not say. */
  readonly identity?: (flow: Flow) => Partial<Identity>
}

/** A review with what was wrong with the files that steer it. */
export interface ReviewOfFiles extends Review {
  /** Suppressions that cannot be read. */
  readonly problems: readonly Problem[]
  /** Suppressions that no finding needed. */
  readonly unused: readonly Suppression[]
}

/**
 * Reviews every flow of files, folders and archives, with the suppression files among them. A file without a
 * readable flow gives a finding of STR001; nothing is thrown on what files hold.
 */
export function review(files: readonly NamedFile[], options: ReviewOptions = {}): ReviewOfFiles {
  const accepted = files.filter(({ name }) => isSuppressionFile(name)).map(readSuppressions)
  const suppressions = accepted.flatMap((each) => each.suppressions)
  const used = new Set<Suppression>()
  const solution = solutionSubjectOf(
    files.filter(({ name }) => !isSuppressionFile(name)),
    { facts: options.facts },
  )
  const together = byFlow(checkSolution(solution, options))
  const check = flowChecks(options)
  const flows = solution.subjects.map((subject) => {
    const own = together.get(subject.flow.id) ?? []
    const reviewed = reviewSubject(subject, check, options)
    const applied = applySuppressions(
      [...reviewed.findings, ...own],
      besides(subject.flow.file, suppressions),
      subject.flow,
    )
    for (const suppression of applied.used) used.add(suppression)
    return { ...reviewed, findings: applied.findings, suppressed: applied.suppressed }
  })
  return {
    flows,
    findings: together.get(undefined) ?? [],
    solutions: solution.solutions,
    problems: accepted.flatMap((each) => each.problems),
    unused: suppressions.filter((suppression) => !used.has(suppression)),
  }
}

/** Reviews one flow by itself. */
export function reviewFlow(flow: Flow, options: ReviewOptions = {}): FlowReview {
  return reviewSubject(subjectOf(flow, options.facts), flowChecks(options), options)
}

function reviewSubject(
  subject: Subject,
  check: (subject: Subject) => readonly Finding[],
  options: ReviewOptions,
): FlowReview {
  const { flow } = subject
  const { profile = 'documented', config = defaultConfig } = options
  const figures = figuresOf(subject, config, profile)
  const measured = measure(subject, config, profile, figures)
  const findings = check(subject)
  const hidden = typedSecrets(flow, secretFindings(subject, findings, options))
  const identity = { id: flow.id, name: flow.name, owner: '', environment: '', ...options.identity?.(flow) }
  return {
    ...measured,
    flow,
    identity,
    references: {
      complexity: config.complexity.reference,
      ratings: config.ratings.reference,
      naming: config.naming.reference,
      scoring: config.scoring.reference,
    },
    findings,
    suppressed: [],
    data: hideInData(makeData(subject, measured, identity, config, figures), hidden),
    hidden,
  }
}

/** Typed secrets stay hidden whatever is chosen for their rule: then it is asked once more, as it is. */
function secretFindings(
  subject: Subject,
  findings: readonly Finding[],
  options: ReviewOptions,
): readonly Finding[] {
  if (options.rules?.[typedSecretRule] === undefined) return findings
  const asItIs = checkFlow(subject, { only: rules.filter(({ id }) => id === typedSecretRule) })
  return [...findings, ...asItIs]
}
