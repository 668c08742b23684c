import { type ActionDefinition, type BlockDefinition, memberAt } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { outcomesOf } from './block-outcome.ts'
import { isoSeconds, secondsPerDay, spoken, waitSeconds } from './duration.ts'
import { handlingOf } from './handling.ts'
import { isPlayed, timeoutSeconds, waitsForAnswer } from './waiting-calls.ts'

const approval = {
  type: 'OpenApiConnectionWebhook',
  inputs: {
    host: {
      apiId: '/providers/Microsoft.PowerApps/apis/shared_approvals',
      connectionName: 'approvals',
      operationId: 'StartAndWaitForAnApproval',
    },
    parameters: { approvalType: 'Basic' },
  },
}
const connectionReferences = { approvals: { api: 'shared_approvals' } }
const answer = (statusCode: number): object => ({ type: 'Response', kind: 'Http', inputs: { statusCode } })
const ask = { type: 'If', expression: { equals: ["@triggerBody()?['kind']", 'order'] } }

/** Rules about waiting: for people, for time, for answers. */
export const waitingRules = [
  flowRule({
    id: 'REL217',
    title: 'A caller gets an answer in time, on every path',
    severity: 'warning',
    category: 'reliability',
    detects:
      'A Response without the asynchronous option comes after an approval, another webhook action, or waits of more than `maxSeconds` together (information when the flow has a button trigger); or the flow answers on some paths of a condition and on others ends without one, although nothing failed.',
    why: 'A caller waits 120 seconds at most; then, or when the run ends without a Response, the call fails although the flow did its work.',
    fix: 'Answer first (202, or the asynchronous option of the Response) and go on working; put a Response on every path.',
    settings: { maxSeconds: 120 },
    bad: {
      actions: {
        Ask: { ...ask, actions: { Yes: answer(200) }, else: { actions: {} } },
      },
    },
    good: {
      actions: {
        Ask: { ...ask, actions: { Yes: answer(200) }, else: { actions: { No: answer(400) } } },
      },
    },
    check(subject, report, { maxSeconds }) {
      const trigger = subject.flow.triggers.find(({ type }) => type === 'Request')
      if (trigger === undefined) return
      const responses = subject.actions.filter(({ action }) => action.type === 'Response')
      const [first] = responses
      if (first === undefined) return
      if (!answersAlways(subject.flow.root))
        report(first.action, {
          message: `There are paths on which the flow ends without ${responses.length === 1 ? quoted(first.action.name) : `any of its ${responses.length} responses`}.`,
        })
      const isByHand = trigger.kind?.toLowerCase() === 'button'
      for (const { action } of responses) {
        const delay = delayBefore(subject, action, maxSeconds)
        if (delay === undefined || action.operationOptions.has('asynchronous')) continue
        if (responses.some((other) => subject.order.precedes(other.action, action))) continue
        report(action, {
          message: `The caller waits for ${quoted(action.name)} while ${delay}.`,
          ...(isByHand ? { severity: 'info' } : {}),
        })
      }
    },
  }),
  flowRule({
    id: 'REL218',
    title: 'A call that waits for people or for another flow cannot hang unnoticed',
    severity: 'warning',
    category: 'reliability',
    detects:
      'An approval or another webhook action has no limit.timeout, and nothing runs after its time-out. Or a child flow is called where nothing answers its failure, in a flow that answers others (information).',
    why: 'Nobody answers, the run stays open until the platform ends it (30 days in Power Automate), and what should have followed never happens.',
    fix: 'Set limit.timeout (such as P7D) and let a branch run after "has timed out".',
    bad: { actions: { Approve: approval }, connectionReferences },
    good: {
      actions: {
        Approve: { ...approval, limit: { timeout: 'P7D' } },
      },
      connectionReferences,
    },
    check(subject, report) {
      const { calls, hasHandler, isAnswered } = handlingOf(subject)
      for (const placed of calls) {
        const { action, owners } = placed
        if (timeoutSeconds(action) !== undefined) continue
        if (waitsForAnswer(action)) {
          if ([action, ...owners].some((each) => isFollowedAfterTimeOut(subject, each))) continue
          report(action, {
            message: `${quoted(action.name)} may wait until the run itself is ended: it has no limit.timeout, and nothing runs after its time-out.`,
          })
        } else if (hasHandler && outsideCallOf(subject, action)?.kind === 'child-flow' && !isAnswered(placed))
          report(action, {
            message: `Nothing runs when the child flow that ${quoted(action.name)} calls fails.`,
            severity: 'info',
          })
      }
    },
  }),
  flowRule({
    id: 'REL220',
    title: 'Nothing waits longer than a run may last',
    severity: 'warning',
    category: 'reliability',
    detects:
      'A Wait, or the limit.timeout of an approval, another webhook action or an Until, is as long as a run may last or longer: `maxDays` in Power Automate, `maxDaysLogicApps` in Logic Apps.',
    why: 'The platform ends the run at that age as timed out, and nothing behind the wait happens.',
    fix: 'Keep the state in a table, and let a scheduled flow or a second flow go on from there.',
    settings: { maxDays: 30, maxDaysLogicApps: 90 },
    bad: {
      connectionReferences,
      actions: { Rest: { type: 'Wait', inputs: { interval: { count: 31, unit: 'Day' } } } },
    },
    good: {
      connectionReferences,
      actions: { Rest: { type: 'Wait', inputs: { interval: { count: 29, unit: 'Day' } } } },
    },
    check({ flow, actions }, report, { maxDays, maxDaysLogicApps }) {
      const days = flow.dialect === 'LogicApps' ? maxDaysLogicApps : maxDays
      for (const { action } of actions) {
        const isWait = action.type === 'Wait'
        if (!isWait && action.type !== 'Until' && !waitsForAnswer(action)) continue
        const seconds = isWait ? waitSeconds(action) : isoSeconds(memberAt(action.raw, 'limit', 'timeout'))
        if (seconds === undefined || seconds < days * secondsPerDay) continue
        report(isWait ? action : inside(action, 'limit', 'timeout'), {
          message: `${quoted(action.name)} may take ${spoken(seconds)}; a run lasts ${days} days at most.`,
        })
      }
    },
  }),
  flowRule({
    id: 'REL219',
    title: 'No action gives a made-up result',
    severity: 'error',
    category: 'reliability',
    detects: 'The static result of an action is enabled.',
    why: 'The action does nothing: what the flow should do there was only played for a test.',
    fix: 'Switch the static result of the action off.',
    bad: {
      actions: {
        Pay: {
          type: 'Http',
          inputs: { method: 'POST', uri: 'https://example.com/payments' },
          runtimeConfiguration: { staticResult: { name: 'Pay0', staticResultOptions: 'Enabled' } },
        },
      },
      staticResults: { Pay0: { status: 'Succeeded', outputs: { statusCode: 'OK' } } },
    },
    good: {
      actions: {
        Pay: {
          type: 'Http',
          inputs: { method: 'POST', uri: 'https://example.com/payments' },
          runtimeConfiguration: { staticResult: { name: 'Pay0', staticResultOptions: 'Disabled' } },
        },
      },
      staticResults: { Pay0: { status: 'Succeeded', outputs: { statusCode: 'OK' } } },
    },
    check({ actions }, report) {
      for (const { action } of actions)
        if (isPlayed(action))
          report(inside(action, 'runtimeConfiguration', 'staticResult'), {
            message: `${quoted(action.name)} is not performed: it gives its static result.`,
          })
    },
  }),
]

