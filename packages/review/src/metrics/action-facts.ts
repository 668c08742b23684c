// What the figures need of each action, one row per action that counts. Data JSON adds its texts to these rows.
import { member, memberAt, textMember } from '@flowstead/definition'
import { isObject, type ObjectValue, printJson, type Value } from '@flowstead/expressions'
import type { ReviewConfig } from '../config/scoring-config.ts'
import type { Subject } from '../subject/subject.ts'
import { complexityBy } from './complexity.ts'
import { type CountedAction, countedActions } from './flatten.ts'
import type { Profile } from './metrics.ts'
import { withoutNested } from './own-text.ts'
import { type Tier, tierOf } from './tier.ts'

/** One action in figures. */
export interface ActionFacts extends CountedAction {
  /** As the platform spells it; as written in the profile `as-shipped`. */
  readonly type: string
  /** The operation of an `OpenApiConnection`, else the type. */
  readonly step: string
  /** Name of the connection of an `OpenApiConnection`, else ''. */
  readonly connector: string
  readonly tier: Tier
  readonly complexity: number
  /** Predecessors with the statuses waited for, as one text. */
  readonly runAfter: string
  /** Whether it runs after a failure. */
  readonly isException: boolean
  /** Whether the text of `runAfter` names TimedOut. */
  readonly waitsForTimeout: boolean
  /** The part of an action that people look at: parameters, else inputs; the list of a loop; a condition. */
  readonly detail: string
  /** '' without one. */
  readonly filter: string
  /** Type of the retry policy; '' without one. */
  readonly retry: string
  /** How many items to fetch at least; '' without a setting. */
  readonly pagination: string | number
}

/** The rows of one flow. */
export function actionFacts(subject: Subject, config: ReviewConfig, profile: Profile): ActionFacts[] {
  const pointsOf = complexityBy(config, profile)
  const tier = tierOf(subject, profile)
  const settled = profile === 'as-shipped' ? withoutNested : (value: Value) => value
  return countedActions(subject, profile).map((counted) => {
    const { action } = counted
    const type = profile === 'as-shipped' ? (textMember(action.raw, 'type') ?? '') : action.type
    const host = type === 'OpenApiConnection' ? member(action.inputs, 'host') : undefined
    const connector = textMember(host, 'connectionName') ?? ''
    const step = type === 'OpenApiConnection' ? (textMember(host, 'operationId') ?? '') : type
    const pointed = { type, step, connector }
    return {
      ...counted,
      ...pointed,
      tier: tier(action, pointed),
      complexity: pointsOf(pointed),
      ...waitsOf(counted, profile),
      detail: detailOf(action.raw, settled),
      filter: textOf(memberAt(action.inputs, 'parameters', '$filter')),
      retry: settingOf(member(action.inputs, 'retryPolicy'), 'type'),
      pagination: paginationOf(action.raw),
    }
  })
}

type Waits = Pick<ActionFacts, 'runAfter' | 'isException' | 'waitsForTimeout'>

function waitsOf(counted: CountedAction, profile: Profile): Waits {
  return profile === 'as-shipped' ? shippedWaits(counted) : documentedWaits(counted)
}

/** All predecessors; nothing for a first action. */
function documentedWaits({ action: { runAfter } }: CountedAction): Waits {
  const statuses = new Set(runAfter.flatMap((edge) => edge.statuses))
  return {
    runAfter: runAfter.map((edge) => `${edge.action}:${edge.statuses.join(' | ')}`).join(' | '),
    isException: statuses.has('Failed'),
    waitsForTimeout: statuses.has('TimedOut'),
  }
}

/** The last predecessor only; the owner with a letter cut off for a first action. */
function shippedWaits({ action: { raw }, parent }: CountedAction): Waits {
  const edges = isObject(raw.runAfter) ? Object.entries(raw.runAfter) : []
  const last = edges.at(-1)
  const text =
    last === undefined ? `${parent}:Succeeded` : `${last[0]}:${printJson(last[1]).replaceAll(',', ' | ')}`
  const runAfter = text.slice(0, -1).replaceAll(/[[\]"]/g, '')
  return {
    runAfter,
    isException: edges.some(([, statuses]) => printJson(statuses).toUpperCase().includes('FAILED')),
    waitsForTimeout: runAfter.toUpperCase().includes('TIMEDOUT'),
  }
}

/** @param settled what stands in for a value before it is printed. */
function detailOf(raw: ObjectValue, settled: (value: Value) => Value): string {
  for (const key of ['expression', 'foreach']) {
    const value = member(raw, key)
    if (value !== undefined) return printJson(settled(value))
  }
  const inputs = member(raw, 'inputs')
  if (inputs === undefined || inputs === null) return ''
  return printJson(settled(member(inputs, 'parameters') ?? inputs))
}

/** A text as it is, null and absent as '', anything else as JSON. */
export function textOf(value: Value | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : printJson(value)
}

/** A member of a setting; the whole setting when it lacks the member, so that a setting is never ''. */
function settingOf(setting: Value | undefined, key: string): string {
  if (setting === undefined || setting === null) return ''
  return textOf(member(setting, key)) || printJson(setting)
}

function paginationOf(raw: ObjectValue): string | number {
  const policy = memberAt(raw, 'runtimeConfiguration', 'paginationPolicy')
  const count = member(policy, 'minimumItemCount')
  return typeof count === 'number' ? count : settingOf(policy, 'minimumItemCount')
}
