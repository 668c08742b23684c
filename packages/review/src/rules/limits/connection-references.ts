import { connectorCallOf, type Flow, pointerTo } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Report } from '../../rule.ts'
import type { Place } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'

/** Reports, once for a flow, connections of a solution that lead past its connection references. */
export function checkBoundConnections({ flow }: Subject, report: Report): void {
  if (flow.format !== 'solution' && flow.format !== 'clientdata') return
  const bound = [...flow.connectionReferences.values()].filter(
    ({ logicalName, runtimeSource }) => logicalName === undefined && runtimeSource === 'embedded',
  )
  const [first] = bound
  if (first === undefined) return
  const names = bound.map(({ key }) => quoted(key)).join(', ')
  report(placeOf(flow, first.key), {
    message: `These connections are bound without a connection reference: ${names}.`,
  })
}

/** Reports connections that no trigger or action names; one computed name may mean any of them. */
export function checkUnusedReferences({ flow, actions }: Subject, report: Report): void {
  const callers = [...flow.triggers, ...actions.map(({ action }) => action)]
  const calls = callers.flatMap((caller) => connectorCallOf(flow, caller) ?? [])
  if (flow.dialect !== 'PowerAutomate' || calls.some(({ connection }) => connection === undefined)) return
  const used = new Set(calls.map(({ connection }) => connection))
  for (const key of flow.connectionReferences.keys()) {
    if (used.has(key)) continue
    report(placeOf(flow, key), {
      message: `Nothing uses the connection ${quoted(key)}.`,
      severity: 'warning',
    })
  }
}

/** Connection references stand beside the definition. */
function placeOf({ definitionAt }: Flow, key: string): Place {
  return { pointer: pointerTo(definitionAt.replace(/\/definition$/, ''), 'connectionReferences', key) }
}
