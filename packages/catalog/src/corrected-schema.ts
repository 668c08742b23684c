/** The few corrections that make a published schema usable, and nothing else. */
import { type JsonSchema, mapSubschemas } from './json-schema.ts'

export interface Corrections {
  /** Absolute URI that replaces `$id`. */
  readonly id: string
  /** Names that `required` lists by mistake. */
  readonly optional: readonly string[]
}

/**
 * The schema with `$schema` (draft-07), an absolute `$id`, nested schemas that have a name moved under
 * `definitions`, the format `date-time` instead of `datetime`, and `optional` names no longer required.
 */
export function correctedSchema(original: JsonSchema, { id, optional }: Corrections): JsonSchema {
  const definitions: [string, JsonSchema][] = []
  const correct = (schema: JsonSchema): JsonSchema => {
    const { $id, format, required, ...rest } = mapSubschemas(schema, correct)
    const kept = Array.isArray(required)
      ? required.filter((name: string) => !optional.includes(name))
      : undefined
    const own: JsonSchema = {
      ...rest,
      ...(format === undefined ? {} : { format: format === 'datetime' ? 'date-time' : format }),
      ...(kept === undefined ? {} : { required: kept }),
    }
    if (typeof $id !== 'string' || schema === original) return own
    definitions.push([$id, own])
    return { $ref: `#/definitions/${$id}` }
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: id,
    ...correct(original),
    definitions: Object.fromEntries(definitions),
  }
}
