import { memberAt } from '@flowstead/definition'
import { functions, type Value } from '@flowstead/expressions'
import type { PlacedExpression } from '../../subject/expressions.ts'
import type { Subject } from '../../subject/subject.ts'
import { type AccessChain, chainsIn, type Step } from './access-chains.ts'

/** A read of something whose shape a schema in the flow tells. */
export interface RootedChain {
  readonly expression: PlacedExpression
  readonly isTrigger: boolean
  readonly schema: Value
  /** Whether the flow itself puts the field there that is read first: Parse JSON of an object that is typed in. */
  readonly isGiven: boolean
  /** Keys from the schema's own level on. */
  readonly steps: readonly Step[]
}

/** Reads of the body of the Request trigger and of what Parse JSON gives, with their schemas. */
export function rootedChains(subject: Subject): readonly RootedChain[] {
  return subject.shared(readRootedChains)
}

function readRootedChains(subject: Subject): RootedChain[] {
  const trigger = requestSchema(subject)
  return subject.expressions.flatMap((expression) =>
    chainsIn(expression, subject).flatMap((chain) => {
      const read = readOf(chain)
      if (read === undefined) return []
      const isTrigger = read.action === undefined
      const schema = isTrigger ? trigger : parsedSchema(read.action, subject)
      const isGiven = !isTrigger && isTypedField(read.action, read.steps[0], subject)
      return schema === undefined ? [] : [{ expression, isTrigger, schema, isGiven, steps: read.steps }]
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

function isTypedField(name: string | undefined, first: Step | undefined, subject: Subject): boolean {
  const action = name === undefined ? undefined : subject.action(name)
  if (action === undefined || typeof first?.key !== 'string') return false
  return memberAt(action.raw, 'inputs', 'content', first.key) !== undefined
}

function parsedSchema(name: string | undefined, subject: Subject): Value | undefined {
  const action = name === undefined ? undefined : subject.action(name)
  return action?.type === 'ParseJson' ? memberAt(action.raw, 'inputs', 'schema') : undefined
}
