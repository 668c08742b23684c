/** What is wrong with a value according to a schema. The schema is interpreted; no code is made from it. */
import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema'
import type { JsonSchema } from './json-schema.ts'

export interface Violation {
  /** Dotted path into the value; empty for the value itself. */
  readonly path: string
  /** The keyword or rule that is broken. */
  readonly rule: string
  /** A full sentence. */
  readonly message: string
}

/** Keywords that only say that something below them is wrong. */
const wrappers: ReadonlySet<string> = new Set([
  '$ref',
  'properties',
  'patternProperties',
  'additionalProperties',
  'items',
  'allOf',
])

/** Makes a check that lists every violation of the schema; the schema itself is left as it is. */
export function schemaCheck(schema: JsonSchema): (value: unknown) => Violation[] {
  const validator = new Validator(structuredClone(schema) as Schema, dialectOf(schema), false)
  return (value) => {
    try {
      const { errors } = validator.validate(value)
      return errors.filter(isCause).map((error) => violationOf(error, errors))
    } catch (error) {
      // The library percent-encodes member names, which lone surrogates do not survive.
      if (!(error instanceof URIError)) throw error
      return [{ path: '', rule: 'unicode', message: 'A member name is not well-formed Unicode.' }]
    }
  }
}

function dialectOf({ $schema }: JsonSchema): '7' | '2020-12' {
  return typeof $schema === 'string' && $schema.includes('2020-12') ? '2020-12' : '7'
}

/** Branches of an `anyOf` fail as a matter of course; that all of them did is the finding. */
function isCause({ keyword, keywordLocation }: OutputUnit): boolean {
  return !wrappers.has(keyword) && !/\/(anyOf|oneOf)\/\d/.test(keywordLocation)
}

function violationOf(unit: OutputUnit, all: readonly OutputUnit[]): Violation {
  const place = unit.instanceLocation.split('/').slice(1).map(unescapePointer)
  const missing = unit.keyword === 'required' ? [/"(.*)"/s.exec(unit.error)?.[1] ?? ''] : []
  const path = [...place, ...missing].join('.')
  const name = path === '' ? 'The value' : `"${path.slice(0, 200)}"`
  if (unit.keyword === 'false') {
    return { path, rule: 'additionalProperties', message: `${name} is not known here.` }
  }
  return { path, rule: unit.keyword, message: `${name} ${told(unit, all)}` }
}

function told(unit: OutputUnit, all: readonly OutputUnit[]): string {
  const { error, keyword } = unit
  if (keyword === 'required') return 'is required.'
  if (keyword === 'anyOf' || keyword === 'oneOf') {
    const values = constantsBelow(unit, all)
    return values.length === 0 ? 'has none of the allowed forms.' : `must be one of ${values.join(', ')}.`
  }
  if (keyword === 'type') return `has the wrong type. ${error.replace(/^.*?\. /, '')}`
  return `breaks a rule: ${error}`
}

/** The constants that would have been allowed, as the library lists them below a failed `anyOf`. */
function constantsBelow(
  { keywordLocation, instanceLocation }: OutputUnit,
  all: readonly OutputUnit[],
): string[] {
  return all
    .filter((unit) => unit.keyword === 'const' && unit.instanceLocation === instanceLocation)
    .filter((unit) => unit.keywordLocation.startsWith(`${keywordLocation}/`))
    .map(({ error }) => error.replace(/^Instance does not match "?/, '').replace(/"?\.$/, ''))
}

function unescapePointer(part: string): string {
  return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
}
