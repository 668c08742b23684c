import { quoted } from '@flowstead/errors'
import type { Report, Settings } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'

type Services = Settings & { readonly inside: readonly string[]; readonly outside: readonly string[] }

/** Reports what sends computed values outwards in a flow that reads inside. */
export function checkOutwardData(subject: Subject, report: Report, { inside, outside }: Services): void {
  const callers = [...subject.flow.triggers, ...subject.actions.map(({ action }) => action)]
  const calls = callers.flatMap((caller) => {
    const call = outsideCallOf(subject, caller)
    return call?.api === undefined ? [] : [{ caller, api: call.api.toLowerCase(), effect: call.effect }]
  })
  const source = calls.find(({ api, effect }) => inside.includes(api) && reads(effect))
  if (source === undefined) return
  for (const { caller, api, effect } of calls) {
    if (!outside.includes(api) || !writes(effect) || subject.expressionsOf(caller).length === 0) continue
    const message = `${quoted(caller.name)} sends to ${quoted(api)} in a flow that reads ${quoted(source.api)}.`
    report(caller, { message })
  }
}

/** A trigger's operation often has a name that says nothing; it reads all the same. */
function reads(effect: string): boolean {
  return effect === 'read' || effect === 'list' || effect === 'unknown'
}

function writes(effect: string): boolean {
  return effect === 'create' || effect === 'update' || effect === 'send'
}
