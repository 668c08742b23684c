import { type ActionDefinition, memberAt, type PlacedAction, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'
import { acceptsFailure, type Handling, handlingOf } from './handling.ts'
import { waitsForAnswer } from './waiting-calls.ts'

const read = { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com/orders' } }
const write = { type: 'Http', inputs: { method: 'PUT', uri: 'https://example.com/orders' } }
const count = { type: 'Compose', inputs: "@length(body('Read'))" }
const tell = {
  type: 'Http',
  inputs: { method: 'POST', uri: 'https://example.com/alerts', body: '@workflow().run.name' },
}
const afterSuccess = (name: string): object => ({ [name]: ['Succeeded'] })
const afterFailure = (name: string): object => ({ [name]: ['Failed', 'TimedOut'] })
const tryScope = { type: 'Scope', actions: { Read: read } }
const catchScope = (name: string): object => ({
  type: 'Scope',
  runAfter: afterFailure(name),
  actions: { Tell: tell },
})

/** Rules about work outside the run that nothing watches. One cause gives one finding: the first that applies. */
export const missingHandlerRules = [
  flowRule({
    id: 'REL201',
    title: 'A flow that works with other systems answers failures',
    severity: 'warning',
    category: 'reliability',
    detects:
      'The flow calls connectors, HTTP or child flows, and no action anywhere runs after a failure, a time-out or a skipped action. Information where nothing can stay half done: at most one call does more than read, and stands outside loops, or all calls are tools of an agent. Flows that do nothing else than send one message, and flows of fewer than `minActions` actions are left alone.',
    why: 'When a system is down the run stops half way, and nobody is told what was done and what was not.',
    fix: 'Put the work into a scope, and a second scope behind it that runs when the first has failed or timed out.',
    settings: { minActions: 4 },
    bad: {
      actions: {
        Read: read,
        Count: { ...count, runAfter: afterSuccess('Read') },
        Write: { ...write, runAfter: afterSuccess('Count') },
        Tell: { ...tell, runAfter: afterSuccess('Write') },
      },
    },
    good: {
      actions: {
        Read: read,
        Count: { ...count, runAfter: afterSuccess('Read') },
        Write: { ...write, runAfter: afterSuccess('Count') },
        Tell: { ...tell, runAfter: afterFailure('Write') },
      },
    },
    check(subject, report, { minActions }) {
      const { calls, hasHandler } = handlingOf(subject)
      const [first] = calls
      if (hasHandler || first === undefined || subject.actions.length < minActions) return
      if (isLoneMessage(subject, calls)) return
      const others = calls.length === 1 ? '' : ` and ${calls.length - 1} more`
      report(subject.place, {
        message: `No action runs after a failure, though ${quoted(first.action.name)}${others} depend${calls.length === 1 ? 's' : ''} on other systems.`,
        ...(isHarmless(subject, calls) ? { severity: 'info' } : {}),
      })
    },
  }),
  flowRule({
    id: 'REL202',
    title: 'The work of a flow stands in a scope that is watched as a whole',
    severity: 'warning',
    category: 'reliability',
    detects:
      'Some failures are answered, but at least `minCalls` calls to other systems are not, and no scope at the top level holds working actions and has something that runs when it fails.',
    why: 'Handlers on single actions leave gaps: each new action has to be remembered.',
    fix: 'Move the working actions into one scope, and let one handler run after that scope has failed or timed out.',
    settings: { minCalls: 2, tryName: 'Main' },
    bad: {
      actions: {
        Read: read,
        Write: { ...write, runAfter: afterSuccess('Read') },
        Archive: { ...write, runAfter: afterSuccess('Write') },
        Tell: { ...tell, runAfter: afterFailure('Archive') },
      },
    },
    good: {
      actions: {
        Work: {
          type: 'Scope',
          actions: {
            Read: read,
            Write: { ...write, runAfter: afterSuccess('Read') },
            Archive: { ...write, runAfter: afterSuccess('Write') },
          },
        },
        Tell: { ...tell, runAfter: afterFailure('Work') },
      },
    },
    check(subject, report, { minCalls, tryName }) {
      const handling = handlingOf(subject)
      if (!handling.hasHandler || handling.tryScopes.length > 0 || namedScope(subject, tryName)) return
      const open = handling.calls.filter((call) => !handling.isAnswered(call))
      const [first] = open
      if (first === undefined || open.length < minCalls) return
      report(subject.place, {
        message: `No scope holds the working actions, and ${open.length} of ${handling.calls.length} calls to other systems have no handler, ${quoted(first.action.name)} first.`,
      })
    },
  }),
  flowRule({
    id: 'REL203',
    title: 'The try scope has a catch scope',
    severity: 'warning',
    category: 'reliability',
    detects:
      'A top-level scope with the name of the setting `tryName` (Main) has nothing that runs when it fails, or one named as `catchName` (Exception) runs after no failure. Flows without any handler are REL201.',
    why: 'The names promise a handler that the arrows of the flow do not deliver.',
    fix: 'Configure "run after" of the catch scope: the try scope has failed, has timed out.',
    settings: { tryName: 'Main', catchName: 'Exception' },
    bad: {
      actions: {
        Main: { type: 'Scope', actions: { Read: read, Retry: { ...read, runAfter: afterFailure('Read') } } },
        Exception: { ...catchScope('Main'), runAfter: afterSuccess('Main') },
      },
    },
    good: {
      actions: {
        Main: { type: 'Scope', actions: { Read: read, Retry: { ...read, runAfter: afterFailure('Read') } } },
        Exception: catchScope('Main'),
      },
    },
    check(subject, report, { tryName, catchName }) {
      const handling = handlingOf(subject)
      if (!handling.hasHandler) return
      const guarded = namedScope(subject, tryName)
      if (guarded !== undefined && !handling.isAnswered(subject.placed(guarded)))
        report(guarded, { message: `Nothing runs when the scope ${quoted(guarded.name)} fails.` })
      const handler = namedScope(subject, catchName)
      if (handler !== undefined && !isHandler(handler))
        report(handler, { message: `The scope ${quoted(handler.name)} does not run after any failure.` })
    },
  }),
  flowRule({
    id: 'REL209',
    title: 'Calls to other systems stand where a handler watches them',
    severity: 'warning',
    category: 'reliability',
    detects:
      'The flow has a scope whose failure is answered, but a connector, HTTP or function call stands at the top level outside it (or in a loop or branch there), and nothing runs when it fails. Calls of the failure path itself are left alone.',
    why: 'The failure of this call ends the run without the handler that the flow has for all others.',
    fix: 'Move the action into the scope that has the handler, or let the handler run after this action too.',
    bad: {
      actions: {
        Lookup: read,
        Work: { ...tryScope, runAfter: afterSuccess('Lookup') },
        Failed: catchScope('Work'),
      },
    },
    good: {
      actions: {
        Lookup: { type: 'Compose', inputs: 'orders' },
        Work: { ...tryScope, runAfter: afterSuccess('Lookup') },
        Failed: catchScope('Work'),
      },
    },
    check(subject, report) {
      for (const { top, call } of unwatched(subject, handlingOf(subject)))
        if (top.type !== 'Scope')
          report(top, {
            message: `Nothing runs when ${quoted(call.name)} fails: it stands outside the scopes that have a handler.`,
          })
    },
  }),
  flowRule({
    id: 'REL215',
    title: 'The catch scope sees every scope that can fail',
    severity: 'warning',
    category: 'reliability',
    detects:
      'One top-level scope has a handler, and another one that calls other systems has none: when it fails nothing runs, because the handler waits for the first one only.',
    why: 'A scope that fails makes those behind it Skipped; a handler that waits only for "has failed" of the last one never starts.',
    fix: 'Let the handler also run after "is skipped", or add a "run after" for this scope, or put both into one scope.',
    settings: { tryName: 'Main' },
    bad: {
      actions: {
        Prepare: { type: 'Scope', actions: { Lookup: read } },
        Work: { ...tryScope, runAfter: afterSuccess('Prepare') },
        Failed: catchScope('Work'),
      },
    },
    good: {
      actions: {
        Prepare: { type: 'Scope', actions: { Lookup: read } },
        Work: { ...tryScope, runAfter: afterSuccess('Prepare') },
        Failed: {
          type: 'Scope',
          runAfter: { Work: ['Failed', 'TimedOut', 'Skipped'] },
          actions: { Tell: tell },
        },
      },
    },
    check(subject, report, { tryName }) {
      for (const { top, call } of unwatched(subject, handlingOf(subject)))
        if (top.type === 'Scope' && !isNamed(top, tryName))
          report(top, {
            message: `Nothing runs when the scope ${quoted(top.name)} fails, in which ${quoted(call.name)} works with another system.`,
          })
    },
  }),
]

/** A lone change leaves nothing half done, and an agent hears of the failure of its tools. */
function isHarmless(subject: Subject, calls: readonly PlacedAction[]): boolean {
  const changes = calls.filter(({ action }) => !isReading(subject, action))
  const isOnce = changes.every(({ owners }) => owners.every(({ type }) => !loops.has(type)))
  return (
    (changes.length <= 1 && isOnce) ||
    calls.every(({ owners }) => owners.some(({ type }) => type === 'Agent'))
  )
}

/** Whom could a flow tell that its only message did not go out? */
function isLoneMessage(subject: Subject, calls: readonly PlacedAction[]): boolean {
  const [only, ...others] = calls
  if (only === undefined || others.length > 0 || only.owners.some(({ type }) => loops.has(type))) return false
  return outsideCallOf(subject, only.action)?.effect === 'send'
}

/** Also operations that send any request, such as "Send an HTTP request to SharePoint", when its method is GET. */
function isReading(subject: Subject, action: ActionDefinition): boolean {
  const effect = outsideCallOf(subject, action)?.effect
  const method = textMember(memberAt(action.inputs, 'parameters'), 'parameters/method')
  return effect === 'read' || effect === 'list' || method?.toUpperCase() === 'GET'
}

const loops: ReadonlySet<string> = new Set(['Foreach', 'Until'])

interface Unwatched {
  /** The top-level action that is the call or holds it. */
  readonly top: ActionDefinition
  readonly call: ActionDefinition
}

/**
 * Calls without a handler in a flow that has a scope with one: the first one of each top-level action. What runs after
 * a scope whether it failed or not is no handler.
 */
function unwatched(subject: Subject, { calls, tryScopes, isAnswered }: Handling): Unwatched[] {
  if (tryScopes.every(({ failurePath }) => failurePath.length === 0)) return []
  const answering = new Set(tryScopes.flatMap(({ responding }) => responding))
  const found = new Map<ActionDefinition, Unwatched>()
  for (const placed of calls) {
    const { action, owners } = placed
    const top = owners[0] ?? action
    if (found.has(top) || answering.has(top) || isHandler(top) || waitsForAnswer(action)) continue
    if (outsideCallOf(subject, action)?.kind === 'child-flow' || isAnswered(placed)) continue
    found.set(top, { top, call: action })
  }
  return [...found.values()]
}

function isHandler({ runAfter }: ActionDefinition): boolean {
  return runAfter.some(({ statuses }) => acceptsFailure(statuses))
}

function namedScope({ flow }: Subject, name: string): ActionDefinition | undefined {
  return flow.root.actions.find((action) => action.type === 'Scope' && isNamed(action, name))
}

function isNamed(action: ActionDefinition, name: string): boolean {
  return action.name.toLowerCase() === name.toLowerCase()
}
