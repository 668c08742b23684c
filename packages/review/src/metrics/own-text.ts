// The text of an action without the actions inside it, so that texts of nested containers stay linear together.
import {
  Decimal,
  isObject,
  type ObjectValue,
  printJson,
  setOwn,
  type Value,
  WholeFloat,
} from '@flowstead/expressions'
import type { CountedAction } from './flatten.ts'
import type { Profile } from './metrics.ts'

/** JSON text of an action without what it holds. */
export function ownText(counted: CountedAction, profile: Profile): string {
  return printJson(profile === 'as-shipped' ? shippedObject(counted) : withoutChildren(counted.action.raw))
}

/** Parts of an action that hold actions, and what is left of each. */
function withoutChildren(raw: ObjectValue): ObjectValue {
  const own: ObjectValue = {}
  for (const [key, value] of Object.entries(raw)) {
    if (key === 'actions' || key === 'cases' || key === 'tools') continue
    const isBranch = (key === 'else' || key === 'default') && isObject(value)
    setOwn(own, key, isBranch ? without('actions', value) : value)
  }
  return own
}

/** The product drops every `actions` at any depth, the cases too, and leaves its own notes in the object. */
function shippedObject({ action, owners, parent, branch }: CountedAction): ObjectValue {
  const own = shippedValue(without('cases', action.raw)) as ObjectValue
  return { ...own, operationName: action.name, nestedLevel: owners.length, parent, branch }
}

function without(dropped: string, raw: ObjectValue): ObjectValue {
  if (!Object.hasOwn(raw, dropped)) return raw
  const rest: ObjectValue = {}
  for (const [key, value] of Object.entries(raw)) if (key !== dropped) setOwn(rest, key, value)
  return rest
}

/**
 * The value as the product has it: without any member named `actions`, at any depth, and with nothing but doubles for
 * numbers. Itself when that is so already.
 */
export function shippedValue(value: Value): Value {
  if (value instanceof WholeFloat) return value.value
  if (value instanceof Decimal || typeof value === 'bigint') return Number(printJson(value))
  if (Array.isArray(value)) {
    const items = value.map(shippedValue)
    return items.every((item, index) => item === value[index]) ? value : items
  }
  if (!isObject(value)) return value
  const own = without('actions', value)
  let changed: ObjectValue | undefined
  for (const [key, inner] of Object.entries(own)) {
    const rest = shippedValue(inner)
    if (rest === inner) continue
    changed ??= { ...own }
    setOwn(changed, key, rest)
  }
  return changed ?? own
}
