import type { Value } from '@flowstead/expressions'
import type { ConnectionReference } from '../flow.ts'
import { member, memberAt, members, textMember } from '../json/member.ts'
import { apiName } from '../model/api-name.ts'

/**
 * Connection references in the form of solutions, of legacy packages, of the gallery, and the `$connections`
 * value of Logic Apps. Keys keep their spelling.
 */
export function readConnectionReferences(raw: Value | undefined): Map<string, ConnectionReference> {
  return new Map(members(raw).map(([key, reference]) => [key, readReference(key, reference)]))
}

function readReference(key: string, raw: Value): ConnectionReference {
  const source = textMember(raw, 'runtimeSource') ?? textMember(raw, 'source') ?? ''
  const logicalName = memberAt(raw, 'connection', 'connectionReferenceLogicalName')
  return {
    key,
    api: apiOf(raw) || key,
    runtimeSource: source.toLowerCase() === 'invoker' ? 'invoker' : 'embedded',
    logicalName: typeof logicalName === 'string' ? logicalName : undefined,
  }
}

/** The name of the API, wherever the form puts it; '' when it is nowhere. */
function apiOf(raw: Value): string {
  const api = member(raw, 'api')
  return apiName(textMember(api, 'name') ?? textMember(api, 'id') ?? textMember(raw, 'id') ?? '')
}
