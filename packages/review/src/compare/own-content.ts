import {
  type ActionDefinition,
  member,
  memberAt,
  members,
  type TriggerDefinition,
} from '@flowstead/definition'
import { type ObjectValue, setOwn, type Value } from '@flowstead/expressions'

/** Members that make the structure; the model tells them apart from content. */
const structural: ReadonlySet<string> = new Set([
  'runAfter',
  'actions',
  'else',
  'cases',
  'default',
  'tools',
  'type',
  'kind',
])

/** What an action or trigger says itself: without the actions inside it, edges, and the mark of the designer. */
export function ownContent({ raw, type, kind }: ActionDefinition | TriggerDefinition): ObjectValue {
  const content: ObjectValue = { type, ...(kind === undefined ? {} : { kind }) }
  for (const [key, value] of members(raw)) {
    if (structural.has(key)) continue
    if (key !== 'metadata') setOwn(content, key, value)
    else if (members(value).some(([name]) => name !== 'operationMetadataId'))
      setOwn(content, key, without(value, 'operationMetadataId'))
  }
  return content
}

/** An object without one of its members. */
export function without(value: Value | undefined, left: string): ObjectValue {
  const rest: ObjectValue = {}
  for (const [key, inner] of members(value)) if (key !== left) setOwn(rest, key, inner)
  return rest
}

/** An object with one of its members replaced. */
export function withMember(value: Value | undefined, key: string, inner: Value): ObjectValue {
  const copy = without(value, key)
  setOwn(copy, key, inner)
  return copy
}

/** What the designer knows a trigger or action by, whatever its name is. */
export function designerId({ raw }: ActionDefinition | TriggerDefinition): string | undefined {
  const id = memberAt(raw, 'metadata', 'operationMetadataId')
  return typeof id === 'string' ? id : undefined
}

/** Cases and tools of an action with what they say beside their actions, by the keys of their blocks. */
export function branchContents({ raw }: ActionDefinition): Map<string, ObjectValue> {
  const found = new Map<string, ObjectValue>()
  for (const [part, prefix] of [
    ['cases', 'case'],
    ['tools', 'tool'],
  ] as const)
    for (const [name, branch] of members(member(raw, part)))
      found.set(`${prefix}:${name}`, without(branch, 'actions'))
  return found
}
