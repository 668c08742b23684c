import { type ActionDefinition, memberAt, members } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Tree } from '@flowstead/expressions'
import type { Severity } from '../../finding.ts'
import type { Report } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'
import type { PlacedText } from '../../subject/texts.ts'
import { piecesOf, type UserInput, userInputOf } from './user-input.ts'

/** A language that user input may break out of. */
interface Language {
  readonly what: string
  readonly severity: Severity
  /** Whether input is only dangerous between single quotes. */
  readonly inQuotes: boolean
}

const filter: Language = { what: 'a filter', severity: 'warning', inQuotes: true }
const sql: Language = { what: 'SQL text', severity: 'error', inQuotes: false }
const html: Language = { what: 'an HTML response', severity: 'warning', inQuotes: false }

/** Reports each text once into which user input goes unchanged. */
export function checkSplices(subject: Subject, report: Report): void {
  const inputOf = userInputOf(subject)
  for (const { action } of subject.actions) {
    for (const text of subject.textsOf(action)) {
      const language = text.expression === undefined ? undefined : languageOf(subject, action, text)
      if (language === undefined) continue
      const input = openInput(text, language, inputOf)
      if (input === undefined) continue
      const message = `${quoted(action.name)} puts ${input.what} into ${language.what} as it came.`
      report({ name: action.name, pointer: text.pointer }, { message, severity: language.severity })
    }
  }
}

function languageOf(subject: Subject, action: ActionDefinition, { keys }: PlacedText): Language | undefined {
  const key = keys.at(-1)?.toLowerCase() ?? ''
  const call = outsideCallOf(subject, action)
  if (call !== undefined && (key === '$filter' || key.endsWith('/$filter'))) return filter
  if (/sql|mysql|postgresql|oracle/i.test(call?.api ?? '') && /(^|\/)query(text)?$/.test(key)) return sql
  const isPage = action.type === 'Response' && keys[1] === 'body' && keys.length === 2
  return isPage && isHtml(action) ? html : undefined
}

function isHtml({ inputs }: ActionDefinition): boolean {
  return members(memberAt(inputs, 'headers')).some(
    ([name, value]) => name.toLowerCase() === 'content-type' && /text\/html/i.test(String(value)),
  )
}

function openInput(
  { expression }: PlacedText,
  { inQuotes }: Language,
  inputOf: (tree: Tree) => UserInput | undefined,
): UserInput | undefined {
  const template = expression?.template
  if (template === undefined || template.kind === 'text') return undefined
  const parts = template.kind === 'expression' ? [template.tree] : template.parts
  let isAtStart = true
  let isQuoted = false
  for (const piece of parts.flatMap(piecesOf)) {
    if (typeof piece === 'string') {
      isAtStart = false
      // An odd number of quotes opens or closes; doubled ones cancel out.
      if (piece.split("'").length % 2 === 0) isQuoted = !isQuoted
      continue
    }
    const input = isAtStart || (inQuotes && !isQuoted) ? undefined : inputOf(piece)
    if (input !== undefined) return input
    isAtStart = false
  }
  return undefined
}
