import { FlowsteadError, quoted } from '@flowstead/errors'

/** Options of `review`, as commander gives them. */
export interface ReviewCommandOptions {
  readonly format?: string
  readonly document: string
  readonly config: readonly string[]
  readonly profile: string
  readonly minScore?: string
  readonly warn: readonly string[]
  readonly allow: readonly string[]
  readonly strict?: boolean
  readonly baseline?: string
  readonly output?: string
  readonly notes?: boolean
}

export const formats = ['text', 'html', 'md', 'json', 'sarif', 'github', 'csv', 'svg', 'mermaid'] as const
export type Format = (typeof formats)[number]

export const documents = ['review', 'report', 'diagram', 'exceptions', 'solution'] as const
export type DocumentKind = (typeof documents)[number]

/** @throws `Cli.Usage` */
export function formatOf(written: string | undefined, isJson: boolean): Format {
  return oneOf('format', written ?? (isJson ? 'json' : 'text'), formats)
}

/** @throws `Cli.Usage`; Markdown has only review and report. */
export function documentOf(written: string, format: Format): DocumentKind {
  const document = oneOf('document', written, documents)
  const possible: readonly DocumentKind[] =
    format === 'html' ? documents : format === 'md' ? ['review', 'report'] : ['review']
  if (possible.includes(document)) return document
  throw new FlowsteadError('Cli.Usage', `There is no ${quoted(document)} in the format ${quoted(format)}.`, {
    hint:
      format === 'md'
        ? 'Markdown has review and report.'
        : 'Documents other than the review are html, or md for the report.',
  })
}

/** The one of `known` that was written, in any letter case. @throws `Cli.Usage` */
export function oneOf<T extends string>(option: string, written: string, known: readonly T[]): T {
  const found = known.find((each) => each === written.toLowerCase())
  if (found !== undefined) return found
  throw new FlowsteadError('Cli.Usage', `There is no ${option} ${quoted(written)}.`, {
    hint: `There are: ${known.join(', ')}.`,
  })
}
