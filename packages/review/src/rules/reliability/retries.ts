import { type ActionDefinition, memberAt, members, objectMember, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { type OutsideCall, outsideCallOf } from '../../subject/outside-call.ts'
import { inside } from '../../subject/place.ts'
import { concurrentLoopAround } from './concurrency.ts'
import { handlingOf } from './handling.ts'
import { waitsForAnswer } from './waiting-calls.ts'

const get = { method: 'GET', uri: 'https://example.com/orders' }
const post = { method: 'POST', uri: 'https://example.com/orders', body: '@triggerBody()' }
const fixed = { type: 'fixed', count: 3, interval: 'PT20S' }
const eachOrder = {
  type: 'Foreach',
  foreach: '@triggerBody()',
  runtimeConfiguration: { concurrency: { repetitions: 20 } },
}

/** Rules about calls that are tried again. */
export const retryRules = [
  flowRule({
    id: 'REL207',
    title: 'Calls of many repetitions at once say how they are tried again',
    severity: 'info',
    category: 'reliability',
    detects:
      'A connector, HTTP or function call without a retry policy stands in a Foreach whose repetitions run at the same time. Elsewhere the policy of the platform does well and is left alone.',
    why: 'Calls in parallel are the ones that get 429 (too many requests), and the platform gives up after few attempts: 4 in Logic Apps, 2 on the smallest Power Automate plans.',
    fix: 'Set an exponential retry policy with enough attempts on the call, or lower the concurrency of the loop.',
    bad: { actions: { Each: { ...eachOrder, actions: { Get: { type: 'Http', inputs: get } } } } },
    good: {
      actions: {
        Each: { ...eachOrder, actions: { Get: { type: 'Http', inputs: { ...get, retryPolicy: fixed } } } },
      },
    },
    check(subject, report) {
      for (const placed of subject.actions) {
        const { action } = placed
        const call = outsideCallOf(subject, action)
        if (call === undefined || call.kind === 'child-flow' || waitsForAnswer(action)) continue
        if (retryType(action) !== undefined) continue
        const around = concurrentLoopAround(subject.flow, placed)
        if (around?.isSure !== true) continue
        report(action, {
          message: `${quoted(action.name)} leaves retries to the platform, though repetitions of ${quoted(around.loop.name)} call at the same time.`,
        })
      }
    },
  }),
  flowRule({
    id: 'REL208',
    title: 'A call that may be repeated is tried again',
    severity: 'warning',
    category: 'reliability',
    detects:
      'The retry policy of a call that reads, changes or deletes is "none", and nothing in the flow answers its failure. Calls that create or send are left alone: not to repeat them is a choice.',
    why: 'One short disturbance of the network or of the other system fails the whole run.',
    fix: 'Leave the retry policy to the platform, or set a fixed or exponential one.',
    bad: { actions: { Get: { type: 'Http', inputs: { ...get, retryPolicy: { type: 'none' } } } } },
    good: { actions: { Get: { type: 'Http', inputs: { ...get, retryPolicy: fixed } } } },
    check(subject, report) {
      const { calls, isAnswered } = handlingOf(subject)
      for (const placed of calls) {
        const { action, owners } = placed
        if (retryType(action) !== 'none' || owners.some(({ type }) => type === 'Until')) continue
        const effect = outsideCallOf(subject, action)?.effect
        if (effect === 'create' || effect === 'send' || isAnswered(placed)) continue
        report(inside(action, 'inputs', 'retryPolicy'), {
          message: `${quoted(action.name)} is never tried again, and nothing runs when it fails.`,
          ...(effect === 'unknown' ? { severity: 'info' } : {}),
        })
      }
    },
  }),
  flowRule({
    id: 'REL221',
    title: 'A call that creates something is not repeated blindly',
    severity: 'warning',
    category: 'reliability',
    detects:
      'A retry policy of its own stands on an HTTP POST or on a connector operation that creates or sends something, and no header or parameter looks like a key by which the other side could know a repetition (information for connectors). POSTs that look like a search, a query or a token request are left alone.',
    why: 'When the answer gets lost after the other side has done its work, the next attempt creates the record or sends the message once more.',
    fix: 'Send a key that stays the same over all attempts (a header such as Idempotency-Key), or set the retry policy to none and check for the record before creating it.',
    settings: {
      keyNames: ['idempotency', 'repeatability', 'if-none-match', 'request-id', 'requestid', 'messageid'],
    },
    bad: { actions: { Create: { type: 'Http', inputs: { ...post, retryPolicy: fixed } } } },
    good: {
      actions: {
        Create: {
          type: 'Http',
          inputs: { ...post, retryPolicy: fixed, headers: { 'Idempotency-Key': '@workflow().run.name' } },
        },
      },
    },
    check(subject, report, { keyNames }) {
      for (const { action } of subject.actions) {
        const type = retryType(action)
        const call = outsideCallOf(subject, action)
        if (type === undefined || type === 'none' || call === undefined) continue
        if (call.effect !== 'create' && call.effect !== 'send') continue
        if (looksLikeQuestion(action, call) || hasKey(action, keyNames)) continue
        report(inside(action, 'inputs', 'retryPolicy'), {
          message: `${quoted(action.name)} creates or sends something, is tried again after a failure, and carries no key against repetition.`,
          ...(call.kind === 'http' ? {} : { severity: 'info' }),
        })
      }
    },
  }),
]

/** Type of the action's own retry policy, in lower case. */
function retryType({ inputs }: ActionDefinition): string | undefined {
  return textMember(objectMember(inputs, 'retryPolicy'), 'type')?.toLowerCase()
}

function looksLikeQuestion({ inputs }: ActionDefinition, { operation }: OutsideCall): boolean {
  const address = textMember(inputs, 'uri') ?? textMember(inputs, 'path') ?? operation ?? ''
  return /search|query|token|validate|calculate|lookup|predict|analy[sz]e|graphql|export/i.test(address)
}

function hasKey({ inputs }: ActionDefinition, names: readonly string[]): boolean {
  const keys = ['headers', 'queries', 'parameters'].flatMap((part) =>
    members(memberAt(inputs, part)).map(([key]) => key.toLowerCase()),
  )
  return keys.some((key) => names.some((name) => key.includes(name.toLowerCase())))
}
