import { type ActionDefinition, memberAt, type PlacedAction, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { type Contents, contentsOf } from './contents.ts'
import { handlingOf } from './handling.ts'

const read = { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com/orders' } }
const work = { type: 'Scope', actions: { Read: read } }
const failed = { Work: ['Failed', 'TimedOut'] }
const tell = {
  type: 'Http',
  inputs: { method: 'POST', uri: 'https://example.com/alerts', body: '@workflow().run.name' },
}
const stop = {
  type: 'Terminate',
  inputs: { runStatus: 'Failed', runError: { message: 'Orders were not read.' } },
}

/** Rules about what handlers do once something has failed. */
export const catchScopeRules = [
  flowRule({
    id: 'REL204',
    title: 'A failure handler also runs after a time-out',
    severity: 'warning',
    category: 'reliability',
    detects:
      'An action runs after "has failed" of a call, or of a scope, branch or loop that holds calls, but not after "has timed out". Information where the action runs after success too: it looks at an answer such as 404, and a time-out may rightly end the run. Actions that cannot time out are left alone.',
    why: 'A call that gets no answer ends as TimedOut, not as Failed: the handler is skipped in exactly that case.',
    fix: 'Add "has timed out" to the handler\'s "run after".',
    bad: { actions: { Work: work, Tell: { ...tell, runAfter: { Work: ['Failed'] } } } },
    good: { actions: { Work: work, Tell: { ...tell, runAfter: { Work: ['Failed', 'TimedOut'] } } } },
    check(subject, report) {
      const contents = contentsOf(subject)
      for (const { action } of subject.actions)
        for (const { action: name, statuses } of action.runAfter) {
          if (!statuses.includes('Failed') || statuses.includes('TimedOut')) continue
          const watched = subject.action(name)
          if (watched === undefined || !canTimeOut(subject, contents, watched)) continue
          report(inside(action, 'runAfter', name), {
            message: `${quoted(action.name)} runs after a failure of ${quoted(watched.name)}, but not after its time-out.`,
            ...(statuses.includes('Succeeded') ? { severity: 'info' } : {}),
          })
        }
    },
  }),
  flowRule({
    id: 'REL205',
    title: 'A run whose work failed does not end as Succeeded',
    severity: 'warning',
    category: 'reliability',
    detects:
      'When a top-level scope fails, its handler runs and the run ends as Succeeded: what follows the failure holds no Terminate with Failed or Cancelled and no Response, or it holds a Terminate with Succeeded. A handler whose results are read later is another way to the goal and left alone.',
    why: 'The failure is swallowed: history, alerts and callers see a run that went well.',
    fix: 'End the handler with a Terminate of status Failed that carries the error, once people have been told.',
    bad: { actions: { Work: work, Failed: { type: 'Scope', runAfter: failed, actions: { Tell: tell } } } },
    good: {
      actions: {
        Work: work,
        Failed: {
          type: 'Scope',
          runAfter: failed,
          actions: { Tell: tell, Stop: { ...stop, runAfter: { Tell: ['Succeeded'] } } },
        },
      },
    },
    check(subject, report) {
      const contents = contentsOf(subject)
      for (const { scope, failurePath, responding, endsAs } of handlingOf(subject).tryScopes) {
        const [handler] = failurePath
        if (handler === undefined || isReadLater(subject, contents, failurePath)) continue
        if (endsAs === 'Failed' && !failurePath.some((each) => someWithin(contents, each, endsWell))) continue
        if (responding.some((action) => someWithin(contents, action, showsFailure))) continue
        report(handler, {
          message: `The run ends as Succeeded although ${quoted(scope.name)} failed: ${quoted(handler.name)} does not pass the failure on.`,
        })
      }
    },
  }),
  flowRule({
    id: 'REL206',
    title: 'A failure handler tells somebody, with the way to the run',
    severity: 'warning',
    category: 'reliability',
    detects:
      'What runs only when a top-level scope has failed calls no other system and answers no caller (information where it at least ends the run as Failed), or it sends a message and the flow nowhere uses workflow(), from which the link to the run is made (information).',
    why: 'Somebody has to find the failed run first; a message without a link costs them the search.',
    fix: 'Send or log a message in the handler, with a link made from workflow() and the error from result().',
    bad: {
      actions: {
        Work: work,
        Failed: { type: 'Scope', runAfter: failed, actions: { Note: { type: 'Compose', inputs: 'failed' } } },
      },
    },
    good: { actions: { Work: work, Failed: { type: 'Scope', runAfter: failed, actions: { Tell: tell } } } },
    check(subject, report) {
      const contents = contentsOf(subject)
      const knowsRun = subject.expressions.some(({ references }) =>
        references.some(({ fn }) => fn === 'workflow'),
      )
      for (const { scope, failurePath } of handlingOf(subject).tryScopes) {
        const [handler] = failurePath
        if (handler === undefined || isReadLater(subject, contents, failurePath)) continue
        const some = (test: (action: ActionDefinition) => boolean): boolean =>
          failurePath.some((action) => someWithin(contents, action, test))
        if (!some((action) => action.type === 'Response' || outsideCallOf(subject, action) !== undefined))
          report(handler, {
            message: `Nobody is told when ${quoted(scope.name)} fails: ${quoted(handler.name)} sends and logs nothing.`,
            ...(some(showsFailure) ? { severity: 'info' } : {}),
          })
        else if (!knowsRun && some((action) => sendsMessage(subject, action)))
          report(handler, {
            message: `The message about the failure of ${quoted(scope.name)} cannot hold a link to the run: the flow does not use workflow().`,
            severity: 'info',
          })
      }
    },
  }),
]

const containers: ReadonlySet<string> = new Set(['Scope', 'Foreach', 'Until', 'If', 'Switch'])

function canTimeOut(subject: Subject, contents: Contents, action: ActionDefinition): boolean {
  if (outsideCallOf(subject, action) !== undefined) return true
  return (
    containers.has(action.type) &&
    contents.inside(action).some(({ action: inner }) => outsideCallOf(subject, inner) !== undefined)
  )
}

function someWithin(
  contents: Contents,
  action: ActionDefinition,
  test: (action: ActionDefinition) => boolean,
): boolean {
  return test(action) || contents.inside(action).some((placed: PlacedAction) => test(placed.action))
}

/** Whether an action ends the run as anything but Succeeded, or answers the caller itself. */
function showsFailure({ type, inputs }: ActionDefinition): boolean {
  if (type === 'Response') return true
  return type === 'Terminate' && textMember(inputs, 'runStatus')?.toLowerCase() !== 'succeeded'
}

function endsWell({ type, inputs }: ActionDefinition): boolean {
  return type === 'Terminate' && textMember(inputs, 'runStatus')?.toLowerCase() === 'succeeded'
}

/** Whether actions outside the failure path read results of it: then it is a second way, not a handler. */
function isReadLater(
  subject: Subject,
  contents: Contents,
  failurePath: readonly ActionDefinition[],
): boolean {
  const path = new Set(
    failurePath.flatMap((action) => [action, ...contents.inside(action).map((placed) => placed.action)]),
  )
  return [...path].some(({ name }) =>
    subject
      .readsOf(name)
      .some(
        ({ fn, expression: { placed } }) =>
          fn !== 'variables' && placed !== undefined && !path.has(placed.action),
      ),
  )
}

function sendsMessage(subject: Subject, action: ActionDefinition): boolean {
  const call = outsideCallOf(subject, action)
  if (call?.effect === 'send') return true
  const path = memberAt(action.inputs, 'path')
  const name = typeof path === 'string' ? path : (call?.operation ?? '')
  return call?.kind === 'connector' && /mail|message|notification|postcard/i.test(name)
}
