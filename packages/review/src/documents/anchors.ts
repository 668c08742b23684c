import type { DataJson } from '../data/data-json.ts'
import type { FlowReview } from '../flow-review.ts'
import { type Html, html } from './html.ts'
import { softened } from './softened.ts'

/** Links inside a document. Ids are made of numbers, never of names: names are anybody's. */
export interface Anchors {
  /** A link to the row of a trigger, an action or a variable; plain text when the document has no such row. */
  link(name: string, pointer?: string): Html
}

/** Id of the row of an action in the table of actions. */
export function actionId(index: number): string {
  return `action-${index}`
}

/** Anchors of one flow; where two actions share a name, its links lead to the first. */
export function anchorsOf({ flow, data }: Pick<FlowReview, 'flow' | 'data'>): Anchors {
  const actions = firstByName(data.actionArray.map(({ name, index }) => [name, actionId(index)]))
  const variables = firstByName(data.variableArray.map(({ name }, index) => [name, variableId(index)]))
  const triggers = new Set(flow.triggers.map(({ name }) => name.toLowerCase()))
  return {
    link(name, pointer) {
      const key = name.toLowerCase()
      const isAction = pointer === undefined || flow.actions.get(key)?.pointer === pointer
      const action = actions.get(key)
      const id = isAction ? action : (variables.get(key) ?? action)
      const known = id ?? variables.get(key) ?? (triggers.has(key) ? 'trigger' : undefined)
      return known === undefined
        ? html`<bdi>${softened(name)}</bdi>`
        : html`<a href="#${known}"><bdi>${softened(name)}</bdi></a>`
    },
  }
}

/** Id of the row of a variable, by its place in the Data JSON. */
export function variableId(index: number): string {
  return `variable-${index + 1}`
}

/** How many containers an action stands in; the Data JSON names them by their indexes, `17|14|3`. */
export function depthOf({ nested }: DataJson['actionArray'][number]): number {
  return nested.split('|').filter((part) => /^[1-9]/.test(part)).length
}

function firstByName(entries: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [name, id] of entries) if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), id)
  return found
}
