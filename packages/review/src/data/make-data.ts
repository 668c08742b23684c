import { member, textMember } from '@flowstead/definition'
import type { ReviewConfig } from '../config/scoring-config.ts'
import type { Identity } from '../flow-review.ts'
import { type Figures, figuresOf } from '../metrics/figures.ts'
import type { Measured } from '../metrics/metrics.ts'
import type { Subject } from '../subject/subject.ts'
import { type ActionRow, actionRows } from './action-data.ts'
import type { ConnectionData, DataJson } from './data-json.ts'
import { triggerData } from './trigger-data.ts'

/** What stands for an owner nobody told. */
const unknownOwner = 'please input'

/**
 * The data of one flow in the product's form, in the profile it was measured in.
 * @param figures what `figuresOf` gives for the same flow, configuration and profile.
 */
export function makeData(
  subject: Subject,
  { metrics, profile }: Measured,
  identity: Identity,
  config: ReviewConfig,
  { actions, variables }: Figures = figuresOf(subject, config, profile),
): DataJson {
  const rows = actionRows(subject, actions, profile)
  const { exceptions, flags, ...counts } = metrics
  return {
    name: identity.name,
    id: identity.id,
    environment: identity.environment,
    owner: identity.owner === '' ? unknownOwner : identity.owner,
    ...triggerData(subject.flow.triggers, profile),
    ...counts,
    exception: exceptions,
    ...flags,
    variableArray: variables.map((variable) => ({
      name: variable.name,
      type: variable.type,
      value: variable.value,
      used: variable.isUsed,
      named: variable.isNamed,
      local: variable.isConstant,
    })),
    actionArray: rows.map(({ data }) => data),
    apiActionArray: rows.filter(({ facts }) => facts.type === 'OpenApiConnection').map(({ data }) => data),
    exceptionArray: rows.filter(({ facts }) => facts.isException).map(({ data }) => data),
    connectionArray: connectionsOf(subject, rows),
    error: '',
    actionObjectArray: rows.map(({ object }) => object),
  }
}

/** Each connection once, with the first operation that uses it. */
function connectionsOf({ flow }: Subject, rows: readonly ActionRow[]): ConnectionData[] {
  const found = new Map<string, ConnectionData>()
  for (const { facts } of rows) {
    const { connector: conName, step: opId, action } = facts
    if (conName === '') continue
    const known = found.get(conName)
    const apiId = textMember(member(action.inputs, 'host'), 'apiId')
    const appId = flow.connectionReferences.get(conName)?.logicalName ?? apiId ?? ''
    found.set(
      conName,
      known === undefined ? { conName, appId, opId, count: 1 } : { ...known, count: known.count + 1 },
    )
  }
  return [...found.values()]
}
