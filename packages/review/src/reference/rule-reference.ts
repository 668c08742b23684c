import { categories } from '../finding.ts'
import type { Rule, Setting } from '../rule.ts'
import { exampleMarkdown } from './example-markdown.ts'

/** How often a rule fires over the published flows. */
export interface RuleHits {
  readonly flows: number
  readonly findings: number
}

/** What the reference page is made of beside the rules. */
export interface RuleStatistics {
  /** Flows that were reviewed. */
  readonly flows: number
  readonly hits: ReadonlyMap<string, RuleHits>
  /** Why a rule never fires there, or so often; by id. */
  readonly notes: Readonly<Record<string, string>>
}

/** The page docs/reference/rules.md. */
export function ruleReference(rules: readonly Rule[], statistics: RuleStatistics): string {
  const head = [
    '# Rules',
    '',
    `Every rule of \`flowstead review\`, ${rules.length} in all, made from their rows by \`npm run docs\`. *Hits* are flows of the ${statistics.flows} published ones in \`conformance/corpus\` in which a rule fires, each read by itself without connector definitions. A rule that fires in none of them, or in more than 60 %, says why.`,
    '',
    'A rule is configured by its id in a file given with `--config`: `{"rules": {"MNT504": {"settings": {"maxDepth": 6}}, "NAM602": {"severity": "off"}}}`. A finding is accepted in a file beside the flow, `Name.review.json` for `Name.json`: `{"suppressions": [{"rule": "SEC404", "action": "Call_old_system", "reason": "…"}]}`.',
    '',
    'A hundred findings over these flows, drawn at random, were judged by hand; the verdicts stand in `conformance/review/judged-findings.json`, and `scripts/draw-findings.mjs` draws others. Examples show what matters: schema, version, and a trigger that is a plain request are left out.',
    '',
    '| rule | severity | claim | hits |',
    '|---|---|---|---|',
    ...rules.map(
      ({ id, severity, title }) =>
        `| [${id}](#${id.toLowerCase()}) | ${severity} | ${cell(title)} | ${statistics.hits.get(id)?.flows ?? 0} |`,
    ),
  ]
  const sections = categories.map((category) => {
    const own = rules.filter((rule) => rule.category === category)
    return [
      `## ${category.charAt(0).toUpperCase()}${category.slice(1)}`,
      ...own.map((rule) => section(rule, statistics)),
    ].join('\n\n')
  })
  return `${[head.join('\n'), ...sections].join('\n\n')}\n`
}

function section(rule: Rule, { flows, hits, notes }: RuleStatistics): string {
  const { flows: hit = 0, findings = 0 } = hits.get(rule.id) ?? {}
  const settings = Object.entries(rule.settings ?? {})
  const note = Object.hasOwn(notes, rule.id) ? ` ${notes[rule.id]}` : ''
  return [
    `### ${rule.id}`,
    `**${rule.title}.** ${rule.severity}, ${rule.category}.`,
    `${rule.detects}`,
    `*Why.* ${rule.why}`,
    `*Fix.* ${rule.fix}`,
    ...(settings.length === 0
      ? []
      : [`*Settings.* ${settings.map(([name, value]) => `\`${name}\`: \`${printed(value)}\``).join(', ')}`]),
    `*Hits.* ${hit} of ${flows} flows, ${findings} finding${findings === 1 ? '' : 's'}.${note}`,
    '<details><summary>Example</summary>',
    `Fires:\n\n${exampleMarkdown(rule.bad)}`,
    `Does not:\n\n${exampleMarkdown(rule.good)}`,
    '</details>',
  ].join('\n\n')
}

/** A list without the marks of JSON, so that lines can break. */
function printed(value: Setting): string {
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value)
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
