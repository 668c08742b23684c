import type { ObjectValue } from '@flowstead/expressions'
import { isTrueAt } from './json.ts'
import { resolve } from './reference.ts'
import { propertiesOf } from './schema.ts'

/** Public definitions mark properties down to the fourth level. */
const maxLevels = 6

/** Where a body takes the callback URL: every property path marked `x-ms-notification-url`. */
export function notificationUrlPaths(
  document: ObjectValue,
  schema: ObjectValue,
): readonly (readonly string[])[] {
  return search(document, schema, { path: [], above: [] })
}

interface Place {
  readonly path: readonly string[]
  /** Schemas on the way here, so that a recursive one ends. */
  readonly above: readonly ObjectValue[]
}

function search(document: ObjectValue, schema: ObjectValue, place: Place): readonly (readonly string[])[] {
  if (place.path.length > maxLevels || place.above.includes(schema)) return []
  const { properties } = propertiesOf(document, schema)
  const above = [...place.above, schema]
  return Object.entries(properties).flatMap(([name, property]) => {
    const inner = resolve(document, property)
    const path = [...place.path, name]
    const isMarked = isTrueAt(inner, 'x-ms-notification-url') || isTrueAt(property, 'x-ms-notification-url')
    return isMarked ? [path] : search(document, inner, { path, above })
  })
}
