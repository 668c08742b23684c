import { type ActionDefinition, memberAt, textMember } from '@flowstead/definition'
import type { Value } from '@flowstead/expressions'
import { outsideCallOf, readsList } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'
import { numberOf } from '../reliability/duration.ts'

/** What kind of store a list comes from. */
export type ListStore = 'Dataverse' | 'SharePoint' | 'Excel' | 'SQL' | 'table'

/** A call that reads rows of a list, with what it asks for. */
export interface ListCall {
  readonly store: ListStore
  /** Rows that come without paging and without a count; `undefined` where that differs. */
  readonly defaultRows: number | undefined
  readonly isFiltered: boolean
  /** Whether it says how many rows it wants, or that it wants all pages. */
  readonly isCounted: boolean
  /** How many rows it wants at most, when it says so with a number. */
  readonly top: number | undefined
  /** Whether it asks for the first rows only, however many. */
  readonly isTopped: boolean
  /** Whether it says which columns it wants. */
  readonly isNarrowed: boolean
}

/** Beginnings of API names, with the rows of one page as their connectors document it. */
const stores: readonly (readonly [RegExp, ListStore, rows?: number])[] = [
  [/^(shared_)?commondataservice/, 'Dataverse', 5_000],
  [/^(shared_)?sharepointonline/, 'SharePoint', 100],
  [/^(shared_)?excelonline/, 'Excel', 256],
  [/^(shared_)?sql/, 'SQL', 2_048],
  [/^(shared_)?dynamicsax/, 'table'],
]

/** The list that an action reads; `undefined` for other actions and for stores whose parameters we do not know. */
export function listCallOf(subject: Subject, action: ActionDefinition): ListCall | undefined {
  const call = outsideCallOf(subject, action)
  const [, store, defaultRows] = stores.find(([name]) => name.test(call?.api ?? '')) ?? []
  if (store === undefined) return undefined
  if (!readsList(call?.operation) && !readsRowsByPath(action)) return undefined
  const asked = (name: string): boolean =>
    isGiven(memberAt(action.inputs, 'parameters', name)) || isGiven(memberAt(action.inputs, 'queries', name))
  const isFetch = asked('fetchXml')
  return {
    store,
    defaultRows,
    isFiltered: isFetch || asked('$filter'),
    isCounted:
      isFetch ||
      asked('$top') ||
      memberAt(action.raw, 'runtimeConfiguration', 'paginationPolicy') !== undefined,
    top:
      numberOf(memberAt(action.inputs, 'parameters', '$top')) ??
      numberOf(memberAt(action.inputs, 'queries', '$top')),
    isTopped: asked('$top'),
    isNarrowed: isFetch || asked('$select') || asked('view'),
  }
}

/** `GET …/tables/<table>/items`, also where a deployment puts the path together. */
function readsRowsByPath({ inputs }: ActionDefinition): boolean {
  const path = textMember(inputs, 'path') ?? ''
  return (
    textMember(inputs, 'method')?.toLowerCase() === 'get' &&
    path.includes('/tables/') &&
    /\/items('\)\])?$/.test(path)
  )
}

function isGiven(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}
