import { isObject } from '@flowstead/expressions'
import type { ParameterDeclaration } from '../flow.ts'
import { decodeText } from '../json/decode.ts'
import { member, members, textMember } from '../json/member.ts'
import { readJson } from '../json/read-json.ts'
import { baseName } from '../model/identity.ts'

/**
 * Parameters that the `parameters.json` of a Logic Apps project declares, by lower-cased name; those of other
 * files of that name (their entries have no `type` beside the `value`) and unreadable ones count for nothing.
 */
export function projectParameters(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): ReadonlyMap<string, ParameterDeclaration> {
  const found = new Map<string, ParameterDeclaration>()
  for (const { name, bytes } of files) {
    if (baseName(name).toLowerCase() !== 'parameters.json') continue
    for (const [parameter, raw] of members(contentOf(bytes))) {
      const type = textMember(raw, 'type')
      if (!isObject(raw) || type === undefined) continue
      found.set(parameter.toLowerCase(), {
        name: parameter,
        type: type.toLowerCase(),
        defaultValue: member(raw, 'value'),
      })
    }
  }
  return found
}

function contentOf(bytes: Uint8Array) {
  try {
    return readJson(decodeText(bytes)).value
  } catch {
    // Not text: reading it as a flow reports the same.
    return undefined
  }
}
