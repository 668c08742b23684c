// What the figures need of each action, one row per action that counts. Data JSON adds its texts to these rows.
import { type ActionDefinition, member, memberAt, textMember } from '@flowstead/definition'
import { isObject, type ObjectValue, printJson, type Value } from '@flowstead/expressions'
import type { ReviewConfig } from '../config/scoring-config.ts'
import type { Subject } from '../subject/subject.ts'
import { complexityBy, type Pointed } from './complexity.ts'
import { type CountedAction, countedActions } from './flatten.ts'
import type { Profile } from './metrics.ts'
import { shippedValue } from './own-text.ts'
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
  return countedActions(subject, profile).map((counted) => {
    const { action, index, owners, parent, branch } = counted
    const pointed = pointedOf(action, profile)
    const { type, step, connector } = pointed
    const { runAfter, isException, waitsForTimeout } = waitsOf(counted, profile)
    // Written out: with spreads the rows of a large flow cost several times as much.
    return {
      action,
      index,
      owners,
      parent,
      branch,
      type,
      step,
      connector,
      tier: tier(action, pointed),
      complexity: pointsOf(pointed),
      runAfter,
      isException,
      waitsForTimeout,
      filter: textOf(memberAt(action.inputs, 'parameters', '$filter')),
      retry: settingOf(member(action.inputs, 'retryPolicy'), 'type'),
      pagination: paginationOf(action.raw),
    }
  })
}

function pointedOf({ raw, type: known, inputs }: ActionDefinition, profile: Profile): Pointed {
  const type = profile === 'as-shipped' ? (textMember(raw, 'type') ?? '') : known
  if (type !== 'OpenApiConnection') return { type, step: type, connector: '' }
  const host = member(inputs, 'host')
  const step = textMember(host, 'operationId') ?? ''
  return { type, step, connector: textMember(host, 'connectionName') ?? '' }
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

/** The part of an action that people look at: its condition, the list of a loop, its parameters, else its inputs. */
export function detailOf({ action: { raw } }: CountedAction, profile: Profile): string {
  const detail = detailIn(raw)
  if (detail === undefined) return ''
  return printJson(profile === 'as-shipped' ? shippedValue(detail) : detail)
}

function detailIn(raw: ObjectValue): Value | undefined {
  const own = member(raw, 'expression') ?? member(raw, 'foreach')
  if (own !== undefined) return own
  const inputs = member(raw, 'inputs')
  return inputs === null ? undefined : (member(inputs, 'parameters') ?? inputs)
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
