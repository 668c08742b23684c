import type { ConnectorFacts, Flow, Problem } from '@flowstead/definition'
import { readFlowFiles, summarise, validateFlow } from '@flowstead/definition'
import { isFlowsteadError } from '@flowstead/errors'
import type { FlowBook } from '../flows/flow-book.ts'
import { readRecurrence } from '../triggers/recurrence.ts'
import { triggerText } from '../triggers/trigger-text.ts'

/** A file as it is sent to be imported. */
export interface ImportFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What an import would do, or did. */
export interface ImportPlan {
  readonly flows: readonly PlannedFlow[]
  readonly connectors: {
    readonly found: readonly {
      readonly api: string
      readonly folder: string
      readonly operations: readonly string[]
    }[]
    readonly missing: readonly { readonly api: string; readonly operations: readonly string[] }[]
  }
  readonly connections: readonly { readonly key: string; readonly api: string; readonly status: string }[]
  readonly unsupported: readonly { readonly type: string; readonly count: number }[]
  readonly actions: { readonly total: number; readonly supported: number }
  readonly problems: readonly Problem[]
}

export interface PlannedFlow {
  readonly id: string
  readonly name: string
  readonly trigger: string
  readonly actions: number
  readonly isNew: boolean
}

/** What the plan has to know of the server besides the files. */
export interface ImportFacts {
  readonly connectors: ConnectorFacts
  /** Folder of the definition for an API name. */
  folderOf(api: string): string | undefined
  connectionStatus(key: string, api: string): string
  isSupported(actionType: string): boolean
  readonly book: FlowBook
}

/** Reads and checks the files; nothing is stored, called or run. Never throws on what the files hold. */
export function planImport(
  files: readonly ImportFile[],
  facts: ImportFacts,
): { plan: ImportPlan; flows: readonly Flow[] } {
  const { flows, problems } = readFlowFiles(files)
  const found = [
    ...problems,
    ...flows.flatMap((flow) => [...validateFlow(flow, facts.connectors), ...triggerProblems(flow)]),
  ]
  const summaries = flows.map((flow) => summarise(flow, facts.isSupported))
  const unsupported = addUp(summaries.flatMap((summary) => summary.unsupported))
  const total = summaries.reduce((sum, { actions }) => sum + actions, 0)
  return {
    flows,
    plan: {
      flows: flows.map((flow, index) => ({
        id: flow.id,
        name: flow.name,
        trigger: flow.triggers.map(triggerText).join(', ') || 'none',
        actions: summaries[index]?.actions ?? 0,
        isNew: facts.book.find(flow.id) === undefined,
      })),
      connectors: connectorsOf(summaries, facts),
      connections: connectionsOf(flows, facts),
      unsupported: unsupported.map(({ name, count }) => ({ type: name, count })),
      actions: { total, supported: total - unsupported.reduce((sum, { count }) => sum + count, 0) },
      problems: found,
    },
  }
}

/** What would keep a trigger from being armed, found before anything is stored. */
function triggerProblems({ file, triggers }: Flow): Problem[] {
  return triggers.flatMap(({ type, pointer, raw }) => {
    if (type !== 'Recurrence') return []
    try {
      readRecurrence(raw.recurrence)
      return []
    } catch (error) {
      if (!isFlowsteadError(error)) throw error
      const { code, message, hint, path = '' } = error
      const place = `${pointer}/${path}`
      return [
        { code, severity: 'error', message, file, pointer: place, ...(hint === undefined ? {} : { hint }) },
      ]
    }
  })
}

type Summary = ReturnType<typeof summarise>

function connectorsOf(summaries: readonly Summary[], facts: ImportFacts): ImportPlan['connectors'] {
  const operations = new Map<string, Set<string>>()
  for (const { api, operations: used } of summaries.flatMap(({ connectors }) => connectors)) {
    const known = operations.get(api) ?? new Set()
    operations.set(api, known)
    for (const { name } of used) known.add(name)
  }
  const entries = [...operations].map(([api, used]) => ({
    api,
    folder: facts.folderOf(api),
    operations: [...used].sort(),
  }))
  return {
    found: entries.flatMap(({ folder, ...entry }) => (folder === undefined ? [] : [{ ...entry, folder }])),
    missing: entries
      .filter(({ folder }) => folder === undefined)
      .map(({ api, operations }) => ({ api, operations })),
  }
}

function connectionsOf(flows: readonly Flow[], facts: ImportFacts): ImportPlan['connections'] {
  const references = new Map(flows.flatMap((flow) => [...flow.connectionReferences]))
  return [...references.values()].map(({ key, api }) => ({
    key,
    api,
    status: facts.connectionStatus(key, api),
  }))
}

function addUp(counts: readonly { name: string; count: number }[]): { name: string; count: number }[] {
  const sums = new Map<string, number>()
  for (const { name, count } of counts) sums.set(name, (sums.get(name) ?? 0) + count)
  return [...sums].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count)
}
