import type { DataJson } from '../data/data-json.ts'
import type { FlowReview } from '../flow-review.ts'
import { type Html, html } from './html.ts'
import { softened } from './softened.ts'

/** Links inside a document. Ids are made of numbers, never of names: names are anybody's. */
export interface Anchors {
  /** A link to the row of a trigger, an action or a variable; plain text when the document has no such row. */
  link(name: string, pointer?: string): Html
  /** Name of the action with an index of the Data JSON. */
  nameAt(index: number): string | undefined
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
  const names = new Map(data.actionArray.map(({ name, index }) => [index, name]))
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
    nameAt: (index) => names.get(index),
  }
}

/** Id of the row of a variable, by its place in the Data JSON. */
export function variableId(index: number): string {
  return `variable-${index + 1}`
}

/** Containers of an action from outside in, by their indexes `17|14|3` from inside out. */
export function ownersOf({ nested }: DataJson['actionArray'][number]): number[] {
  return nested
    .split('|')
    .filter((part) => part !== '')
    .map(Number)
    .filter((index) => Number.isInteger(index) && index > 0)
    .reverse()
}

function firstByName(entries: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [name, id] of entries) if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), id)
  return found
}
