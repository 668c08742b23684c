import { type Schema, Validator } from '@cfworker/json-schema'
import { isFlowsteadError } from '@flowstead/errors'
import {
  Decimal,
  isObject,
  parseJson as parse,
  setOwn,
  type Template,
  type Value,
  WholeFloat,
} from '@flowstead/expressions'
import type { ActionHandler } from '../handler.ts'
import { member, textMember } from '../member.ts'
import { badRequest, type Outcome, succeeded } from '../outcome.ts'

interface ParseTemplates {
  readonly inputs: Template
  /** Prepared when the schema is written out, which it nearly always is. */
  readonly validator: Validator | undefined
}

const mostProblems = 10

/** Parses text, or takes a value as it is, and checks it against a JSON Schema. */
export const parseJson: ActionHandler<ParseTemplates> = {
  compile({ inputs }, compile) {
    const schema = compile.template(member(inputs, 'schema') ?? {})
    const constant = schema.isConstant ? schema.resolve(noScope) : undefined
    return { inputs: compile.template(inputs ?? {}), validator: validatorOf(constant) }
  },
  start({ templates }, run) {
    const inputs = run.recordInputs(run.resolve(templates.inputs))
    const body = parsed(member(inputs, 'content') ?? null)
    if (body === undefined) return badRequest('InvalidJson', 'The content is not JSON.')
    return checked(body, templates.validator ?? validatorOf(member(inputs, 'schema')))
  },
}

/** Constant templates ask nothing of it. */
const noScope = {} as Parameters<Template['resolve']>[0]

function parsed(content: Value): Value | undefined {
  if (typeof content !== 'string') return content
  try {
    return parse(content)
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    return undefined
  }
}

function checked(body: Value, validator: Validator | undefined): Outcome {
  if (validator === undefined) return succeeded({ body }, 'OK')
  const { valid, errors } = validation(validator, plain(body))
  if (valid) return succeeded({ body }, 'OK')
  const places = [...new Set(errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`))]
  const message = `The content does not fit the schema. ${places.slice(0, mostProblems).join(' ')}`
  return badRequest('ValidationFailed', message, { body })
}

/** A schema the interpreter cannot follow (a reference to nowhere, a broken pattern) fits nothing. */
function validation(
  validator: Validator,
  body: unknown,
): Pick<ReturnType<Validator['validate']>, 'valid' | 'errors'> {
  try {
    return validator.validate(body)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const place = { keyword: '$schema', keywordLocation: '#', instanceLocation: '#', error: message }
    return { valid: false, errors: [place] }
  }
}

function validatorOf(schema: Value | undefined): Validator | undefined {
  if (!isObject(schema) || Object.keys(schema).length === 0) return undefined
  return new Validator(plain(schema) as Schema, draftOf(schema), false)
}

/** The draft a schema says it is written in; the newest of those the platform reads when it does not say. */
function draftOf(schema: Value): '4' | '7' {
  return /draft-0[34]/.test(textMember(schema, '$schema') ?? '') ? '4' : '7'
}

/** The value as plain JSON, for a library that knows no exact numbers. */
function plain(value: Value): unknown {
  if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? Number(value) : value
  if (value instanceof WholeFloat) return value.value
  if (value instanceof Decimal) return Number(value.digits) / 10 ** value.scale
  if (Array.isArray(value)) return value.map(plain)
  const copy = {}
  for (const [key, item] of Object.entries(value)) setOwn(copy, key, plain(item) as Value)
  return copy
}
