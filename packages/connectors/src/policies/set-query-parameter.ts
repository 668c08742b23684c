import type { RequestPolicy } from './apply-policies.ts'
import { policyParameter } from './policy.ts'
import { policyText } from './policy-text.ts'

/** Sets, appends (one more `name=value`) or leaves a query parameter; default override. */
export const setQueryParameter: RequestPolicy = (draft, policy, { scope }) => {
  const name = decodedName(policyParameter(policy, 'name') ?? '')
  if (name === '') return
  const value = policyText(policyParameter(policy, 'value') ?? '', scope).text
  const isPresent = draft.query.some(([key]) => key === name)
  const action = policyParameter(policy, 'existsAction')?.toLowerCase() ?? 'override'
  if (isPresent && action === 'skip') return
  const kept = action === 'append' ? draft.query : draft.query.filter(([key]) => key !== name)
  draft.query = [...kept, [name, value]]
}

/** Names are sometimes written encoded (`%24top`). */
function decodedName(name: string): string {
  return name.replace(/%(2[0-9a-f]|5[bd])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
