import { member, memberAt } from '@flowstead/definition'
import { printJson, type Value } from '@flowstead/expressions'
import { type ActionFacts, textOf } from '../metrics/action-facts.ts'
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
    const named = { name, step, type, id, hashId: `${id}###${index}`, connector, index, parent }
    const text = ownText(facts, profile)
    return {
      facts,
      data: {
        ...named,
        tier: facts.tier,
        imgURL: null,
        runAfter: facts.runAfter,
        exception: facts.isException ? 'Exception' : 'Non-Exception',
        complexity: facts.complexity,
        detail: facts.detail,
        filter: facts.filter,
        pagination: facts.pagination,
        secure: secureOf(memberAt(raw, 'runtimeConfiguration', 'secureData')),
        retry: facts.retry,
        timeout: textOf(memberAt(raw, 'limit', 'timeout')),
        ...environmentOf(environmentVariablesOf(subject, facts, profile, text)),
        notes: textOf(raw.description),
        branch: branchOf(facts, profile),
        ...positionOf(facts),
      },
      object: { ...named, object: text },
    }
  })
}

function environmentOf(
  found: readonly string[] | undefined,
): Pick<ActionData, 'environmentVariables' | 'environmentB' | 'environmentCount'> {
  const environmentCount = found?.length ?? 0
  return {
    environmentVariables: JSON.stringify(found ?? null),
    environmentB: environmentCount > 0,
    environmentCount,
  }
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
