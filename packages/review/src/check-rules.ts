// Runs rules over flows and gives their findings places. Every rule sees the same subjects; a rule that throws would
// be a fault of ours and is not caught.
import { createHash } from 'node:crypto'
import { locateAll } from '@flowstead/definition'
import type { RuleChoice, RuleConfig } from './config/rule-config.ts'
import { type Finding, type Severity, severities } from './finding.ts'
import type { FlowRule, Report, Reported, Rule, Settings } from './rule.ts'
import { rules } from './rules/index.ts'
import type { SolutionSubject } from './solution/solution-subject.ts'
import type { Place } from './subject/place.ts'
import type { Subject } from './subject/subject.ts'

/** A finding before its fingerprint is known, and usually its line. */
interface Found extends Omit<Finding, 'fingerprint'> {}

/** What is chosen for a rule of which nothing is said. */
const asItIs: RuleChoice = {}
const noSettings: Settings = {}

export interface CheckOptions {
  readonly rules?: RuleConfig
  /** Default all of them. */
  readonly only?: readonly Rule[]
}

/** Findings of all rules over one flow, in the order of the file, errors before warnings at the same place. */
export function checkFlow(subject: Subject, options: CheckOptions = {}): Finding[] {
  return flowChecks(options)(subject)
}

/** `checkFlow` for many flows: what is chosen for each rule is read once. */
export function flowChecks(options: CheckOptions): (subject: Subject) => Finding[] {
  const asked: { readonly rule: FlowRule; readonly choice: RuleChoice; readonly settings: Settings }[] = []
  for (const rule of options.only ?? rules) {
    const choice = options.rules?.[rule.id] ?? asItIs
    if ('check' in rule && choice.severity !== 'off')
      asked.push({ rule, choice, settings: settingsOf(rule, choice) })
  }
  return (subject) => {
    const { flow } = subject
    const found: Found[] = []
    for (const { rule, choice, settings } of asked) {
      const report: Report = (place, reported) =>
        void found.push({ ...foundBy(rule, choice, place, reported), flow: flow.id, file: flow.file })
      rule.check(subject, report, settings)
    }
    return located(found, flow.text, ownerOf(subject))
  }
}

/** Findings of the rules over flows that belong together; what a flow holds alone is `checkFlow`'s. */
export function checkSolution(subject: SolutionSubject, options: CheckOptions = {}): Finding[] {
  const found: Found[] = []
  const subjects = new Map(subject.subjects.map((each) => [each.flow.id, each]))
  for (const rule of options.only ?? rules) {
    const choice = options.rules?.[rule.id] ?? asItIs
    if (!('checkSolution' in rule) || choice.severity === 'off') continue
    rule.checkSolution(
      subject,
      ({ flow, file, line, column, ...place }, reported) => {
        const owner = flow === undefined ? undefined : subjects.get(flow)?.flow
        found.push({
          ...foundBy(rule, choice, place, reported),
          ...(line === undefined ? {} : { line }),
          ...(column === undefined ? {} : { column }),
          ...(flow === undefined ? {} : { flow }),
          file: owner?.file ?? file ?? '',
        })
      },
      settingsOf(rule, choice),
    )
  }
  return [...byFlow(found)].flatMap(([id, own]) => {
    const owner = id === undefined ? undefined : subjects.get(id)
    return located(own, owner?.flow.text, owner === undefined ? () => undefined : ownerOf(owner))
  })
}

/** Findings by the id of their flow, in the order in which the flows first occur. */
export function byFlow<T extends Pick<Finding, 'flow'>>(
  findings: readonly T[],
): Map<string | undefined, T[]> {
  const groups = new Map<string | undefined, T[]>()
  for (const finding of findings) {
    const group = groups.get(finding.flow)
    if (group === undefined) groups.set(finding.flow, [finding])
    else group.push(finding)
  }
  return groups
}

function foundBy(
  { id, severity, category, fix }: Rule,
  choice: RuleChoice,
  { name, pointer }: Place,
  reported: Reported,
): Omit<Found, 'file'> {
  const own = choice.severity === undefined || choice.severity === 'off' ? severity : choice.severity
  return {
    rule: id,
    severity: weaker(own, reported.severity ?? own),
    category,
    message: reported.message,
    hint: reported.hint ?? fix,
    ...(name === undefined ? {} : { action: name }),
    pointer,
  }
}

function weaker(one: Severity, other: Severity): Severity {
  return severities.indexOf(one) > severities.indexOf(other) ? one : other
}

function settingsOf({ settings = noSettings }: Rule, choice: RuleChoice): Settings {
  return choice.settings === undefined ? settings : { ...settings, ...choice.settings }
}

/** The trigger or action a pointer leads into: the longest pointer that begins it. */
function ownerOf({ flow, actions }: Subject): (pointer: string) => string | undefined {
  let names: Map<string, string> | undefined
  return (pointer) => {
    names ??= new Map(
      [...actions.map(({ action }) => action), ...flow.triggers].map((each) => [each.pointer, each.name]),
    )
    for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1)) {
      const name = names.get(pointer.slice(0, end))
      if (name !== undefined) return name
    }
    return undefined
  }
}

function located(
  found: readonly Found[],
  text: string | undefined,
  ownerAt: (pointer: string) => string | undefined,
): Finding[] {
  if (found.length === 0) return []
  const places =
    text === undefined
      ? undefined
      : locateAll(
          text,
          found.map(({ pointer }) => pointer),
        )
  const seen = new Map<string, number>()
  const findings = found.map((each) => {
    const action = each.action ?? ownerAt(each.pointer)
    const key = [each.rule, each.flow ?? each.file, each.pointer].join('\n')
    const number = (seen.get(key) ?? 0) + 1
    seen.set(key, number)
    const fingerprint = createHash('sha256').update(`${key}\n${number}`).digest('hex').slice(0, 32)
    const place = places?.get(each.pointer)
    return { ...each, ...(action === undefined ? {} : { action }), ...place, fingerprint }
  })
  return findings.sort(byPlace)
}

function byPlace(one: Finding, other: Finding): number {
  return (
    (one.line ?? 0) - (other.line ?? 0) ||
    (one.column ?? 0) - (other.column ?? 0) ||
    severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
    (one.rule === other.rule ? 0 : one.rule < other.rule ? -1 : 1)
  )
}
