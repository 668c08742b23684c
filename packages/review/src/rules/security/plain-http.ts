import { quoted } from '@flowstead/errors'
import type { Report, Settings } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'
import { hostOf, isLocalHost } from './hosts.ts'
import { plainKey } from './secret-forms.ts'

/** Looks at addresses of calls only: namespaces and links in texts are not requested. */
export function checkPlainHttp(
  subject: Subject,
  report: Report,
  { keys: wanted }: Settings & { readonly keys: readonly string[] },
): void {
  const callers = [...subject.flow.triggers, ...subject.actions.map(({ action }) => action)]
  for (const caller of callers) {
    if (outsideCallOf(subject, caller) === undefined) continue
    for (const { keys, text, pointer } of subject.textsOf(caller)) {
      if (keys[0] !== 'inputs' || keys.includes('body') || keys.includes('headers')) continue
      if (!wanted.includes(plainKey(keys.at(-1) ?? '')) || !/^\s*http:\/\//i.test(text)) continue
      const host = hostOf(text)
      if (host !== undefined && isLocalHost(host)) continue
      const message = `${quoted(caller.name)} calls ${quoted(text)} without encryption.`
      report({ name: caller.name, pointer }, { message })
    }
  }
}
