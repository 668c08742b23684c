import { member, members, pointerTo, textMember } from '@flowstead/definition'
import { Decimal, isObject, printJson, type Value, WholeFloat } from '@flowstead/expressions'
import type { ReviewConfig } from '../config/scoring-config.ts'
import type { Place } from '../subject/place.ts'
import type { Subject } from '../subject/subject.ts'
import { writtenVariable } from '../subject/variables.ts'
import { type ActionFacts, detailOf } from './action-facts.ts'
import type { Profile } from './metrics.ts'

/** One variable in figures. */
export interface VariableFacts extends Place {
  readonly name: string
  /** As written. */
  readonly type: string
  /** Its start value as text; '' without one. */
  readonly value: string
  readonly isUsed: boolean
  /** Whether its name begins with the letters of its type. */
  readonly isNamed: boolean
  /** Whether it has no start value, or is in capitals; the column "Constant". */
  readonly isConstant: boolean
}

/** Every variable that counts; the product sees only the first of each InitializeVariable action. */
export function variableFacts(
  subject: Subject,
  actions: readonly ActionFacts[],
  { naming }: ReviewConfig,
  profile: Profile,
): VariableFacts[] {
  const declared = actions.filter(({ type }) => type === 'InitializeVariable').flatMap(declaredIn)
  const counted = profile === 'as-shipped' ? declared.filter(({ key }) => key === 0) : declared
  const isSubstring = profile === 'as-shipped' && counted.length <= maxSubstrings
  const isUsed = remembered(isSubstring ? occursIn(actions) : isTouchedIn(subject, actions))
  const isNamed = profile === 'as-shipped' ? namedAsShipped : namedAsDocumented
  return counted.map(({ raw, pointer }) => {
    const name = textMember(raw, 'name') ?? ''
    const type = textMember(raw, 'type') ?? ''
    const value = member(raw, 'value')
    return {
      name,
      type,
      value: profile === 'as-shipped' ? shippedValueText(value) : valueText(value),
      pointer,
      isUsed: isUsed(name),
      isNamed: isNamed(naming, name, type),
      isConstant: isBlank(value) || isInCapitals(name),
    }
  })
}

/** Beyond this many variables, which the platform refuses, looking for every name in every text takes too long. */
const maxSubstrings = 300

function remembered(ask: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>()
  return (name) => {
    const answer = known.get(name) ?? ask(name)
    known.set(name, answer)
    return answer
  }
}

interface Declared {
  readonly key: number | string
  readonly raw: Value
  readonly pointer: string
}

function declaredIn({ action: { inputs, pointer } }: ActionFacts): Declared[] {
  const list = member(inputs, 'variables')
  const entries = Array.isArray(list) ? list.map((raw, index) => [index, raw] as const) : members(list)
  return [...entries].map(([key, raw]) => ({
    key,
    raw,
    pointer: pointerTo(pointer, 'inputs', 'variables', key),
  }))
}

/**
 * As documented a variable is used when an expression anywhere reads it or an action writes it after its start. That a
 * variable is written and never read is no matter of the score; rule MNT505 tells it. A name that an expression
 * computes may mean any variable, so with one all of them count as used.
 */
function isTouchedIn(subject: Subject, actions: readonly ActionFacts[]): (name: string) => boolean {
  const written = new Set(actions.flatMap(({ action }) => writtenVariable(action)?.toLowerCase() ?? []))
  const isAnyRead = subject.expressions.some(({ references }) =>
    references.some(({ fn, isComputed }) => fn === 'variables' && isComputed),
  )
  return (name) =>
    isAnyRead || written.has(name.toLowerCase()) || subject.readsOf(name).some(({ fn }) => fn === 'variables')
}

/** The product looks for the name anywhere in the text of an action, so `i` is always used. */
function occursIn(actions: readonly ActionFacts[]): (name: string) => boolean {
  const details = actions
    .filter(({ type }) => type !== 'InitializeVariable')
    .map((action) => detailOf(action, 'as-shipped'))
  return (name) => details.some((detail) => detail.includes(name))
}

type Naming = ReviewConfig['naming']

/** Types are told apart whatever their case; a type without letters may have any name. */
function namedAsDocumented({ char, entries }: Naming, name: string, type: string): boolean {
  const entry = entries.find((known) => known.type.toLowerCase() === type.toLowerCase())
  return entry === undefined || name.slice(0, char) === entry.letter
}

/** `Integer` is not `integer`, and a type without letters fails. */
function namedAsShipped({ char, entries }: Naming, name: string, type: string): boolean {
  const letter = entries.find((known) => known.type === type)?.letter ?? ''
  return name.slice(0, char) === letter
}

/** No start value to speak of: nothing, '', 0, false, or a list that holds nothing but such. */
function isBlank(value: Value | undefined): boolean {
  if (value instanceof WholeFloat) return value.value === 0
  if (value instanceof Decimal) return value.digits === 0n
  if (Array.isArray(value)) return value.length === 0 || (value.length === 1 && isEmptyText(value[0]))
  return !value
}

function isEmptyText(value: Value | undefined): boolean {
  return value === '' || value === null || (Array.isArray(value) && isBlank(value))
}

/** The first letter is the prefix, and in both profiles the last one is not looked at. */
function isInCapitals(name: string): boolean {
  const middle = name.substring(1, name.length - 1)
  return middle === middle.toUpperCase()
}

function valueText(value: Value | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : printJson(value)
}

/** Lists are joined by commas and lose their brackets. */
function shippedValueText(value: Value | undefined): string {
  if (Array.isArray(value))
    return value.map((item) => (isObject(item) ? String({}) : shippedValueText(item))).join()
  return value instanceof WholeFloat ? String(value.value) : valueText(value)
}
