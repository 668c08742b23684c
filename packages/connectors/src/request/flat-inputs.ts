import { isObject, type ObjectValue, setOwn, type Value } from '@flowstead/expressions'
import { member } from '../library/json.ts'
import type { Parameter } from '../library/operation.ts'
import { resolve } from '../library/reference.ts'
import { propertiesOf } from '../library/schema.ts'

/**
 * Reads the flat parameters of an action: `name` for a parameter, `body/property/property` for a place in the
 * body, where `body` is the body parameter's own name.
 *
 * 1. The whole key is tried as a parameter's name first: names hold `/ . : [ ] $` and spaces themselves.
 * 2. In a body the longest declared property name wins at each level; what is not declared splits at `/`.
 * 3. The whole body applies before flat keys, in whatever order they stand.
 * 4. Nothing given is changed: objects of the flow are shared with its history.
 */
export interface FlatValues {
  readonly values: ReadonlyMap<Parameter, Value>
  readonly unknown: readonly string[]
}

export function readFlatInputs(
  document: ObjectValue,
  parameters: readonly Parameter[],
  given: ObjectValue,
): FlatValues {
  const reading: Reading = { document, parameters, values: new Map(), flat: [], unknown: [] }
  for (const [key, value] of Object.entries(given)) readKey(reading, key, value)
  for (const { parameter, path, value } of reading.flat) {
    reading.values.set(parameter, withMember(reading.values.get(parameter), path, value))
  }
  return reading
}

interface Reading {
  readonly document: ObjectValue
  readonly parameters: readonly Parameter[]
  readonly values: Map<Parameter, Value>
  readonly flat: { readonly parameter: Parameter; readonly path: readonly string[]; readonly value: Value }[]
  readonly unknown: string[]
}

function readKey(reading: Reading, key: string, value: Value): void {
  const named = parametersNamed(reading.parameters, key)
  if (named.length > 0) {
    for (const parameter of named) reading.values.set(parameter, value)
    return
  }
  const slash = key.indexOf('/')
  const [head, rest] = slash < 0 ? [key, ''] : [key.slice(0, slash), key.slice(slash + 1)]
  const body = reading.parameters.find(({ in: place, name }) => place === 'body' && isSame(name, head))
  if (body !== undefined && rest !== '') {
    reading.flat.push({ parameter: body, path: propertyPath(reading.document, body.schema, rest), value })
    return
  }
  const file = fileMember(reading.parameters, key)
  if (file === undefined) reading.unknown.push(key)
  else reading.flat.push({ ...file, value })
}

function parametersNamed(parameters: readonly Parameter[], key: string): readonly Parameter[] {
  const exact = parameters.filter(({ name }) => name === key)
  return exact.length > 0 ? exact : parameters.filter(({ name }) => isSame(name, key))
}

function isSame(name: string, key: string): boolean {
  return name === key || name.toLowerCase() === key.toLowerCase()
}

/** A file of a form can be given in parts: `file/$content`, `file/$filename`, `file/$content-type`. */
function fileMember(
  parameters: readonly Parameter[],
  key: string,
): { readonly parameter: Parameter; readonly path: readonly string[] } | undefined {
  const part = /^(.*)\/(\$content|\$filename|\$content-type)$/.exec(key)
  const parameter = parameters.find(
    ({ in: place, name }) => place === 'formData' && isSame(name, part?.[1] ?? ''),
  )
  return part === null || parameter === undefined ? undefined : { parameter, path: [part[2] as string] }
}

/** The designer's own escapes; not part of stored names, but accepted where they make one match. */
const escapes: readonly (readonly [string, string])[] = [
  ['~', '~0'],
  ['.', '~1'],
  ['[', '~2'],
  ['*', '~3'],
  ['?', '~4'],
]

function escaped(name: string): string {
  return escapes.reduce((text, [plain, stored]) => text.replaceAll(plain, stored), name)
}

/** The keys from the body to a property, by the longest declared name at each level. */
function propertyPath(document: ObjectValue, schema: ObjectValue, flat: string): readonly string[] {
  const path: string[] = []
  let level: ObjectValue = schema
  let rest: string | undefined = flat
  while (rest !== undefined) {
    const { properties } = propertiesOf(document, level)
    const step: Step = declaredStep(Object.keys(properties), rest) ?? undeclaredStep(rest)
    path.push(step.name)
    level = resolve(document, member(properties, step.name))
    rest = step.rest
  }
  return path
}

interface Step {
  readonly name: string
  readonly rest: string | undefined
}

function declaredStep(names: readonly string[], rest: string): Step | undefined {
  let best: Step & { readonly length: number } = { name: '', rest: undefined, length: -1 }
  for (const name of names) {
    for (const form of [name, escaped(name)]) {
      if (form.length <= best.length) continue
      if (rest === form) best = { name, rest: undefined, length: form.length }
      else if (rest.startsWith(`${form}/`))
        best = { name, rest: rest.slice(form.length + 1), length: form.length }
    }
  }
  return best.length < 0 ? undefined : best
}

function undeclaredStep(rest: string): Step {
  const slash = rest.indexOf('/')
  return slash < 0
    ? { name: rest, rest: undefined }
    : { name: rest.slice(0, slash), rest: rest.slice(slash + 1) }
}

/** A copy of `value` with one place set; what is on the way and no object becomes one. */
export function withMember(value: Value | undefined, path: readonly string[], leaf: Value): Value {
  const [name, ...rest] = path
  if (name === undefined) return leaf
  const copy: ObjectValue = isObject(value) ? { ...value } : {}
  setOwn(copy, name, withMember(member(copy, name), rest, leaf))
  return copy
}
