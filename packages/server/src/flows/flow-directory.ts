import type { FlowDirectory, KeptFlow } from '@flowstead/connectors'
import type { FlowTable } from '@flowstead/store-sqlite'
import type { BookedFlow, FlowBook } from './flow-book.ts'

/** The flows of this server as native operations read them. */
export function createFlowDirectory(book: FlowBook, table: FlowTable): FlowDirectory {
  // The first import of a flow does not change; looking it up reads the text of every version.
  const created = new Map<string, number>()

  const kept = ({ flow, state, importedAt }: BookedFlow): KeptFlow => {
    const createdAt =
      created.get(flow.id) ??
      Math.min(importedAt, ...table.versions(flow.id).map((version) => version.importedAt))
    created.set(flow.id, createdAt)
    return { flow, state, createdAt, modifiedAt: importedAt }
  }

  return {
    list: () => book.list().map(kept),
    find(id) {
      const booked = book.find(id.toLowerCase())
      return booked && kept(booked)
    },
  }
}
