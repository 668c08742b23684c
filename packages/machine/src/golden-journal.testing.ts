import { readdirSync, readFileSync } from 'node:fs'
import { type Flow, readFlows } from '@flowstead/definition'
import { parseJson, printJson, type Value } from '@flowstead/expressions'
import type { RunEvent } from './event.ts'
import type { RunHistory } from './history.ts'

/** A run recorded by a release: the flow, its journal, and the history that release showed. */
export interface GoldenJournal {
  readonly release: string
  readonly name: string
  readonly dialect: Flow['dialect']
  readonly definition: Value
  readonly journal: readonly RunEvent[]
  readonly history: RunHistory
}

const folder = new URL('../../../conformance/journals/', import.meta.url)

/** Every journal of every release. */
export function goldenJournals(): GoldenJournal[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: release }) =>
      readdirSync(new URL(`${release}/`, folder)).map((file) => {
        const read = parseJson(readFileSync(new URL(`${release}/${file}`, folder), 'utf8'))
        return {
          ...(read as unknown as Omit<GoldenJournal, 'release' | 'name'>),
          release,
          name: file.replace('.json', ''),
        }
      }),
    )
}

/** The flow of a golden journal. */
export function goldenFlow({ definition, dialect }: GoldenJournal): Flow {
  const [flow] = readFlows(new TextEncoder().encode(printJson(definition)), 'flow.json').flows
  if (flow === undefined) throw new Error('The definition of the journal is not a flow.')
  return { ...flow, dialect }
}
