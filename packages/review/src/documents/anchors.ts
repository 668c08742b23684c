import type { DataJson } from '../data/data-json.ts'
import type { FlowReview } from '../flow-review.ts'
import { type Html, html } from './html.ts'
import { softened } from './softened.ts'
import { maxRows } from './table.ts'

/** Links inside a document. Ids are made of numbers, never of names: names are anybody's. */
export interface Anchors {
  /** A link to the row of a trigger, an action or a variable; plain text when the document has no such row. */
  link(name: string, pointer?: string): Html
  /** A link to the row of the action with an index of the Data JSON. */
  linkTo(action: { readonly index: number; readonly name: string }): Html
}

/** Anchors of one flow; where two actions share a name, its links lead to the first. */
export function anchorsOf({ flow, data }: Pick<FlowReview, 'flow' | 'data'>): Anchors {
  const shown = data.actionArray.slice(0, maxRows)
  const actions = firstByName(shown.map(({ name, index }) => [name, actionId(index)]))
  const variables = firstByName(
    data.variableArray.slice(0, maxRows).map(({ name }, index) => [name, variableId(index)]),
  )
  const triggers = new Set(flow.triggers.map(({ name }) => name.toLowerCase()))
  const indexes = new Set(shown.map(({ index }) => index))
  return {
    link(name, pointer) {
      const key = name.toLowerCase()
      const isAction = pointer === undefined || flow.actions.get(key)?.pointer === pointer
      const action = actions.get(key)
      const id = isAction ? action : (variables.get(key) ?? action)
      return linked(name, id ?? variables.get(key) ?? (triggers.has(key) ? 'trigger' : undefined))
    },
    linkTo: ({ index, name }) => linked(name, indexes.has(index) ? actionId(index) : undefined),
  }
}

/**
 * Where a Review tells more about the trigger or action at a JSON pointer: for `linkTo` of a diagram that stands in
 * the page of the same review.
 */
export function rowLinks({ flow, data }: FlowReview): (pointer: string) => string | undefined {
  const actions = firstByName(
    data.actionArray.slice(0, maxRows).map(({ name, index }) => [name, actionId(index)]),
  )
  const links = new Map(flow.triggers.map(({ pointer }) => [pointer, '#trigger']))
  for (const [key, { pointer }] of flow.actions) {
    const id = actions.get(key)
    if (id !== undefined) links.set(pointer, `#${id}`)
  }
  return (pointer) => links.get(pointer)
}

/** Id of the row of an action in the table of actions. */
export function actionId(index: number): string {
  return `action-${index}`
}

/** Id of the row of a variable, by its place in the Data JSON. */
export function variableId(index: number): string {
  return `variable-${index + 1}`
}

/** How many containers an action stands in; the Data JSON names them by their indexes, `17|14|3`. */
export function depthOf({ nested }: DataJson['actionArray'][number]): number {
  return nested.split('|').filter((part) => /^[1-9]/.test(part)).length
}

function linked(name: string, id: string | undefined): Html {
  const text = html`<bdi>${softened(name)}</bdi>`
  return id === undefined ? text : html`<a href="#${id}">${text}</a>`
}

function firstByName(entries: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [name, id] of entries) if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), id)
  return found
}
