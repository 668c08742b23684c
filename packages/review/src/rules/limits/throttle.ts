import { type ActionDefinition, memberAt, walkBlock } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Report, Settings } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'

type Assumptions = Settings & { readonly perSeconds: number; readonly defaultInLogicApps: number }

/** Reports loops whose first calls alone are more than a connection may make. */
export function checkLoopThrottle(
  subject: Subject,
  report: Report,
  { perSeconds, defaultInLogicApps }: Assumptions,
): void {
  if (subject.facts === undefined) return
  for (const { action } of subject.actions) {
    if (action.type !== 'Foreach') continue
    const atOnce = repetitionsAtOnce(subject, action, defaultInLogicApps)
    if (atOnce < 2) continue
    for (const { api, count } of callsPerItem(subject, action).values()) {
      const throttle = subject.facts.connector(api)?.throttle
      const allowed = throttle === undefined ? Infinity : (throttle.calls * perSeconds) / throttle.seconds
      if (atOnce * count <= allowed) continue
      const message = `${quoted(action.name)} makes ${atOnce * count} calls to ${quoted(api)} at once, which takes ${allowed} in ${perSeconds} s.`
      report(action, { message })
    }
  }
}

/** One after the other unless told otherwise in Power Automate; Logic Apps runs several by itself. */
function repetitionsAtOnce({ flow }: Subject, loop: ActionDefinition, inLogicApps: number): number {
  if (loop.operationOptions.has('sequential')) return 1
  const set = memberAt(loop.raw, 'runtimeConfiguration', 'concurrency', 'repetitions')
  if (typeof set === 'number') return set
  return flow.dialect === 'LogicApps' && set === undefined ? inLogicApps : 1
}

/** Calls that every item makes, by connection; those in branches may not happen. */
function callsPerItem(subject: Subject, loop: ActionDefinition): Map<string, { api: string; count: number }> {
  const found = new Map<string, { api: string; count: number }>()
  for (const block of loop.blocks) {
    for (const { action, owners } of walkBlock(block)) {
      if (owners.some(({ type }) => type === 'If' || type === 'Switch')) continue
      const call = outsideCallOf(subject, action)
      if (call?.api === undefined) continue
      const key = call.connection ?? call.api
      const known = found.get(key)
      if (known === undefined) found.set(key, { api: call.api, count: 1 })
      else known.count += 1
    }
  }
  return found
}