/** Whether every path on which nothing fails meets a Response; a Terminate counts as a wanted end. */
function answersAlways(block: BlockDefinition): boolean {
  const ran = outcomesOf(block)()?.ran
  return ran === undefined || [...ran].some(answers)
}

function answers({ type, blocks }: ActionDefinition): boolean {
  if (type === 'Response' || type === 'Terminate') return true
  return (type === 'Scope' || type === 'If' || type === 'Switch') && blocks.every(answersAlways)
}

/** What keeps the caller waiting, in words; `undefined` when nothing certain does. */
function delayBefore(
  { actions, order }: Subject,
  response: ActionDefinition,
  maxSeconds: number,
): string | undefined {
  const slow = actions.filter(({ action }) => waitsForAnswer(action) || action.type === 'Wait')
  const earlier = slow.map(({ action }) => action).filter((action) => order.precedes(action, response))
  const person = earlier.find(waitsForAnswer)
  if (person !== undefined) return `${quoted(person.name)} waits for somebody`
  const seconds = earlier.reduce((sum, action) => sum + (waitSeconds(action) ?? 0), 0)
  return seconds > maxSeconds ? `the flow waits ${spoken(seconds)}` : undefined
}

function isFollowedAfterTimeOut(subject: Subject, action: ActionDefinition): boolean {
  return subject.order
    .successors(action)
    .some(({ runAfter }) =>
      runAfter.some(
        ({ action: name, statuses }) =>
          name.toLowerCase() === action.name.toLowerCase() &&
          (statuses.length === 0 || statuses.includes('TimedOut')),
      ),
    )
}
