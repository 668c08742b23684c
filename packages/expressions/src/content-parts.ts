import { quoted } from '@flowstead/errors'
import { envelopeText, isEnvelope } from './content.ts'
import { expressionError } from './errors.ts'
import { isObject, typeName, type Value } from './value.ts'

/** All values of a key in a form body, in order: of its `$formdata`, else of its url-encoded content. */
export function formValues(body: Value, key: string): Value[] {
  if (!isEnvelope(body))
    throw expressionError('Expression.Type', `A form was expected; the body is of type ${typeName(body)}.`)
  const { $formdata: fields } = body
  if (Array.isArray(fields))
    return fields
      .filter((field) => isObject(field) && field.key === key)
      .map((field) => (isObject(field) ? (field.value ?? null) : null))
  return new URLSearchParams(envelopeText(body)).getAll(key)
}

/** The only value of a key in a form body. @throws `Expression.Ambiguous` when there are several or none. */
export function singleFormValue(body: Value, key: string): Value {
  const values = formValues(body, key)
  const [only] = values
  if (only !== undefined && values.length === 1) return only
  throw expressionError(
    'Expression.Ambiguous',
    `The form has ${values.length} values for ${quoted(key)}; exactly one was expected.`,
  )
}

/** The body of a part of a multipart body. @throws `Expression.MissingProperty` when there is no such part. */
export function partBody(body: Value, index: number): Value {
  const parts = isObject(body) ? body.$multipart : undefined
  if (!Array.isArray(parts))
    throw expressionError(
      'Expression.Type',
      `A multipart body was expected; it is of type ${typeName(body)}.`,
    )
  const part = parts[index]
  if (isObject(part)) return part.body ?? null
  throw expressionError(
    'Expression.MissingProperty',
    `The index ${quoted(index)} is outside the ${parts.length} parts of the body.`,
  )
}
