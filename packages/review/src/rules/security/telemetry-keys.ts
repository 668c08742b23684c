import { quoted } from '@flowstead/errors'
import type { Report } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'
import { typedTexts } from '../../subject/texts.ts'
import { plainKey } from './secret-forms.ts'

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const keyNames: ReadonlySet<string> = new Set(['ikey', 'instrumentationkey'])

/** Reports typed instrumentation keys in what a call sends. */
export function checkTelemetryKeys(subject: Subject, report: Report): void {
  for (const { action } of subject.actions) {
    if (outsideCallOf(subject, action) === undefined) continue
    for (const text of subject.textsOf(action)) {
      const key = text.keys.at(-1) ?? ''
      const isKey = keyNames.has(plainKey(key)) && guid.test(text.text.trim())
      if (!isKey && !typedTexts(text).some((typed) => /\bInstrumentationKey=[0-9a-f-]{36}/i.test(typed)))
        continue
      const message = `${quoted(action.name)} sends a typed instrumentation key in ${quoted(key)}.`
      report({ name: action.name, pointer: text.pointer }, { message })
    }
  }
}
