import { counted, shortened } from '../counted.ts'
import { type Html, html, ready } from './html.ts'
import { softened } from './softened.ts'

/** Rows of a table that are printed unless it says otherwise. */
export const maxRows = 2_000

/** A table that can be filtered by column, scrolls in its own box, and becomes a list of cards on a phone. */
export interface Table {
  /** What it holds; read out to people who do not see it. */
  readonly label: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  /** Said in place of a table without rows; a full sentence. */
  readonly empty: string
  /** Rows that are printed; default `maxRows`. What is left out is counted below the table. */
  readonly maxRows?: number
  /** How many rows there are in all, when only the first are given. */
  readonly total?: number
  /** `plain` has no filters whatever its length; default `filtered`. */
  readonly use?: 'plain' | 'filtered'
}

/** Title of a column; `wide` ones get the room that is left, `number` ones are aligned at their last digit. */
export type Column = string | { readonly title: string; readonly kind: 'wide' | 'number' | 'code' }

/** Cells in the order of the columns; texts are escaped. */
export interface Row {
  /** For links to the row. */
  readonly id?: string
  readonly cells: readonly (string | number | Html)[]
}

/** Prints a table; the first column names its row. */
export function table({
  label,
  columns,
  rows,
  empty,
  maxRows: most = maxRows,
  use = 'filtered',
  total,
}: Table): Html {
  if (rows.length === 0) return html`<p class="quiet">${empty}</p>`
  const known = columns.map(described)
  const heads = known.map(({ title, kind }) => html`<th scope="col"${classOf(kind)}>${title}</th>`)
  const left = (total ?? rows.length) - Math.min(rows.length, most)
  return html`<div class="scroll listing"${ready(use === 'filtered' ? ' data-filtered' : '')} role="region" aria-label="${label}" tabindex="0">
<table>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.slice(0, most).map((row) => printRow(row, known))}
</tbody>
</table>
</div>${
    left > 0
      ? html`
<p class="quiet">${counted(left, 'more row')} not shown here.</p>`
      : ready('')
  }`
}

function printRow({ id, cells }: Row, columns: readonly { title: string; kind: string }[]): Html {
  const printed = cells.map((cell, index) => {
    const { title, kind } = columns[index] ?? { title: '', kind: '' }
    return index === 0
      ? html`<th scope="row"${classOf(kind)}>${typeof cell === 'string' ? boxed(cell) : cell}</th>`
      : html`<td data-label="${title}"${classOf(kind)}>${boxed(cell)}</td>`
  })
  return html`<tr${id === undefined ? ready('') : html` id="${id}"`}>${printed}</tr>`
}

/** On a phone a cell is a grid: its content must be one thing. */
function boxed(cell: string | number | Html): string | number | Html {
  if (typeof cell === 'string') return softened(shortened(cell))
  return typeof cell === 'number' || cell.html === '' ? cell : html`<div>${cell}</div>`
}

function described(column: Column): { title: string; kind: string } {
  return typeof column === 'string' ? { title: column, kind: '' } : column
}

function classOf(kind: string): Html {
  return kind === '' ? ready('') : html` class="${kind}"`
}
