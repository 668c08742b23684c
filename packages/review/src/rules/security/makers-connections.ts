import { pointerTo } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Report, Settings } from '../../rule.ts'
import { type OutsideCall, outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'

/** Reports, once for a flow, connections of the maker that whoever starts it uses. */
export function checkMakersConnections(
  subject: Subject,
  report: Report,
  { services }: Settings & { readonly services: readonly string[] },
): void {
  const { flow, actions } = subject
  const kind = flow.triggers[0]?.kind?.toLowerCase() ?? ''
  if (flow.dialect !== 'PowerAutomate' || !/^(button|powerapp|powerappv2)$/.test(kind)) return
  if (isChildFlow(subject)) return
  const used = new Set<string>()
  for (const { action } of actions) {
    const call = outsideCallOf(subject, action)
    const reference = flow.connectionReferences.get(call?.connection ?? '')
    if (reference?.runtimeSource !== 'embedded' || asksModel(call)) continue
    if (services.includes(reference.api.toLowerCase())) used.add(reference.key)
  }
  if (used.size === 0) return
  const names = [...used].map((key) => quoted(key)).join(', ')
  const isApp = kind !== 'button'
  const message = `Whoever starts the flow with the ${isApp ? 'app' : 'button'} works through connections of its maker: ${names}.`
  const trigger = flow.triggers[0]?.pointer ?? flow.definitionAt
  report({ pointer: pointerTo(trigger, 'kind') }, { message, ...(isApp ? {} : { severity: 'info' }) })
}

/** AI Builder stands behind the Dataverse connector, but reads and changes no rows. */
function asksModel(call: OutsideCall | undefined): boolean {
  return /^aibuilder/i.test(call?.operation ?? '')
}

/** A button that answers is started by other flows, which the platform only allows with connections of the maker. */
function isChildFlow({ flow, actions }: Subject): boolean {
  const isButton = flow.triggers[0]?.kind?.toLowerCase() === 'button'
  return isButton && actions.some(({ action }) => action.type === 'Response')
}
