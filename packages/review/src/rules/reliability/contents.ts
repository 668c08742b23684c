// What stands inside an action at any depth. Actions come owners first, so the contents of one are a stretch of the
// list; asking whether it holds another costs two look-ups.
import type { ActionDefinition, PlacedAction } from '@flowstead/definition'
import type { Subject } from '../../subject/subject.ts'
import { writtenVariable } from '../../subject/variables.ts'

/** Contents of the actions of one flow. */
export interface Contents {
  /** Every action inside, at any depth, in the order of the definition. */
  inside(owner: ActionDefinition): readonly PlacedAction[]
  /** Whether `action` stands inside `owner`, at any depth. */
  holds(owner: ActionDefinition, action: ActionDefinition): boolean
  /** Actions of the whole flow that write the variable, case aside. */
  writersOf(variable: string): readonly PlacedAction[]
  /** Names of the variables that are written anywhere, in lower case. */
  readonly writtenVariables: readonly string[]
}

/** Where the actions of a flow stand. */
export function contentsOf(subject: Subject): Contents {
  return subject.shared(readContents)
}

function readContents({ actions }: Subject): Contents {
  const starts = new Map(actions.map(({ action }, index) => [action, index]))
  const ends = stretches(actions)
  const writers = writersByName(actions)
  const stretchOf = (owner: ActionDefinition): readonly [number, number] => {
    const start = starts.get(owner) ?? -1
    return [start + 1, ends[start] ?? 0]
  }
  return {
    inside: (owner) => actions.slice(...stretchOf(owner)),
    holds(owner, action) {
      const [start, end] = stretchOf(owner)
      const at = starts.get(action) ?? -1
      return at >= start && at < end
    },
    writersOf: (variable) => writers.get(variable.toLowerCase()) ?? [],
    writtenVariables: [...writers.keys()],
  }
}

/** For each action the index of the first one after its contents. */
function stretches(actions: readonly PlacedAction[]): number[] {
  const ends = new Array<number>(actions.length)
  const open: number[] = []
  const closeTo = (depth: number, at: number): void => {
    while (open.length > depth) ends[open.pop() as number] = at
  }
  for (const [index, { owners }] of actions.entries()) {
    closeTo(owners.length, index)
    open.push(index)
  }
  closeTo(0, actions.length)
  return ends
}

function writersByName(actions: readonly PlacedAction[]): Map<string, PlacedAction[]> {
  const writers = new Map<string, PlacedAction[]>()
  for (const placed of actions) {
    const name = writtenVariable(placed.action)?.toLowerCase()
    if (name === undefined) continue
    const list = writers.get(name)
    if (list === undefined) writers.set(name, [placed])
    else list.push(placed)
  }
  return writers
}
