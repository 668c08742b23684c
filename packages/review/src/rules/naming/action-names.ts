import { quoted } from '@flowstead/errors'
import { flowRule, type Report } from '../../rule.ts'
import type { Place } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { defaultNamed } from './default-names.ts'

const total = { type: 'Compose', inputs: 1 }

/** Rules about the names of actions. */
export const actionNameRules = [
  flowRule({
    id: 'NAM603',
    title: 'Actions have names that say what they are for',
    severity: 'warning',
    category: 'naming',
    detects:
      'Several actions carry the name that the designer gave them, although it says nothing, such as Compose, Condition or Apply to each, or only a number tells them from another. Told once for the whole flow.',
    why: 'Nobody can tell from the flow, its expressions or a failed run which of them is which.',
    fix: 'Rename them after what they do in this flow, best before expressions name them.',
    settings: {
      /** So many such names are passed over. */
      allowed: 1,
      /** From so many on it is a warning when they are a third of all actions; else it is information. */
      many: 5,
    },
    bad: { actions: { Compose: total, Compose_2: total } },
    good: { actions: { Net_total: total, Gross_total: total } },
    check(subject, report, { allowed, many }) {
      const found = defaultNamed(subject)
      if (found.length <= Number(allowed)) return
      const names = found.slice(0, 4).map(({ name }) => quoted(name))
      const more = found.length > names.length ? ` and ${found.length - names.length} more` : ''
      report(subject.place, {
        message: `${found.length} of ${subject.actions.length} actions have a name of the designer, or differ from another only by a number: ${names.join(', ')}${more}.`,
        severity:
          found.length >= Number(many) && found.length * 3 >= subject.actions.length ? 'warning' : 'info',
      })
    },
  }),
  flowRule({
    id: 'NAM605',
    title: 'Names can be written in expressions and told apart',
    severity: 'warning',
    category: 'naming',
    detects:
      'The name of an action or a variable holds quotes, brackets, braces, an @ or characters that cannot be seen, or two actions have names that differ only in spaces and underscores.',
    why: 'Such a name must be escaped in expressions, or looks like another one, and expressions break when somebody writes it as it is shown.',
    fix: 'Use letters, digits, spaces, hyphens and parentheses.',
    bad: { actions: { "Manager's_total": total } },
    good: { actions: { Total_of_manager: total } },
    check(subject, report) {
      for (const { action } of subject.actions)
        checkCharacters('action', action.name, action, subject, report)
      for (const { variable, ...place } of subject.variables)
        if (!variable.includes('@')) checkCharacters('variable', variable, place, subject, report)
      checkTwins(subject, report)
    },
  }),
]

/** Characters that expressions give a meaning, and those that nobody sees. */
const awkward: readonly (readonly [RegExp, string])[] = [
  [/'/, 'a single quote'],
  [/"/, 'a double quote'],
  [/[[\]]/, 'a square bracket'],
  [/[{}]/, 'a brace'],
  [/@/, 'an @'],
  [/[\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\p{Cc}]/u, 'a character that cannot be seen'],
  [/^\s|\s$/, 'a space at its edge'],
]

function checkCharacters(
  what: 'action' | 'variable',
  name: string,
  place: Place,
  subject: Subject,
  report: Report,
): void {
  const found = awkward.filter(([pattern]) => pattern.test(name)).map(([, words]) => words)
  if (found.length === 0) return
  // Only a quote must be written differently in an expression, and what cannot be seen cannot be written. A name that
  // no expression uses only waits for somebody to do it.
  const isHard = /['\p{Cc}\u00a0\u200b-\u200f]/u.test(name)
  const severity = isHard && subject.readsOf(name).length > 0 ? 'warning' : 'info'
  report(place, {
    message: `The name of the ${what} ${quoted(name)} holds ${found.join(' and ')}.`,
    severity,
  })
}

function checkTwins({ actions }: Subject, report: Report): void {
  const seen = new Map<string, string>()
  for (const { action } of actions) {
    const key = action.name.toLowerCase().replace(/[\s_]+/g, '_')
    const first = seen.get(key)
    // Names that only differ in case are the same for the platform: another rule tells that.
    if (first !== undefined && first.toLowerCase() !== action.name.toLowerCase())
      report(action, { message: `${quoted(action.name)} is hard to tell from ${quoted(first)}.` })
    seen.set(key, first ?? action.name)
  }
}
