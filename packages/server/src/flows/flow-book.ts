import { type Flow, readFlows } from '@flowstead/definition'
import { FlowsteadError, quoted } from '@flowstead/errors'
import { compileFlow, type FlowPlan } from '@flowstead/machine'
import type { FlowState, FlowTable } from '@flowstead/store-sqlite'

/** A flow with the version that new runs take. */
export interface BookedFlow {
  readonly flow: Flow
  readonly state: FlowState
  readonly importedAt: number
}

/** The flows of a server: what is stored, read and compiled once per version. */
export interface FlowBook {
  list(): BookedFlow[]
  /** @throws `Server.NotFound` */
  get(id: string): BookedFlow
  find(id: string): BookedFlow | undefined
  /** The compiled version; runs keep the one they began with. */
  plan(version: string): FlowPlan | undefined
  /** Stores all or none; a flow that is new is off. */
  importAll(flows: readonly Flow[], now: number): void
  setState(id: string, state: FlowState): BookedFlow
}

/** Compiled versions kept in memory; older ones are compiled again when a run asks for them. */
const maxPlans = 500

export function createFlowBook(table: FlowTable): FlowBook {
  const current = new Map<string, BookedFlow>()
  const plans = new Map<string, FlowPlan>()
  for (const { id, version, state, importedAt } of table.list()) {
    const flow = readVersion(table, version, id)
    if (flow) current.set(id, { flow, state, importedAt })
  }

  const plan = (version: string): FlowPlan | undefined => {
    const known = plans.get(version)
    if (known) return known
    const flow = readVersion(table, version)
    if (!flow) return undefined
    const compiled = compileFlow(flow)
    const oldest = plans.keys().next()
    if (plans.size >= maxPlans && !oldest.done) plans.delete(oldest.value)
    plans.set(version, compiled)
    return compiled
  }

  const get = (id: string): BookedFlow => {
    const booked = current.get(id)
    if (booked) return booked
    throw new FlowsteadError('Server.NotFound', `There is no flow ${quoted(id)}.`, {
      hint: 'flowstead flow list shows the flows of this server.',
    })
  }

  return {
    list: () => [...current.values()].sort((a, b) => a.flow.name.localeCompare(b.flow.name, 'en')),
    get,
    find: (id) => current.get(id),
    plan,
    importAll(flows, now) {
      table.importAll(
        flows.map(({ id, name, version, format, file, text }) => ({
          id,
          name,
          version,
          format,
          file,
          text,
          importedAt: now,
        })),
      )
      for (const flow of flows) {
        current.set(flow.id, { flow, state: current.get(flow.id)?.state ?? 'off', importedAt: now })
      }
    },
    setState(id, state) {
      const changed = { ...get(id), state }
      table.setState(id, state)
      current.set(id, changed)
      return changed
    },
  }
}

/** Reads a stored version again; id and name are the stored ones, which may come from beside the file. */
function readVersion(table: FlowTable, version: string, id?: string): Flow | undefined {
  const stored = table.version(version, id)
  if (!stored) return undefined
  const { flows } = readFlows(Buffer.from(stored.text, 'utf8'), stored.file)
  const flow = flows.find((candidate) => candidate.version === version)
  if (!flow) return undefined
  return { ...flow, id: stored.flowId, name: table.get(stored.flowId)?.name ?? flow.name }
}
