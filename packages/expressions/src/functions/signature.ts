import { Decimal, WholeFloat } from '../numbers.ts'
import type { Value } from '../value.ts'

/** Bits of the kinds of values, so that a check of an argument is one AND. */
const kinds = {
  null: 1,
  boolean: 2,
  string: 4,
  integer: 8,
  float: 16,
  decimal: 32,
  array: 64,
  object: 128,
} as const

const typeMasks = new Map<string, number>([
  ...Object.entries(kinds),
  ['number', kinds.integer | kinds.float | kinds.decimal],
  ['any', 255],
])

/** The kind bit of a value. */
export function kindOf(value: Value): number {
  if (typeof value === 'string') return kinds.string
  if (typeof value === 'number') return Number.isSafeInteger(value) ? kinds.integer : kinds.float
  if (value === null) return kinds.null
  if (typeof value === 'boolean') return kinds.boolean
  if (typeof value === 'bigint') return kinds.integer
  if (Array.isArray(value)) return kinds.array
  if (value instanceof WholeFloat) return kinds.float
  return value instanceof Decimal ? kinds.decimal : kinds.object
}

/** One declared argument of a function. */
export interface Parameter {
  readonly name: string
  /** Type names as declared: `string`, `number`, `array` … */
  readonly types: readonly string[]
  readonly mask: number
  readonly isOptional: boolean
  readonly isRepeated: boolean
}

const parameterPattern = /^(\.\.\.)?(\w+)(\?)?: (.+)$/

/** The kind bits of type names. */
export function maskOfTypes(types: readonly string[]): number {
  let mask = 0
  for (const type of types) mask |= typeMasks.get(type) ?? 0
  return mask
}

/** The parameter that an argument is given for; the last one may repeat. */
export function parameterAt(parameters: readonly Parameter[], index: number): Parameter | undefined {
  return parameters[index] ?? parameters[parameters.length - 1]
}

/** Whether a value may be given for a parameter. */
export function fits(parameter: Parameter | undefined, value: Value): boolean {
  return parameter !== undefined && (parameter.mask & kindOf(value)) !== 0
}

/** Reads `text: string`, `locale?: string`, `...items: any`; a declaration of another form is a bug. */
export function parseParameter(declaration: string): Parameter {
  const [, dots, name, optional, list] = parameterPattern.exec(declaration) ?? []
  const types = list?.split(' | ') ?? []
  const mask = maskOfTypes(types)
  if (name === undefined || mask === 0) throw new Error(`"${declaration}" does not declare an argument.`)
  return { name, types, mask, isOptional: optional !== undefined, isRepeated: dots !== undefined }
}

/** Fewest and most arguments. */
export function arityOf(parameters: readonly Parameter[]): { readonly min: number; readonly max: number } {
  const min = parameters.filter((parameter) => !parameter.isOptional).length
  const max = parameters.at(-1)?.isRepeated ? Number.POSITIVE_INFINITY : parameters.length
  return { min, max }
}

/** `a string`, `an array or a string`. */
export function typeWords(types: readonly string[]): string {
  return types.map((type) => `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`).join(' or ')
}
