import { member, memberAt } from '@flowstead/definition'
import { printJson, type Value } from '@flowstead/expressions'
import { type ActionFacts, detailOf, textOf } from '../metrics/action-facts.ts'
import type { Profile } from '../metrics/metrics.ts'
import { ownText } from '../metrics/own-text.ts'
import type { Subject } from '../subject/subject.ts'
import type { ActionData, ActionObjectData } from './data-json.ts'
import { environmentVariablesOf } from './environment-variables.ts'
import { positionsIn } from './positions.ts'

/** One action in both lists of the Data JSON. */
export interface ActionRow {
  readonly facts: ActionFacts
  readonly data: ActionData
  readonly object: ActionObjectData
}

/** The rows of one flow. */
export function actionRows(subject: Subject, actions: readonly ActionFacts[], profile: Profile): ActionRow[] {
  const positionOf = positionsIn(actions, profile)
  return actions.map((facts) => {
    const { action, index, parent, type, step, connector } = facts
    const { raw, name } = action
    const id = textOf(memberAt(raw, 'metadata', 'operationMetadataId')) || 'MISSING'
    const hashId = `${id}###${index}`
    const text = ownText(facts, profile)
    const found = environmentVariablesOf(subject, facts, profile, text)
    const { position, positionInfo, positionIndex, positionType, nested } = positionOf(facts)
    // Written out: with spreads the rows of a large flow cost several times as much.
    const data: ActionData = {
      name,
      step,
      type,
      id,
      hashId,
      tier: facts.tier,
      connector,
      imgURL: null,
      runAfter: facts.runAfter,
      exception: facts.isException ? 'Exception' : 'Non-Exception',
      index,
      complexity: facts.complexity,
      detail: detailOf(facts, profile),
      filter: facts.filter,
      pagination: facts.pagination,
      secure: secureOf(memberAt(raw, 'runtimeConfiguration', 'secureData')),
      retry: facts.retry,
      timeout: textOf(memberAt(raw, 'limit', 'timeout')),
      position,
      positionInfo,
      environmentVariables: JSON.stringify(found ?? null),
      environmentB: found !== undefined && found.length > 0,
      environmentCount: found?.length ?? 0,
      notes: textOf(raw.description),
      parent,
      branch: branchOf(facts, profile),
      positionIndex,
      positionType,
      nested,
    }
    return { facts, data, object: { step, connector, name, id, hashId, object: text, type, index, parent } }
  })
}

function secureOf(setting: Value | undefined): string {
  const properties = member(setting, 'properties')
  if (Array.isArray(properties)) return properties.map(textOf).join(',')
  return setting === undefined || setting === null ? '' : printJson(setting)
}

const branching: ReadonlySet<string> = new Set(['If', 'Switch'])

/** Only what branches has branches; the product leaves `Yes` at the top level. */
function branchOf({ owners, branch }: ActionFacts, profile: Profile): string {
  const owner = owners.at(-1)
  if (owner === undefined) return profile === 'as-shipped' ? branch : ''
  return branching.has(owner.type) ? branch : ''
}
