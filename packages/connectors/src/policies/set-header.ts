import { draftHeader, setDraftHeader } from '../request/draft.ts'
import type { RequestPolicy } from './apply-policies.ts'
import { policyParameter } from './policy.ts'
import { policyText } from './policy-text.ts'

/** Sets, appends (after a comma) or leaves a header, as `existsAction` says; default override. */
export const setHeader: RequestPolicy = (draft, policy, { scope }) => {
  const name = policyParameter(policy, 'name')?.trim() ?? ''
  if (name === '') return
  const value = policyText(policyParameter(policy, 'value') ?? '', scope)
    .text.replace(/[\r\n]+/g, ' ')
    .trim()
  const present = draftHeader(draft, name)
  const action = policyParameter(policy, 'existsAction')?.toLowerCase() ?? 'override'
  if (present === undefined || action === 'override') setDraftHeader(draft, name, value)
  else if (action === 'append') setDraftHeader(draft, name, `${present},${value}`)
}
