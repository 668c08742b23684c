import type { ActionDefinition, TriggerDefinition } from '@flowstead/definition'
import type { Subject } from '../subject/subject.ts'
import type { Pointed } from './complexity.ts'
import type { Profile } from './metrics.ts'
import { standardConnectors } from './standard-connectors.ts'

/** The licence an action needs in Power Automate. */
export type Tier = 'Standard' | 'Premium'

/** Tells the tier of actions. */
export function tierOf(
  subject: Subject,
  profile: Profile,
): (action: ActionDefinition, pointed: Pointed) => Tier {
  if (profile === 'as-shipped') return (_action, { connector }) => tierOfName(connector)
  return (action) => (isPremium(subject, action) ? 'Premium' : 'Standard')
}

/** Calls to any address; `Request` and `Response` beside them are premium when anybody may send the request. */
const premiumTypes: ReadonlySet<string> = new Set(['Http', 'HttpWebhook'])

/**
 * Whether a trigger or action of Power Automate needs a premium licence. A connector that is on no list is taken for a
 * custom one, and those are premium; a call that does not tell its connector is not. Logic Apps has no such licences.
 */
export function isPremium(subject: Subject, caller: ActionDefinition | TriggerDefinition): boolean {
  const { flow, facts } = subject
  if (flow.dialect === 'LogicApps') return false
  if (premiumTypes.has(caller.type)) return true
  if (caller.type === 'Request' || caller.type === 'Response') return caller.kind === 'Http'
  const call = subject.outsideCall(caller)
  const api = call?.kind === 'connector' ? call.api?.toLowerCase() : undefined
  if (api === undefined) return false
  // Where a definition names its connection only, the number behind it tells connections of one connector apart.
  const connector = api.replace(/_\d+$/, '')
  const known = facts?.connector(api)?.tier ?? facts?.connector(connector)?.tier
  return (known ?? (standardConnectors.has(connector) ? 'Standard' : 'Premium')) === 'Premium'
}

const alwaysStandard: ReadonlySet<string> = new Set(['shared_sendmail', 'shared_teams'])

/** Letters of an API name, `shared_` included, below which two letters less say nothing any more. */
const shortestName = 12

/** Tiers of what comes first in the product's catalogue for such beginnings: those of `shared_rss` and `shared_sql`. */
const firstInCatalogue: ReadonlyMap<string, Tier> = new Map([
  ['shared_r', 'Premium'],
  ['shared_s', 'Premium'],
])

/**
 * The product takes the first connector of its catalogue whose name holds the connection's name without its last
 * two characters, a numbered suffix as it supposes. Its catalogue is not ours: other short names without a suffix,
 * which there find whatever comes first, have the tier of their own connector here.
 */
function tierOfName(connection: string): Tier {
  if (connection === '' || alwaysStandard.has(connection)) return 'Standard'
  const searched = connection.slice(0, -2).trim()
  const first = firstInCatalogue.get(searched)
  if (first !== undefined) return first
  if (connection.length < shortestName && standardConnectors.has(connection)) return 'Standard'
  if (searched.length < shortestName - 2) return 'Premium'
  for (const name of standardConnectors) if (name.includes(searched)) return 'Standard'
  return 'Premium'
}
