import { type ActionDefinition, member, memberAt, members, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { printJson, type Value } from '@flowstead/expressions'
import type { Report, Settings } from '../../rule.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { hostOf, ownerOfHost } from './hosts.ts'
import { isPlaceholder } from './secret-forms.ts'

interface Use {
  readonly action: ActionDefinition
  readonly owner: string
  readonly host: string
}

/** Tokens that are issued for one audience are another credential at each host. */
const sharedKinds: ReadonlySet<string> = new Set(['basic', 'raw', 'clientcertificate'])

/** Reports the first use of a credential at a second owner. */
export function checkReusedCredentials(
  subject: Subject,
  report: Report,
  { headers }: Settings & { readonly headers: readonly string[] },
): void {
  const uses = new Map<string, Use>()
  for (const { action } of subject.actions) {
    const host = action.type === 'Http' ? hostOf(textMember(action.inputs, 'uri') ?? '') : undefined
    if (host === undefined || host.includes('@')) continue
    const use = { action, host, owner: ownerOfHost(host) }
    for (const { credential, keys } of credentialsOf(action, new Set(headers))) {
      const first = uses.get(credential)
      if (first === undefined) uses.set(credential, use)
      else if (first.owner !== use.owner) {
        const message = `${quoted(action.name)} sends ${quoted(use.host)} the credential that ${quoted(first.action.name)} sends ${quoted(first.host)}.`
        report(inside(action, 'inputs', ...keys), { message })
      }
    }
  }
}

/** What an action proves itself with, as text that is equal for equal secrets; it is compared and never shown. */
function credentialsOf({ inputs }: ActionDefinition, headers: ReadonlySet<string>) {
  const found: { credential: string; keys: readonly string[] }[] = []
  const authentication = member(inputs, 'authentication')
  if (sharedKinds.has(textMember(authentication, 'type')?.toLowerCase() ?? ''))
    found.push({ credential: printJson(authentication as Value), keys: ['authentication'] })
  for (const [name, value] of members(memberAt(inputs, 'headers'))) {
    if (!headers.has(name.toLowerCase()) || typeof value !== 'string') continue
    if (!value.includes('@') && isPlaceholder(value.replace(/^\w+ /, ''), name)) continue
    if (!readsToken(value)) found.push({ credential: value, keys: ['headers', name] })
  }
  return found
}

/** A token that the flow has just fetched is issued for somebody in particular, which only the answer tells. */
function readsToken(value: string): boolean {
  return /\b(outputs|body)\(/i.test(value)
}
