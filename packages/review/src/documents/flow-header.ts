import type { FlowReview } from '../flow-review.ts'
import type { Html } from './html.ts'
import { documentHeader } from './page.ts'

const profiles: Readonly<Record<FlowReview['profile'], string>> = {
  documented: 'as documented',
  'as-shipped': 'as shipped',
}

/** Head of a document about one flow. @param date as it shall be read. */
export function flowHeader(review: FlowReview, kind: 'Review' | 'Report', date: string): Html {
  return documentHeader({
    kind,
    name: review.identity.name,
    facts: [...identityFacts(review, date), ...(kind === 'Review' ? figureFacts(review) : [])],
  })
}

/** Whom a document is about, and as of when. */
export function identityFacts({ identity, flow }: FlowReview, date: string): [string, string][] {
  return [
    ['ID', identity.id],
    ['Owner', identity.owner],
    ['Environment', identity.environment],
    ['Date', date],
    ['Version', flow.version.slice(0, 12)],
    ['File', flow.file],
  ]
}

/** Whose figures, and with which configurations. */
export function figureFacts({ profile, references }: FlowReview): [string, string][] {
  const { complexity, ratings, naming, scoring } = references
  const told = Object.entries({ complexity, ratings, naming, scoring })
  const isOneForAll = told.every(([, reference]) => reference === complexity)
  return [
    ['Figures', profiles[profile]],
    [
      'Configuration',
      isOneForAll ? complexity : told.map(([name, value]) => `${name}: ${value}`).join(' · '),
    ],
  ]
}
