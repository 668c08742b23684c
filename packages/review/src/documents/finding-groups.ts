import { type Category, categories, type Finding, type Severity, severities } from '../finding.ts'
import type { Rule } from '../rule.ts'
import { rules } from '../rules/index.ts'

/** Findings of one severity, by what they are about. */
export interface SeverityGroup {
  readonly severity: Severity
  readonly count: number
  readonly categories: readonly CategoryGroup[]
}

export interface CategoryGroup {
  readonly category: Category
  readonly rules: readonly RuleGroup[]
}

/** Findings of one rule in their order; `rule` is `undefined` when no rule has the id any more. */
export interface RuleGroup {
  readonly id: string
  readonly rule: Rule | undefined
  readonly findings: readonly Finding[]
}

/** Names of the categories for people. */
export const categoryTitles: Readonly<Record<Category, string>> = {
  structure: 'Structure',
  references: 'References and expressions',
  reliability: 'Reliability',
  performance: 'Performance',
  security: 'Security',
  maintainability: 'Maintainability',
  naming: 'Naming',
  limits: 'Limits and licensing',
}

export const severityTitles: Readonly<Record<Severity, string>> = {
  error: 'Errors',
  warning: 'Warnings',
  info: 'Infos',
}

const rulesById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]))

/** Errors first, then by category, then by rule; inside a rule the order stays. */
export function groupFindings(findings: readonly Finding[]): SeverityGroup[] {
  const groups = groupBy(findings, ({ severity, category, rule }) => `${severity} ${category} ${rule}`)
  return severities.flatMap((severity) => {
    const own = groups.filter(([first]) => first.severity === severity)
    if (own.length === 0) return []
    return {
      severity,
      count: own.reduce((count, list) => count + list.length, 0),
      categories: categories.flatMap((category) => {
        const inCategory = own.filter(([first]) => first.category === category)
        return inCategory.length === 0 ? [] : { category, rules: inCategory.map(ruleGroup).sort(byId) }
      }),
    }
  })
}

type Filled = readonly [Finding, ...Finding[]]

function groupBy(findings: readonly Finding[], keyOf: (finding: Finding) => string): Filled[] {
  const groups = new Map<string, [Finding, ...Finding[]]>()
  for (const finding of findings) {
    const known = groups.get(keyOf(finding))
    if (known === undefined) groups.set(keyOf(finding), [finding])
    else known.push(finding)
  }
  return [...groups.values()]
}

function ruleGroup(findings: Filled): RuleGroup {
  const id = findings[0].rule
  return { id, rule: rulesById.get(id), findings }
}

function byId(one: RuleGroup, other: RuleGroup): number {
  return one.id < other.id ? -1 : 1
}
