import { references } from '../compile/expression.ts'
import { parse } from '../syntax/parse.ts'
import type { Reference } from '../syntax/references.ts'
import { parseTemplateText } from '../syntax/template-text.ts'
import type { Span, Tree } from '../syntax/tree.ts'

/** What is renamed; a loop is an action. */
export interface Renaming {
  readonly kind: 'action' | 'variable' | 'parameter' | 'appsetting'
  /** Matched ignoring case, as the platform matches names. */
  readonly from: string
  readonly to: string
}

/** The functions that take such a name as their first argument. */
const readers: Readonly<Record<Renaming['kind'], ReadonlySet<string>>> = {
  action: new Set([
    'actions',
    'outputs',
    'body',
    'result',
    'items',
    'iterationIndexes',
    'formDataValue',
    'formDataMultiValues',
    'multipartBody',
  ]),
  variable: new Set(['variables']),
  parameter: new Set(['parameters']),
  appsetting: new Set(['appsetting']),
}

/**
 * A string of a definition with a name in its expressions replaced, every other byte as it was; the same string
 * when nothing matches. Names that are computed cannot be found.
 * @throws `Expression.Parse`, `Expression.Limit` when an expression in it cannot be read
 */
export function renameInTemplate(text: string, renaming: Renaming): string {
  const template = parseTemplateText(text)
  if (template.kind === 'text') return text
  const parts = template.kind === 'expression' ? [template.tree] : template.parts
  return replaced(
    text,
    parts.filter((part) => typeof part !== 'string'),
    renaming,
  )
}

/** As `renameInTemplate`, for one expression without the leading `@`. */
export function renameInExpression(text: string, renaming: Renaming): string {
  return replaced(text, [parse(text)], renaming)
}

function replaced(text: string, trees: readonly Tree[], renaming: Renaming): string {
  const name = `'${renaming.to.replaceAll("'", "''")}'`
  let result = ''
  let from = 0
  for (const { start, end } of trees.flatMap((tree) => spansOf(tree, renaming))) {
    result += text.slice(from, start) + name
    from = end
  }
  return result + text.slice(from)
}

/** Where the name stands, from left to right. */
function spansOf(tree: Tree, renaming: Renaming): Span[] {
  const spans = references(tree).flatMap((reference) =>
    means(reference, renaming) ? [reference.nameSpan] : [],
  )
  return spans.filter((span) => span !== undefined).sort((a, b) => a.start - b.start)
}

function means({ fn, name }: Reference, { kind, from }: Renaming): boolean {
  return readers[kind].has(fn) && name?.toLowerCase() === from.toLowerCase()
}
