import { quoted } from '@flowstead/errors'
import type { Report, Settings } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'
import { plainKey } from './secret-forms.ts'
import { isSecured } from './secured-data.ts'

/** Reports calls that send personal data in the open, once for each call. */
export function checkPersonalData(
  subject: Subject,
  report: Report,
  { fields }: Settings & { readonly fields: readonly string[] },
): void {
  const wanted = new Set(fields.map(plainKey))
  for (const { action } of subject.actions) {
    if (outsideCallOf(subject, action) === undefined || isSecured(action, 'inputs')) continue
    const sent = subject
      .textsOf(action)
      .filter(({ keys, expression }) => expression !== undefined && wanted.has(plainKey(keys.at(-1) ?? '')))
    const [first] = sent
    if (first === undefined) continue
    const names = sent.map(({ keys }) => quoted(keys.at(-1))).join(', ')
    const message = `${quoted(action.name)} sends ${names}, and its inputs show in the run history.`
    report({ name: action.name, pointer: first.pointer }, { message })
  }
}
