import type { ActionFacts } from './action-facts.ts'
import type { Band, Bands, Counters, Metrics, Profile } from './metrics.ts'
import type { VariableFacts } from './variable-facts.ts'

interface Counted {
  readonly metrics: Metrics
  readonly bands: Bands
  readonly actions: readonly ActionFacts[]
  readonly variables: readonly VariableFacts[]
}

/**
 * Warnings and failures of the Review. The product counts an amber card as a failure and a red one as a warning, a
 * slip that the profile `documented` puts right: amber warns, red fails.
 */
export function countersOf({ metrics, bands, actions, variables }: Counted, profile: Profile): Counters {
  const [warning, failure]: [Band, Band] = profile === 'as-shipped' ? ['red', 'amber'] : ['amber', 'red']
  const cards = Object.values(bands) as Band[]
  const { flags, composes } = metrics
  const lists = actions.filter(({ type, step }) => type === 'OpenApiConnection' && readsPages(step))
  return {
    warnings:
      Number(composes === 1) +
      count(cards, (card) => card === warning) +
      count(variables, ({ isConstant }) => !isConstant) +
      count(lists, ({ step, filter }) => step === 'GetItems' && filter === '') +
      count(lists, ({ pagination }) => pagination === '' || pagination === 0) +
      count(actions, isPatchWithoutRetry),
    failures:
      Number(!flags.exceptionHandleScope) +
      Number(!flags.exceptionScope) +
      Number(!flags.mainScope) +
      Number(composes > 2) +
      count(cards, (card) => card === failure) +
      count(variables, ({ isUsed }) => !isUsed) +
      count(variables, ({ isNamed }) => !isNamed) +
      count(actions, ({ isException, waitsForTimeout }) => isException && !waitsForTimeout),
  }
}

function count<T>(rows: readonly T[], isHit: (row: T) => boolean): number {
  return rows.filter(isHit).length
}

function readsPages(step: string): boolean {
  return step === 'GetItems' || step.includes('ListMyTasks')
}

function isPatchWithoutRetry({ type, step, retry }: ActionFacts): boolean {
  return type === 'OpenApiConnection' && step === 'PatchItem' && retry === ''
}
