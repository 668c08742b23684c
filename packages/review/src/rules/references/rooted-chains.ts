import { memberAt } from '@flowstead/definition'
import { functions, type Value } from '@flowstead/expressions'
import type { PlacedExpression } from '../../subject/expressions.ts'
import type { Subject } from '../../subject/subject.ts'
import { type AccessChain, accessChains, type Step } from './access-chains.ts'

/** A read of something whose shape a schema in the flow tells. */
export interface RootedChain {
  readonly expression: PlacedExpression
  readonly isTrigger: boolean
  readonly schema: Value
  /** Keys from the schema's own level on. */
  readonly steps: readonly Step[]
}

/** Reads of the body of the Request trigger and of what Parse JSON gives, with their schemas. */
export function rootedChains(subject: Subject): RootedChain[] {
  const trigger = requestSchema(subject)
  return subject.expressions.flatMap((expression) =>
    expression.trees.flatMap(accessChains).flatMap((chain) => {
      const read = readOf(chain)
      if (read === undefined) return []
      const isTrigger = read.action === undefined
      const schema = isTrigger ? trigger : parsedSchema(read.action, subject)
      return schema === undefined ? [] : [{ expression, isTrigger, schema, steps: read.steps }]
    }),
  )
}

function readOf({ call, steps }: AccessChain): { action?: string; steps: readonly Step[] } | undefined {
  const fn = functions.get(call.name.toLowerCase())?.name
  if (fn === 'triggerBody') return { steps }
  if (fn === 'triggerOutputs') {
    const inside = insideBody(steps)
    return inside && { steps: inside }
  }
  const [name] = call.args
  if (name?.kind !== 'literal' || typeof name.value !== 'string') return undefined
  if (fn === 'body') return { action: name.value, steps }
  const inside = fn === 'outputs' ? insideBody(steps) : undefined
  return inside && { action: name.value, steps: inside }
}

/** The keys after `['body']`, or after the `body/` that begins a key. */
function insideBody([first, ...rest]: readonly Step[]): readonly Step[] | undefined {
  if (typeof first?.key !== 'string') return undefined
  if (first.key === 'body') return rest
  return first.key.startsWith('body/')
    ? [{ ...first, key: first.key.slice('body/'.length) }, ...rest]
    : undefined
}

function requestSchema({ flow }: Subject): Value | undefined {
  const [trigger, ...others] = flow.triggers
  if (trigger?.type !== 'Request' || others.length > 0 || memberAt(trigger.raw, 'splitOn') !== undefined)
    return undefined
  return memberAt(trigger.raw, 'inputs', 'schema')
}

function parsedSchema(name: string | undefined, subject: Subject): Value | undefined {
  const action = name === undefined ? undefined : subject.action(name)
  return action?.type === 'ParseJson' ? memberAt(action.raw, 'inputs', 'schema') : undefined
}
