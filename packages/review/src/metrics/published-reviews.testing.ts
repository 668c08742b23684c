// Reviews that the product's author published, as their own tables tell them: the flow is put together from the table
// "Actions" (name, type or operation, predecessors, numbers of the enclosing actions), the figures stand beside it.
import type { ExampleFlow } from '../rules/example-flow.ts'
import type { Bands } from './metrics.ts'

/** What a published review shows above its tables. */
export interface PublishedFigures {
  readonly complexity: number
  readonly actions: number
  readonly variables: number
  readonly exceptions: number
  readonly cards: Bands
  readonly score: number
  readonly warnings: number
  readonly failures: number
  /** The line below the score: all variables used and named, Compose actions, Main, handler. */
  readonly strip: {
    readonly variables: boolean
    readonly composes: number
    readonly main: boolean
    readonly exception: boolean
  }
}

/** One published review. */
export interface PublishedReview {
  /** Where it stands, and of which day it is. */
  readonly source: string
  readonly figures: PublishedFigures
  /** Name, used, named, constant. */
  readonly variables: readonly (readonly [string, boolean, boolean, boolean])[]
  /** Connection, calls. */
  readonly connections: readonly (readonly [string, number])[]
  /** Lines `name; type or operation; predecessors; numbers of the owners`, in the order of the review. */
  readonly actions: string
  /** Connection of each operation. */
  readonly operations: Readonly<Record<string, string>>
  /** Members of actions that lines do not tell, by name. */
  readonly members: Readonly<Record<string, object>>
  readonly trigger: Readonly<Record<string, object>>
}

/** A line of the table "Actions". */
export interface PublishedAction {
  readonly name: string
  readonly step: string
  readonly runAfter: string
  /** As the review has it: `8|7`, inner owner first. */
  readonly nested: string
}

/** The lines of the table "Actions". */
export function publishedActions({ actions }: PublishedReview): PublishedAction[] {
  return actions
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', step = '', runAfter = '', nested = ''] = line.split(';').map((part) => part.trim())
      return { name, step, runAfter, nested }
    })
}

/** Puts the flow of a review together. */
export function publishedFlow(review: PublishedReview): ExampleFlow {
  const rows = publishedActions(review)
  const childrenOf = (owner: string): Record<string, object> =>
    Object.fromEntries(
      rows
        .filter(({ nested }) => (nested.split('|')[0] ?? '') === owner)
        .map((row) => [row.name, actionOf(row, review, childrenOf(String(rows.indexOf(row) + 1)))]),
    )
  return { triggers: review.trigger, actions: childrenOf('') }
}

function actionOf({ name, step, runAfter }: PublishedAction, review: PublishedReview, inner: object): object {
  const connectionName = review.operations[step]
  const { inputs = {}, ...members } = (review.members[name] ?? {}) as { inputs?: object }
  const host = {
    apiId: `/providers/Microsoft.PowerApps/apis/${connectionName?.replace(/_\d+$/, '')}`,
    connectionName,
    operationId: step,
  }
  return {
    ...(connectionName === undefined
      ? { type: step, ...('inputs' in (review.members[name] ?? {}) ? { inputs } : {}) }
      : { type: 'OpenApiConnection', inputs: { host, parameters: {}, ...inputs } }),
    ...(Object.keys(inner).length === 0 ? {} : { actions: inner }),
    runAfter: runAfterOf(runAfter),
    ...members,
  }
}

/** `A:Succeeded | B:Failed | TimedOut` as the definition has it. */
function runAfterOf(text: string): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  let last: string[] = []
  for (const part of text.split(' | ').filter((each) => each !== '')) {
    const [name = '', status] = part.split(':')
    if (status === undefined) last.push(name)
    else {
      last = [status]
      found[name] = last
    }
  }
  return found
}
