import { FlowsteadError, quoted } from '@flowstead/errors'
import type { ApiClient } from './api-client.ts'
import type { FlowSummary, ListOf, TriggerSummary } from './records.ts'

/**
 * The flow somebody means by an id, a name, or the beginning of one that fits no other.
 * @throws `Cli.NotFound`, `Cli.Ambiguous`
 */
export async function findFlow(api: ApiClient, wanted: string): Promise<FlowSummary> {
  const { value: flows } = await api.send<ListOf<FlowSummary>>('/api/flows')
  const word = wanted.toLowerCase()
  const exact = flows.filter(({ id, name }) => id.toLowerCase() === word || name.toLowerCase() === word)
  const found =
    exact.length > 0
      ? exact
      : flows.filter(({ id, name }) => [id, name].some((text) => text.toLowerCase().startsWith(word)))
  const [flow] = found
  if (flow === undefined) {
    throw new FlowsteadError('Cli.NotFound', `There is no flow ${quoted(wanted)}.`, {
      hint: '"flowstead flow list" shows the flows of the server.',
    })
  }
  if (found.length > 1) {
    throw new FlowsteadError('Cli.Ambiguous', `${quoted(wanted)} can mean ${found.length} flows.`, {
      hint: `Use an id: ${found.map(({ id }) => id).join(', ')}.`,
    })
  }
  return flow
}

/**
 * The trigger of that name, or the only one.
 * @throws `Cli.NotFound`, `Cli.Ambiguous`
 */
export function findTrigger(flow: FlowSummary, wanted: string | undefined): TriggerSummary {
  const [first, second] = flow.triggers
  const named = flow.triggers.find(({ name }) => name.toLowerCase() === wanted?.toLowerCase())
  if (named !== undefined) return named
  const names = flow.triggers.map(({ name }) => name).join(', ')
  if (wanted !== undefined || first === undefined) {
    const what = wanted === undefined ? 'has no trigger' : `has no trigger ${quoted(wanted)}`
    throw new FlowsteadError('Cli.NotFound', `The flow ${quoted(flow.name)} ${what}.`, {
      hint: names === '' ? undefined : `It has ${names}.`,
    })
  }
  if (second !== undefined) {
    throw new FlowsteadError('Cli.Ambiguous', `The flow ${quoted(flow.name)} has several triggers.`, {
      hint: `Name one of them: ${names}.`,
    })
  }
  return first
}
