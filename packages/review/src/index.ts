export { type Baseline, readBaseline } from './accepted/baseline.ts'
export type { Suppression } from './accepted/suppressions.ts'
export { type CheckOptions, checkFlow, checkSolution } from './check-rules.ts'
export { compareFlows } from './compare/compare-flows.ts'
export { compareReviews } from './compare/compare-reviews.ts'
export {
  type Change,
  type ChangeKind,
  type ChangeSubject,
  type ComparedFlow,
  type Comparison,
  changeKinds,
} from './compare/comparison.ts'
export type { MetricDelta, ReviewDelta } from './compare/review-delta.ts'
export { defaultConfig } from './config/defaults.ts'
export { configOfRequest, readConfig } from './config/read-config.ts'
export { isRuleConfigFile, readRuleConfig } from './config/read-rule-config.ts'
export type { RuleChoice, RuleConfig } from './config/rule-config.ts'
export type { ReviewConfig } from './config/scoring-config.ts'
export type { DataJson } from './data/data-json.ts'
export { rowLinks } from './documents/anchors.ts'
export { renderComparisonMarkdown } from './documents/compare-markdown.ts'
export { renderComparison } from './documents/compare-page.ts'
export { csvFiles } from './documents/csv.ts'
export { renderExceptions } from './documents/exceptions-page.ts'
export { bandOfScore } from './documents/marks.ts'
export { renderReportMarkdown } from './documents/report-markdown.ts'
export { renderReport } from './documents/report-page.ts'
export { renderReviewMarkdown } from './documents/review-markdown.ts'
export { renderReview } from './documents/review-page.ts'
export { renderSolution } from './documents/solution-page.ts'
export type { ConnectorRecord, OperationRecord, ReviewFacts } from './facts.ts'
export { type Category, categories, type Finding, type Severity, severities } from './finding.ts'
export type { FlowReview, Identity, Review, SuppressedFinding } from './flow-review.ts'
export { githubAnnotations } from './formats/github.ts'
export { flowJson, reviewJson } from './formats/review-json.ts'
export { sarifLog } from './formats/sarif.ts'
export type {
  Band,
  Bands,
  Counters,
  Flags,
  Measured,
  Metrics,
  Profile,
  ScoreLine,
} from './metrics/metrics.ts'
export { ruleHits } from './reference/rule-hits.ts'
export { type RuleHits, type RuleStatistics, ruleReference } from './reference/rule-reference.ts'
export { type ReviewOfFiles, type ReviewOptions, review, reviewFlow } from './review.ts'
export type { FlowRule, Report, Reported, Rule, Setting, Settings, SolutionRule } from './rule.ts'
export { rules } from './rules/index.ts'
export { type ChildFlowGraph, childFlowGraph } from './solution/child-flows.ts'
export type {
  CustomConnector,
  MissingDependency,
  SolutionConnectionReference,
  SolutionEnvironmentVariable,
  SolutionFacts,
} from './solution/solution-facts.ts'
