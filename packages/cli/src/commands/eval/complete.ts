import { functionsOf, isObject, type ScopeData } from '@flowstead/expressions'

/** Where the names come from that a function takes as its first argument. */
const sources: Readonly<Record<string, keyof ScopeData>> = {
  variables: 'variables',
  parameters: 'parameters',
  appsetting: 'appsettings',
  outputs: 'actions',
  body: 'actions',
  actions: 'actions',
  items: 'items',
  iterationindexes: 'iterationIndexes',
  result: 'results',
}

const promptCommands = ['.help', '.list', '.describe', '.explain', '.ast', '.exit']

/** What may stand at the end of a line, and the part of the line that it would replace. */
export function completionsOf(line: string, data: ScopeData): [completions: string[], replaced: string] {
  if (/^\.\w*$/.test(line)) return [startingWith(promptCommands, line), line]
  const reference = /(\w+)\(\s*'([^']*)$/.exec(line)
  if (reference !== null) return namesOf(data, reference[1] ?? '', reference[2] ?? '')
  const word = /[A-Za-z]\w*$/.exec(line)?.[0] ?? ''
  if (word === '') return [[], '']
  const names = functionsOf().map((row) => (row.maxArgs === 0 ? `${row.name}()` : `${row.name}(`))
  return [startingWith(names, word), word]
}

function namesOf(data: ScopeData, fn: string, begun: string): [string[], string] {
  const source = sources[fn.toLowerCase()]
  const named = source === undefined ? undefined : data[source]
  const names = isObject(named) ? Object.keys(named) : []
  return [startingWith(names, begun).map((name) => `${name}')`), begun]
}

function startingWith(words: readonly string[], begun: string): string[] {
  return words.filter((word) => word.toLowerCase().startsWith(begun.toLowerCase()))
}
