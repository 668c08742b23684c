import { type ActionDefinition, member, memberAt, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Report } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'
import { typedTexts } from '../../subject/texts.ts'
import { plainKey } from './secret-forms.ts'
import { isSecured } from './secured-data.ts'

/** Reports vault reads and token calls that the history of runs would show. */
export function checkSecretReads(subject: Subject, report: Report): void {
  for (const { action } of subject.actions) {
    const open = exposedParts(subject, action).filter((part) => !isSecured(action, part))
    if (open.length === 0) continue
    const message = `${quoted(action.name)} handles a secret, but its ${open.join(' and ')} show in the run history.`
    report(action, { message })
  }
}

function exposedParts(subject: Subject, action: ActionDefinition): ('inputs' | 'outputs')[] {
  const call = outsideCallOf(subject, action)
  if (/keyvault$/i.test(call?.api ?? '') && readsSecret(call?.operation ?? ''))
    return namesNoSecret(subject, action) ? [] : ['outputs']
  return action.type === 'Http' && asksForToken(subject, action) ? ['inputs', 'outputs'] : []
}

/** `GetSecret`, or its path; lists of secrets hold only their names. */
function readsSecret(operation: string): boolean {
  return /^getsecret/i.test(operation) || /^get \/secrets\/.+\/value$/i.test(operation)
}

/** Vaults also keep what belongs to a secret: `appid`, `service-account-username`, `database-url`. */
function namesNoSecret(subject: Subject, action: ActionDefinition): boolean {
  return subject
    .textsOf(action)
    .filter(({ keys }) => keys[1] === 'path' || plainKey(keys.at(-1) ?? '') === 'secretname')
    .some((text) => typedTexts(text).some((typed) => plainName.test(typed)))
}

const plainName = /(^|[^a-z])(id|url|uri|host|user)$|(app|client|tenant|object|account)id$|user[-_ ]?name$/i

const tokenPath = /\/oauth2?\/(v\d[\d.]*\/)?token\b|\/oauth\/token\b|\/connect\/token\b/i

/** A call to a token endpoint that sends a secret of its own. */
function asksForToken(subject: Subject, action: ActionDefinition): boolean {
  const uri = textMember(action.inputs, 'uri') ?? ''
  if (!tokenPath.test(uri) || member(action.inputs, 'body') === undefined) return false
  const isForm = typeof memberAt(action.inputs, 'body') === 'string'
  return subject.textsOf(action).some((text) => {
    if (text.keys[1] !== 'body') return false
    return isForm
      ? typedTexts(text).some((typed) => /(^|&)(client_secret|password)=/i.test(typed))
      : /^(clientsecret|password)$/.test(plainKey(text.keys.at(-1) ?? ''))
  })
}
