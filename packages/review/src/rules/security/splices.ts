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
  /** Whether input after this text lands where it is dangerous. */
  readonly isOpen: (before: string) => boolean
}

const filter: Language = { what: 'a filter', severity: 'warning', isOpen: isInsideQuotes }
const sql: Language = { what: 'SQL text', severity: 'error', isOpen: () => true }
const html: Language = { what: 'an HTML response', severity: 'warning', isOpen: () => true }

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
  { isOpen }: Language,
  inputOf: (tree: Tree) => UserInput | undefined,
): UserInput | undefined {
  const template = expression?.template
  if (template === undefined || template.kind === 'text') return undefined
  const parts = template.kind === 'expression' ? [template.tree] : template.parts
  let before = ''
  for (const piece of parts.flatMap(piecesOf)) {
    if (typeof piece === 'string') {
      before += piece
      continue
    }
    const input = before === '' ? undefined : inputOf(piece)
    if (input !== undefined && isOpen(before)) return input
  }
  return undefined
}

/** An odd number of quotes is open; doubled ones cancel out. */
function isInsideQuotes(before: string): boolean {
  return before.split("'").length % 2 === 0
}
