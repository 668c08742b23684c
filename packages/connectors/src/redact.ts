import { isObject, type ObjectValue, setOwn, type Value } from '@flowstead/expressions'
import { wellFormed } from './request/value-text.ts'

/** Stands where a secret was. */
export const redacted = '***'

/** Shorter secrets would blot out ordinary text; where their place is known they are removed all the same. */
const minLength = 8

/** Removes secrets from text, in every form in which they travel. */
export type Redact = (text: string) => string

/** Redaction by value: as they are, percent-encoded, base64, and as they stand in JSON. */
export function createRedactor(secrets: readonly string[]): Redact {
  const forms = new Set(secrets.filter(({ length }) => length >= minLength).flatMap(formsOf))
  const longestFirst = [...forms].sort((a, b) => b.length - a.length)
  return (text) => longestFirst.reduce((rest, form) => rest.replaceAll(form, redacted), text)
}

function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64')
  return [
    secret,
    encodeURIComponent(wellFormed(secret)),
    JSON.stringify(secret).slice(1, -1),
    base64,
    base64.replace(/=+$/, ''),
    encodeURIComponent(base64),
  ]
}

/** A value without secrets in its texts and keys; the same value when there were none. */
export function redactValue(value: Value, redact: Redact): Value {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) {
    const items = value.map((item) => redactValue(item, redact))
    return items.some((item, at) => item !== value[at]) ? items : value
  }
  return isObject(value) ? redactObject(value, redact) : value
}

function redactObject(value: ObjectValue, redact: Redact): ObjectValue {
  const copy: ObjectValue = {}
  let isChanged = false
  for (const [key, member] of Object.entries(value)) {
    const [cleanKey, clean] = [redact(key), redactValue(member, redact)]
    isChanged = isChanged || cleanKey !== key || clean !== member
    setOwn(copy, cleanKey, clean)
  }
  return isChanged ? copy : value
}
