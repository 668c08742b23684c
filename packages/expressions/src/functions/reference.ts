/** The reference page and the lines that explain a function, both from the rows of the function tables. */
import { printJson } from '../json/print-json.ts'
import type { Category, Example, FunctionRow } from './function-row.ts'
import { functions } from './index.ts'

const categories: readonly (readonly [Category, title: string])[] = [
  ['string', 'String functions'],
  ['collection', 'Collection functions'],
  ['logical', 'Logical comparison functions'],
  ['conversion', 'Conversion functions'],
  ['math', 'Math functions'],
  ['date and time', 'Date and time functions'],
  ['workflow', 'Workflow functions'],
  ['uri', 'URI functions'],
  ['json and xml', 'JSON and XML functions'],
]

/** How a function is written: `substring(text, start, length?)`, types included. */
export function signatureOf(row: FunctionRow): string {
  return `${row.name}(${row.args.join(', ')}): ${row.result}`
}

/** The functions of a category, or all, by name. */
export function functionsOf(category?: Category): FunctionRow[] {
  const rows = [...functions.values()].filter((row) => category === undefined || row.category === category)
  return rows.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
}

/** The text of `docs/reference/expressions.md`. */
export function functionReference(): string {
  return [
    '# Functions of expressions',
    '',
    'Made from the tables of functions; `node scripts/docs-expressions.mjs` writes it again, and a test compares.',
    'Every example runs as a test. `flowstead eval --describe <function>` shows the same in a terminal.',
    '',
    'A question mark after a name means that the argument may be left out, three dots that it may be repeated.',
    'Names of functions are not case-sensitive. Dates and numbers have the formats of .NET; the default format of',
    'dates is `o`, the default locale `en-us`; time zones have their Windows or IANA names.',
    '',
    ...categories.map(([category, title]) => `- [${title}](#${anchor(title)}): ${linksTo(category)}`),
    '',
    ...categories.flatMap(([category, title]) => [
      `## ${title}`,
      '',
      ...functionsOf(category).flatMap(section),
    ]),
  ].join('\n')
}

function linksTo(category: Category): string {
  return functionsOf(category)
    .map(({ name }) => `[${name}](#${anchor(name)})`)
    .join(', ')
}

function anchor(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-')
}

function section(row: FunctionRow): string[] {
  const note = row.deprecated === undefined ? [] : [`Deprecated: use \`${row.deprecated}\`.`, '']
  return [
    `### ${row.name}`,
    '',
    '```',
    signatureOf(row),
    '```',
    '',
    row.description,
    '',
    ...note,
    ...row.examples.flatMap(exampleLines),
    '',
  ]
}

function exampleLines([text, result, data]: Example): string[] {
  const given = data === undefined ? '' : `, with ${code(JSON.stringify(data))}`
  return [`- ${code(text)} gives ${code(printJson(result))}${given}`]
}

function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``
}
