import { member, memberAt, type TriggerDefinition } from '@flowstead/definition'
import { printJson, type Value } from '@flowstead/expressions'
import { textOf } from '../metrics/action-facts.ts'
import type { Profile } from '../metrics/metrics.ts'
import type { DataJson } from './data-json.ts'

/** What the Data JSON says about the trigger. */
export type TriggerData = Pick<
  DataJson,
  | 'trigger'
  | 'triggerType'
  | 'triggerData'
  | 'triggerParam'
  | 'triggerConfig'
  | 'triggerExpress'
  | 'triggerInputs'
  | 'triggerRecur'
>

const noTrigger: TriggerData = {
  trigger: 'unknown',
  triggerType: '',
  triggerData: 'none',
  triggerParam: 'none',
  triggerConfig: 'none',
  triggerExpress: 'none',
  triggerInputs: 'none',
  triggerRecur: 'none',
}

/** The last trigger; in the product what it lacks stays as an earlier one had it. */
export function triggerData(triggers: readonly TriggerDefinition[], profile: Profile): TriggerData {
  const told = profile === 'as-shipped' ? triggers : triggers.slice(-1)
  const data = { ...noTrigger }
  for (const trigger of told) Object.assign(data, dataOf(trigger, profile))
  return data
}

function dataOf({ name, type, raw }: TriggerDefinition, profile: Profile): Partial<TriggerData> {
  const inputs = member(raw, 'inputs')
  const schema = member(inputs, 'schema') ?? null
  const parameters = member(inputs, 'parameters') ?? null
  const texts = {
    triggerData: parameters,
    triggerParam: schema === null && parameters === null ? null : (inputs ?? null),
    triggerConfig: member(raw, 'runtimeConfiguration') ?? null,
    triggerInputs: memberAt(schema, 'properties') ?? null,
    triggerRecur: member(raw, profile === 'as-shipped' ? 'recurrance' : 'recurrence') ?? null,
  } satisfies Partial<Record<keyof TriggerData, Value>>
  const told = Object.entries(texts).filter(([, value]) => value !== null)
  const condition = conditionsOf(member(raw, 'conditions'), profile)
  return {
    trigger: name,
    triggerType: type,
    ...Object.fromEntries(told.map(([key, value]) => [key, printJson(value)])),
    ...(condition === '' ? {} : { triggerExpress: condition }),
  }
}

/** All conditions, since all of them must hold; the product shows the first. */
function conditionsOf(conditions: Value | undefined, profile: Profile): string {
  const list = Array.isArray(conditions) ? conditions : []
  const told = profile === 'as-shipped' ? list.slice(0, 1) : list
  return told
    .map((condition) => textOf(member(condition, 'expression')))
    .filter((text) => text !== '')
    .join(' | ')
}
