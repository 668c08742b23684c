/** Cells of a table row as GitHub splits them: a backslash takes the next character with it. */
export function cellsAsGitHub(row: string): string[] {
  const cells = ['']
  for (const [part] of row.matchAll(/\\.|./gs)) {
    if (part === '|') cells.push('')
    else cells.push(`${cells.pop()}${part}`)
  }
  return inner(cells)
}

/** Cells as other readers split them: a pipe right after a backslash belongs to the cell. */
export function cellsElsewhere(row: string): string[] {
  return inner(row.split(/(?<!\\)\|/))
}

/** Column counts of every table of a Markdown text, one list per table; fenced blocks are passed over. */
export function columnCounts(markdown: string, cellsOf: (row: string) => string[]): number[][] {
  const tables: number[][] = []
  let isInTable = false
  for (const line of withoutFences(markdown).split('\n')) {
    const isRow = line.startsWith('|')
    if (isRow && !isInTable) tables.push([])
    if (isRow) tables.at(-1)?.push(cellsOf(line).length)
    isInTable = isRow
  }
  return tables
}

/** A text without its fenced blocks; a fence ends where a line is a fence of at least its length. */
export function withoutFences(markdown: string): string {
  const out: string[] = []
  let fence = ''
  for (const line of markdown.split('\n')) {
    const [ticks = ''] = /^`{3,}/.exec(line) ?? []
    if (fence !== '') {
      if (ticks.length >= fence.length && line === ticks) fence = ''
    } else if (ticks !== '') fence = ticks
    else out.push(line)
  }
  return out.join('\n')
}

/** A text without its code spans, as CommonMark finds them: a run of backticks up to the next run of that length. */
export function withoutCode(line: string): string {
  let out = ''
  for (let at = 0; at < line.length; ) {
    const [run = ''] = /^(?:\\`|`+)/.exec(line.slice(at)) ?? []
    const end = run.startsWith('`') ? closing(line, at + run.length, run.length) : -1
    if (end > 0) at = end
    else {
      out += run === '' ? line[at] : run
      at += Math.max(1, run.length)
    }
  }
  return out
}

function closing(line: string, from: number, length: number): number {
  for (const { 0: run, index } of line.slice(from).matchAll(/`+/g))
    if (run.length === length) return from + index + length
  return -1
}

function inner(cells: readonly string[]): string[] {
  return cells.slice(1, -1)
}
