import fc from 'fast-check'
import type { CallCommand, Command } from './command.ts'
import { drawAt } from './draws.ts'
import { answer, isLimit } from './drive.testing.ts'
import type { CallOutcome } from './event.ts'

/*
 * Flows for properties: nested three deep, every container, calls with retries, webhooks, waits. Names are
 * given after generation, so that shrinking keeps them unique.
 */

/** What a generated flow may contain beyond what every one may. */
export interface Ingredients {
  /** Variables, Terminate, Response and time limits, whose meaning depends on the order of completions. */
  readonly withOrder: boolean
}

type Draft =
  | { readonly kind: 'leaf'; readonly action: object }
  | { readonly kind: 'container'; readonly make: (blocks: object[]) => object; readonly blocks: DraftBlock[] }

interface DraftBlock {
  readonly actions: {
    readonly draft: Draft
    readonly after: { readonly back: number; readonly statuses: string[] }[]
  }[]
}

const statuses = fc.subarray(['Succeeded', 'Failed', 'Skipped', 'TimedOut'], { minLength: 1 })

/** The actions of a random flow. */
export function generatedFlow({ withOrder }: Ingredients): fc.Arbitrary<object> {
  return block(3, withOrder).map((draft) => withVariable(named(draft, { next: 0 })))
}

function block(depth: number, withOrder: boolean): fc.Arbitrary<DraftBlock> {
  const edge = fc.record({ back: fc.integer({ min: 1, max: 3 }), statuses })
  const action = fc.record({
    draft:
      depth > 1
        ? fc.oneof(
            { weight: 3, arbitrary: leaf(withOrder) },
            { weight: 2, arbitrary: container(depth, withOrder) },
          )
        : leaf(withOrder),
    after: fc.array(edge, { maxLength: 2 }),
  })
  return fc.record({ actions: fc.array(action, { minLength: depth === 3 ? 1 : 0, maxLength: 4 }) })
}

function leaf(withOrder: boolean): fc.Arbitrary<Draft> {
  const retryPolicy = fc.constantFrom(
    { type: 'none' },
    { type: 'fixed', count: 2, interval: 'PT3S' },
    { type: 'exponential', count: 2, interval: 'PT3S' },
  )
  const call = retryPolicy.map((policy) => ({
    type: 'Http',
    inputs: { uri: '@guid()', method: 'POST', retryPolicy: policy },
  }))
  const plain = fc.oneof(
    call,
    fc.constant({ type: 'Compose', inputs: '@guid()' }),
    fc.constant({ type: 'Compose', inputs: `@int('x')` }),
    fc.constant({ type: 'Wait', inputs: { interval: { count: 2, unit: 'Second' } } }),
    fc.constant({
      type: 'OpenApiConnectionWebhook',
      inputs: { host: {}, retryPolicy: { type: 'fixed', count: 1, interval: 'PT2S' } },
    }),
  )
  const ordered = fc.oneof(
    fc.constant({ type: 'AppendToStringVariable', inputs: { name: 'text', value: '@guid()' } }),
    fc.constant({
      type: 'AppendToArrayVariable',
      inputs: { name: 'list', value: `@length(variables('list'))` },
    }),
    fc.constant({ type: 'Compose', inputs: `@variables('list')` }),
    fc
      .constantFrom('Failed', 'Succeeded', 'Cancelled')
      .map((runStatus) => ({ type: 'Terminate', inputs: { runStatus } })),
    fc.constant({ type: 'Response', inputs: { statusCode: 200 } }),
    call.map((action) => ({ ...action, limit: { timeout: 'PT5S' } })),
  )
  const action = withOrder
    ? fc.oneof({ weight: 3, arbitrary: plain }, { weight: 2, arbitrary: ordered })
    : plain
  return action.map((made) => ({ kind: 'leaf', action: made }))
}

function container(depth: number, withOrder: boolean): fc.Arbitrary<Draft> {
  const inner = block(depth - 1, withOrder)
  const of = (blocks: DraftBlock[], make: (blocks: object[]) => object): Draft => ({
    kind: 'container',
    make,
    blocks,
  })
  return fc.oneof(
    inner.map((body) => of([body], ([actions]) => ({ type: 'Scope', actions }))),
    fc.record({ yes: inner, no: inner, holds: fc.boolean() }).map(({ yes, no, holds }) =>
      of([yes, no], ([actions, other]) => ({
        type: 'If',
        expression: { equals: [holds, true] },
        actions,
        else: { actions: other },
      })),
    ),
    fc
      .record({ one: inner, other: inner, taken: fc.integer({ min: 0, max: 1 }) })
      .map(({ one, other, taken }) =>
        of([one, other], ([first, second]) => ({
          type: 'Switch',
          expression: taken,
          cases: { A: { case: 0, actions: first } },
          default: { actions: second },
        })),
      ),
    fc
      .record({ body: inner, items: fc.integer({ min: 0, max: 3 }), atOnce: fc.integer({ min: 1, max: 3 }) })
      .map(({ body, items, atOnce }) =>
        of([body], ([actions]) => ({
          type: 'Foreach',
          foreach: `@take(createArray(1, 2, 3), ${items})`,
          runtimeConfiguration: { concurrency: { repetitions: atOnce } },
          actions,
        })),
      ),
    fc.record({ body: inner, count: fc.integer({ min: 1, max: 3 }) }).map(({ body, count }) =>
      of([body], ([actions]) => ({
        type: 'Until',
        expression: '@false',
        limit: { count, timeout: 'P90D' },
        actions,
      })),
    ),
  )
}

function named(draft: DraftBlock, counter: { next: number }): object {
  const names = draft.actions.map(() => `a${counter.next++}`)
  return Object.fromEntries(
    draft.actions.map(({ draft: action, after }, at) => {
      const edges = after.flatMap(({ back, statuses: accepted }) =>
        names[at - back] === undefined ? [] : [[names[at - back], accepted]],
      )
      return [names[at], { ...made(action, counter), runAfter: Object.fromEntries(edges) }]
    }),
  )
}

function made(draft: Draft, counter: { next: number }): object {
  if (draft.kind === 'leaf') return draft.action
  return draft.make(draft.blocks.map((inner) => named(inner, counter)))
}

function withVariable(actions: object): object {
  const variables = [
    { name: 'text', type: 'String' },
    { name: 'list', type: 'Array' },
  ]
  return { ...actions, init: { type: 'InitializeVariable', inputs: { variables }, runAfter: {} } }
}

/** An answer that depends on the key of the call only, good more often than not. */
export function outcomeByKey({ key }: CallCommand): CallOutcome {
  const draw = drawAt('outcomes', key, 0)
  if (draw < 0.6) return answer(200, { key })
  if (draw < 0.75) return answer(503)
  if (draw < 0.9) return answer(404)
  return { error: { code: 'BadGateway', message: 'No answer.' }, transient: true }
}

/** Picks among open commands by a sequence of its own; time limits only when they may pass. */
export function pickBy(seed: number, limits: 'pass' | 'wait'): (open: readonly Command[]) => number {
  let count = 0
  return (open) => {
    const places = open.map((_, at) => at).filter((at) => limits === 'pass' || !isLimit(open[at] as Command))
    const candidates = places.length === 0 ? [0] : places
    return candidates[Math.floor(drawAt(`order ${seed}`, '', count++) * candidates.length)] as number
  }
}
