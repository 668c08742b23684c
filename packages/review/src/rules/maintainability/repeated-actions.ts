// Finds actions that do the same as others. Actions that wait for exactly one another form chains; a run of actions
// with the numbers of a run that was seen before is a repeat, and repeats that touch are one.
import type { Flow } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Settings, SolutionReport } from '../../rule.ts'
import type { SolutionSubject } from '../../solution/solution-subject.ts'
import { type Signed, signFlow, textNumbers } from './action-signatures.ts'

/** Reports later copies of sequences, and flows that are copies as a whole. */
export function checkRepeats(
  { subjects }: SolutionSubject,
  report: SolutionReport,
  { minActions: least }: Settings & { readonly minActions: number },
): void {
  const sign = textNumbers()
  const seen = new Map<string, Signed>()
  const wholes = new Map<string, Flow>()
  for (const subject of subjects) {
    const { flow } = subject
    const { signed, chains } = signFlow(subject, sign)
    const whole = signed
      .map(({ number }) => number)
      .sort((one, other) => one - other)
      .join()
    const original = wholes.get(whole)
    const size = signed.reduce((sum, each) => sum + each.size, 0)
    if (original !== undefined && size >= least) {
      const message = `${quoted(flow.name)} does the same as ${quoted(original.name)}, with ${size} actions.`
      report({ flow: flow.id, pointer: flow.definitionAt }, { message })
      continue
    }
    wholes.set(whole, flow)
    for (const chain of chains) checkChain(chain, least, seen, report)
  }
}

function checkChain(
  chain: readonly Signed[],
  least: number,
  seen: Map<string, Signed>,
  report: SolutionReport,
): void {
  let copied: { from: Signed; first: Signed; size: number; end: number } | undefined
  const tell = (): void => {
    if (copied === undefined) return
    const { first, from, size } = copied
    const where = first.flow === from.flow ? '' : ` of ${quoted(from.flow.name)}`
    const message = `The ${size} actions from ${quoted(first.action.name)} on repeat those from ${quoted(from.action.name)}${where} on.`
    report({ flow: first.flow.id, name: first.action.name, pointer: first.action.pointer }, { message })
    copied = undefined
  }
  for (const [index, start] of chain.entries()) {
    const window = windowFrom(chain, index, least)
    if (window === undefined || !window.some(({ isWork }) => isWork)) continue
    const key = window.map(({ number }) => number).join()
    const from = seen.get(key)
    if (from === undefined) {
      seen.set(key, start)
      continue
    }
    const end = index + window.length
    const size = window.reduce((sum, each) => sum + each.size, 0)
    if (copied === undefined || index >= copied.end) {
      tell()
      copied = { from, first: start, size, end }
    } else {
      const added = chain.slice(copied.end, end).reduce((sum, each) => sum + each.size, 0)
      copied = { ...copied, size: copied.size + added, end: Math.max(end, copied.end) }
    }
  }
  tell()
}

/** The shortest run of actions from here on that holds so many actions. */
function windowFrom(chain: readonly Signed[], index: number, least: number): readonly Signed[] | undefined {
  let size = 0
  for (let end = index; end < chain.length && end - index < least; end += 1) {
    size += chain[end]?.size ?? 0
    if (size >= least) return chain.slice(index, end + 1)
  }
  return undefined
}
