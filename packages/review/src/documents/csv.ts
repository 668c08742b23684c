// Tables for spreadsheets, RFC 4180: a comma or a quote in a cell is quoted, lines end with CR LF, the text begins with
// a byte order mark, without which Excel takes UTF-8 for something else. A text that a spreadsheet would run as a
// formula has an apostrophe before it; numbers have none.
import type { ActionData, ConnectionData, VariableData } from '../data/data-json.ts'
import type { FlowReview } from '../flow-review.ts'

/** A file by its name, which is safe on every platform. */
export interface CsvFile {
  readonly name: string
  readonly text: string
}

type Cell = string | number | boolean | null

/** Heading and content of a column. */
type Column<Row> = readonly [heading: string, cell: (row: Row) => Cell]

const actionColumns: readonly Column<ActionData>[] = [
  ['Name', ({ name }) => name],
  ['Step', ({ step }) => step],
  ['Type', ({ type }) => type],
  ['MetaID', ({ id }) => id],
  ['HashId', ({ hashId }) => hashId],
  ['Tier', ({ tier }) => tier],
  ['Connector', ({ connector }) => connector],
  ['Connector Img', ({ imgURL }) => imgURL],
  ['Run After', ({ runAfter }) => runAfter],
  ['Exception', ({ exception }) => exception],
  ['Index', ({ index }) => index],
  ['Complexity', ({ complexity }) => complexity],
  ['Detail', ({ detail }) => detail],
  ['Filter', ({ filter }) => filter],
  ['Pagination', ({ pagination }) => pagination],
  ['Secure Data', ({ secure }) => secure],
  ['Retry Policy', ({ retry }) => retry],
  ['Timeout', ({ timeout }) => timeout],
  ['Internal/Route', ({ positionInfo }) => positionInfo],
  ['Previous', ({ position }) => position],
  ['Notes', ({ notes }) => notes],
  ['Parent', ({ parent }) => parent],
  ['Previous ID', ({ positionIndex }) => positionIndex],
  ['Previous Type', ({ positionType }) => positionType],
  ['Nests', ({ nested }) => nested],
]

/** Characters of a variable's start value that are shown. */
const maxValue = 200

const variableColumns: readonly Column<VariableData>[] = [
  ['Name', ({ name }) => name],
  ['Type', ({ type }) => type],
  ['Value', ({ value }) => cut(value, maxValue)],
  ['Used', ({ used }) => used],
  ['Named', ({ named }) => named],
  ['Local', ({ local }) => local],
]

const connectionColumns: readonly Column<ConnectionData>[] = [
  ['Name', ({ conName }) => conName],
  ['AppId', ({ appId }) => appId],
  ['OpId', ({ opId }) => opId],
  ['Count', ({ count }) => count],
]

/** The tables Actions, Variables and Connections of one flow. */
export function csvFiles({ data, identity }: FlowReview): readonly CsvFile[] {
  const flow = safeName(identity.name)
  return [
    { name: `${flow}-Actions.csv`, text: table(actionColumns, data.actionArray) },
    { name: `${flow}-Variables.csv`, text: table(variableColumns, data.variableArray) },
    { name: `${flow}-Connections.csv`, text: table(connectionColumns, data.connectionArray) },
  ]
}

const byteOrderMark = '\uFEFF'

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(([heading]) => heading),
    ...rows.map((row) => columns.map(([, cell]) => cell(row))),
  ]
  return byteOrderMark + lines.map((cells) => `${cells.map(printCell).join(',')}\r\n`).join('')
}

/** Characters of a cell; a spreadsheet takes 32,767 of them. */
const maxCell = 32_750

function printCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell)
  const text = cut(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell, maxCell)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The beginning of a text; a character of two units is not torn. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const begin = text.slice(0, length)
  return /[\uD800-\uDBFF]$/.test(begin) ? begin.slice(0, -1) : begin
}

/** Longest part of a file name that comes from the flow. */
const maxName = 100

/** The name of a flow as Windows, macOS and Linux take it in a file name. */
function safeName(name: string): string {
  const printable = cut(name, maxName)
    .replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, '_')
    .replaceAll(/^[\s.]+|[\s.]+$/g, '')
  if (printable === '') return 'Flow'
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(printable) ? `_${printable}` : printable
}
