import { quoted } from '@flowstead/errors'
import { isPremium } from '../../metrics/tier.ts'
import type { Report } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'
import type { Owner } from '../../subject/texts.ts'

/** Reports, once for a flow, what needs a premium licence; a connector whose name is computed says nothing. */
export function checkPremium(subject: Subject, report: Report): void {
  const callers = [...subject.flow.triggers, ...subject.actions.map(({ action }) => action)]
  const uses = callers.filter(
    (caller) => isPremium(subject, caller) && serviceOf(subject, caller) !== undefined,
  )
  const [first] = uses
  if (first === undefined) return
  const names = [...new Set(uses.map((caller) => serviceOf(subject, caller)))].join(', ')
  report(first, { message: `The flow needs a premium licence because of ${names}.` })
}

function serviceOf(subject: Subject, caller: Owner): string | undefined {
  const call = outsideCallOf(subject, caller)
  if (call?.kind === 'connector')
    return call.api === undefined || call.api === '' ? undefined : quoted(call.api)
  return caller.type === 'Request' || caller.type === 'Response' ? 'HTTP requests' : 'HTTP'
}
