import type { ActionDefinition } from '@flowstead/definition'
import { branchContents } from './own-content.ts'
import type { Meanings } from './value-changes.ts'

/** The branches of an action that are those of a later version: by key, and cases of a Switch also by their value. */
export function matchBranches(
  before: ActionDefinition,
  after: ActionDefinition | undefined,
  meanings: Meanings,
): Map<string, string> {
  const found = new Map<string, string>()
  if (after === undefined) return found
  const [old, now] = [branchContents(before), branchContents(after)]
  const keys = new Set([...after.blocks.map(({ key }) => key), ...now.keys()])
  for (const key of [...before.blocks.map((block) => block.key), ...old.keys()])
    if (keys.delete(key)) found.set(key, key)
  const byValue = new Map(
    [...keys].flatMap((key) => {
      const content = now.get(key)
      return content === undefined ? [] : [[meanings.after.value(content), key] as const]
    }),
  )
  for (const [key, content] of old) {
    const meaning = meanings.before.value(content)
    const target = found.has(key) ? undefined : byValue.get(meaning)
    if (target === undefined) continue
    byValue.delete(meaning)
    found.set(key, target)
  }
  return found
}

/** A branch in words; '' for the only one of its action. */
export function branchOf({ type }: ActionDefinition, key: string): string {
  if (key === 'actions') return type === 'If' ? 'if true' : ''
  if (key === 'else') return 'if false'
  if (key === 'default') return 'in the default case'
  const [kind = '', ...name] = key.split(':')
  return `${kind} "${name.join(':')}"`
}
