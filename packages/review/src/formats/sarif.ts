// SARIF 2.1.0 (OASIS), as code scanning of GitHub and Azure DevOps read it.
import type { Baseline } from '../accepted/baseline.ts'
import type { Finding, Severity } from '../finding.ts'
import type { Review, SuppressedFinding } from '../flow-review.ts'
import type { Rule } from '../rule.ts'
import { rules } from '../rules/index.ts'

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }

/** Findings of a review, suppressed ones included and marked, as a SARIF log. @param version of the tool. */
export function sarifLog(review: Review, version: string, baseline?: Baseline): object {
  const standing = [...review.findings, ...review.flows.flatMap(({ findings }) => findings)]
  const accepted = review.flows.flatMap(({ suppressed }) => suppressed)
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Flowstead', semanticVersion: version, rules: rules.map(descriptorOf) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'The folder the review was started in.' } } },
        results: [...standing, ...accepted].map((finding) => resultOf(finding, baseline)),
      },
    ],
  }
}

function descriptorOf({ id, title, detects, why, fix, severity, category }: Rule): object {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: detects },
    help: { text: `${why}\n\n${fix}`, markdown: `${why}\n\n**Fix:** ${fix}` },
    defaultConfiguration: { level: levels[severity] },
    properties: { category, tags: [category] },
  }
}

const indexes: ReadonlyMap<string, number> = new Map(rules.map(({ id }, index) => [id, index]))

function resultOf(finding: Finding | SuppressedFinding, baseline: Baseline | undefined): object {
  const { rule, severity, message, hint, fingerprint } = finding
  return {
    ruleId: rule,
    ruleIndex: indexes.get(rule) ?? -1,
    level: levels[severity],
    message: { text: withoutLinks(`${message} ${hint}`) },
    locations: [locationOf(finding)],
    partialFingerprints: { 'flowstead/v1': fingerprint },
    ...('reason' in finding ? { suppressions: [{ kind: 'external', justification: finding.reason }] } : {}),
    ...(baseline === undefined ? {} : { baselineState: baseline.has(fingerprint) ? 'unchanged' : 'new' }),
  }
}

/** Brackets before parentheses are links in messages (§3.11.6); names that hold them are only names. */
function withoutLinks(text: string): string {
  return text.replaceAll(/\[(?=[^\]]*\]\()/g, '\\[')
}

/** A member of an archive has no line of its own in the archive: the pointer says where. */
function locationOf({ file, line, column, pointer, action }: Finding): object {
  const [path = '', member] = file.split('!')
  const isText = member === undefined && line !== undefined
  return {
    physicalLocation: {
      artifactLocation: artifactOf(path),
      ...(isText ? { region: { startLine: line, startColumn: column ?? 1 } } : {}),
    },
    logicalLocations: [
      {
        ...(action === undefined ? {} : { name: action }),
        fullyQualifiedName: `${member === undefined ? '' : `${member}#`}${pointer}`,
      },
    ],
  }
}

/** Relative paths count from the folder the review was started in. */
function artifactOf(path: string): object {
  const clean = path.replace(/^\.\//, '')
  const uri = clean.split('/').map(encodeURIComponent).join('/')
  if (/^[A-Za-z]:\//.test(clean)) return { uri: `file:///${clean.slice(0, 2)}${uri.slice(uri.indexOf('/'))}` }
  return clean.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: 'SRCROOT' }
}
