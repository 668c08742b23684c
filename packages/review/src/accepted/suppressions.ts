// Findings that somebody looked at and accepted, in a file beside the flow: `Reminder.review.json` for `Reminder.json`
// and for `Reminder.zip`. A suppression hides a finding; it never touches metrics or score.
import { member, type NamedFile, type Problem, pointerTo, textMember } from '@flowstead/definition'
import { isFlowsteadError, quoted } from '@flowstead/errors'
import { parseJson, type Value } from '@flowstead/expressions'
import type { Finding } from '../finding.ts'
import type { SuppressedFinding } from '../flow-review.ts'
import { rules } from '../rules/index.ts'

/** One accepted kind of finding. */
export interface Suppression {
  readonly rule: string
  /** Name of the trigger or action, letter case aside; without it everywhere in the flow. */
  readonly action: string | undefined
  /** Id or name of the flow, for files that hold several; without it all of them. */
  readonly flow: string | undefined
  readonly reason: string
  /** File that says it. */
  readonly file: string
  readonly pointer: string
}

const suffix = '.review.json'
const keys = ['rule', 'action', 'flow', 'reason'] as const

/** Whether a file holds suppressions rather than a flow. */
export function isSuppressionFile(name: string): boolean {
  return name.toLowerCase().endsWith(suffix)
}

/** Reads one suppression file; entries that are wrong are reported and have no effect. */
export function readSuppressions({ name, bytes }: NamedFile): {
  readonly suppressions: readonly Suppression[]
  readonly problems: readonly Problem[]
} {
  const problems: Problem[] = []
  const refuse = (pointer: string, message: string, hint: string): void =>
    void problems.push({
      code: 'Review.BadSuppression',
      severity: 'error',
      message,
      file: name,
      pointer,
      hint,
    })
  const suppressions: Suppression[] = []
  const entries = entriesOf(bytes, refuse)
  for (const [index, entry] of entries.entries()) {
    const pointer = pointerTo('/suppressions', index)
    const [rule, action, flow, reason] = keys.map((key) => textMember(entry, key))
    if (rule === undefined || !rules.some(({ id }) => id === rule)) {
      refuse(
        pointer,
        `There is no rule ${quoted(rule ?? null)}.`,
        'Take the id that the review prints, such as REL201.',
      )
    } else if (reason === undefined || reason.trim() === '') {
      refuse(
        pointer,
        `The suppression of ${rule} has no reason.`,
        'Say in "reason" why the finding is accepted.',
      )
    } else suppressions.push({ rule, action, flow, reason, file: name, pointer })
  }
  return { suppressions, problems }
}

type Refuse = (pointer: string, message: string, hint: string) => void

function entriesOf(bytes: Uint8Array, refuse: Refuse): readonly Value[] {
  const hint = 'It is {"suppressions": [{"rule": "REL201", "reason": "why it is accepted"}]}.'
  try {
    const document = parseJson(new TextDecoder().decode(bytes))
    const list = member(document, 'suppressions')
    if (Array.isArray(list)) return list
    refuse('', 'The file holds no list "suppressions".', hint)
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    refuse('', `The file is not JSON. ${error.message}`, hint)
  }
  return []
}

/** The suppressions that lie beside a flow's file. */
export function besides(file: string, all: readonly Suppression[]): readonly Suppression[] {
  const container = (file.split('!')[0] ?? file).toLowerCase()
  const base = container.replace(/\.(json|zip)$/, '')
  return all.filter((suppression) => suppression.file.toLowerCase() === `${base}${suffix}`)
}

/** Parts findings into those that stand and those that are accepted; tells which suppressions were of use. */
export function applySuppressions(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  flow: { readonly id: string; readonly name: string },
): {
  readonly findings: readonly Finding[]
  readonly suppressed: readonly SuppressedFinding[]
  readonly used: ReadonlySet<Suppression>
} {
  const used = new Set<Suppression>()
  const standing: Finding[] = []
  const suppressed: SuppressedFinding[] = []
  for (const finding of findings) {
    const accepted = suppressions.find((suppression) => covers(suppression, finding, flow))
    if (accepted === undefined) standing.push(finding)
    else {
      used.add(accepted)
      suppressed.push({ ...finding, reason: accepted.reason })
    }
  }
  return { findings: standing, suppressed, used }
}

function covers(
  suppression: Suppression,
  finding: Finding,
  flow: { readonly id: string; readonly name: string },
): boolean {
  if (suppression.rule !== finding.rule) return false
  if (suppression.action !== undefined && suppression.action.toLowerCase() !== finding.action?.toLowerCase())
    return false
  const wanted = suppression.flow?.toLowerCase()
  return wanted === undefined || wanted === flow.id.toLowerCase() || wanted === flow.name.toLowerCase()
}
