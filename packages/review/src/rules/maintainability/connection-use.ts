import { pointerTo } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule, type Report } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'

const send = (connectionName: string, api = connectionName) => ({
  type: 'OpenApiConnection',
  inputs: { host: { apiId: `/apis/${api}`, connectionName, operationId: 'SendEmailV2' }, parameters: {} },
})
const apis = ['shared_office365', 'shared_sharepointonline', 'shared_teams', 'shared_planner'] as const
const referencesTo = (names: readonly string[]) =>
  Object.fromEntries(names.map((api) => [api, { api, logicalName: `con_${api}` }]))

/** Rules about how many connections a flow needs. */
export const connectionRules = [
  flowRule({
    id: 'MNT511',
    title: 'A flow needs few connections',
    severity: 'info',
    category: 'maintainability',
    detects: 'The trigger and the actions use more distinct connections than the limit.',
    why: 'Each connection is a sign-in that can expire and a system the next maker must know; the score counts them too.',
    fix: 'Move what belongs to another system into a child flow.',
    settings: { maxConnections: 3 },
    bad: {
      actions: Object.fromEntries(apis.map((api) => [api, send(api)])),
      connectionReferences: referencesTo(apis),
    },
    good: {
      actions: Object.fromEntries(apis.slice(1).map((api) => [api, send(api)])),
      connectionReferences: referencesTo(apis.slice(1)),
    },
    check(subject, report, { maxConnections }) {
      const used = usedConnections(subject)
      if (used.size <= maxConnections) return
      const names = [...used].map((key) => quoted(key)).join(', ')
      report(subject.place, {
        message: `The flow uses ${used.size} connections, the limit is ${maxConnections}: ${names}.`,
      })
    },
  }),
  flowRule({
    id: 'MNT512',
    title: 'A flow signs in to a service once',
    severity: 'warning',
    category: 'maintainability',
    detects:
      'Actions use several connection references to the same connector that work with the rights of the same kind of person. References with different logical names may be meant to sign in as different people and get a lower severity.',
    why: 'Whoever installs the flow signs in several times, and one of the sign-ins is forgotten when it expires.',
    fix: 'Let all actions use one connection reference and remove the others.',
    bad: {
      actions: { Tell: send('shared_office365'), Ask: send('shared_office365_1', 'shared_office365') },
      connectionReferences: {
        shared_office365: { api: 'shared_office365', logicalName: 'con_mail' },
        shared_office365_1: { api: 'shared_office365', logicalName: 'con_mail' },
      },
    },
    good: {
      actions: { Tell: send('shared_office365'), Ask: send('shared_office365') },
      connectionReferences: {
        shared_office365: { api: 'shared_office365', logicalName: 'con_mail' },
        shared_office365_1: { api: 'shared_office365', logicalName: 'con_mail' },
      },
    },
    check: checkDoubleSignIn,
  }),
]

/** Keys of the connections that the trigger and the actions name. */
function usedConnections(subject: Subject): Set<string> {
  const callers = [...subject.flow.triggers, ...subject.actions.map(({ action }) => action)]
  return new Set(callers.flatMap((caller) => outsideCallOf(subject, caller)?.connection ?? []))
}

function checkDoubleSignIn(subject: Subject, report: Report): void {
  const { flow } = subject
  const first = new Map<string, string>()
  for (const key of usedConnections(subject)) {
    const reference = flow.connectionReferences.get(key)
    if (reference === undefined) continue
    const kind = `${reference.api} ${reference.runtimeSource}`
    const known = first.get(kind)
    if (known === undefined) {
      first.set(kind, key)
      continue
    }
    const isSame =
      reference.logicalName !== undefined &&
      reference.logicalName === flow.connectionReferences.get(known)?.logicalName
    const message = `The connections ${quoted(known)} and ${quoted(key)} both lead to ${quoted(reference.api)}.`
    report(placeOfConnection(subject, key), { message, ...(isSame ? {} : { severity: 'info' }) })
  }
}

/** The first trigger or action that uses it. */
function placeOfConnection(
  subject: Subject,
  key: string,
): { readonly name?: string; readonly pointer: string } {
  const callers = [...subject.flow.triggers, ...subject.actions.map(({ action }) => action)]
  const caller = callers.find((each) => outsideCallOf(subject, each)?.connection === key)
  return caller === undefined
    ? subject.place
    : { name: caller.name, pointer: pointerTo(caller.pointer, 'inputs', 'host') }
}
