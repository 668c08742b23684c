// The four configurations in the product's form. A part is taken as a whole or not at all: one wrong entry and the
// default of that part stands, as in the product, but everything wrong with it is told.
import { member, pointerTo, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { isObject, type Value, WholeFloat } from '@flowstead/expressions'
import {
  type RatingKey,
  type ReviewConfig,
  ratingKeys,
  type ScoringName,
  scoringNames,
} from './scoring-config.ts'

/** Takes what is wrong, at a JSON pointer below the part's own. */
export type Refuse = (pointer: string, message: string, hint: string) => void

/** One of the four configurations. */
export interface ConfigPart<K extends keyof ReviewConfig = keyof ReviewConfig> {
  /** Key in a request and in `ReviewConfig`. */
  readonly key: K
  /** Root key of the product's file. */
  readonly root: string
  /** Name of the product's file. */
  readonly file: string
  /** The configuration; `undefined` when something is wrong with it, which is told. */
  readonly read: (value: Value, reference: string, refuse: Refuse) => ReviewConfig[K] | undefined
}

/** All of them. */
export const configParts: readonly ConfigPart[] = [
  { key: 'complexity', root: 'aComplexityTemplate', file: 'complexityConfig.json', read: readComplexity },
  { key: 'naming', root: 'oNamingTemplate', file: 'namingConfig.json', read: readNaming },
  { key: 'ratings', root: 'oRatingsTemplate', file: 'ratingsConfig.json', read: readRatings },
  { key: 'scoring', root: 'aScoringTemplate', file: 'scoringConfig.json', read: readScoring },
]

function readComplexity(
  value: Value,
  reference: string,
  refuse: Refuse,
): ReviewConfig['complexity'] | undefined {
  const entries = readList(value, '', ['Name', 'Complexity'], refuse, (item, pointer) => {
    const name = textAt(item, pointer, 'Name', refuse)
    const complexity = numberAt(item, pointer, 'Complexity', refuse)
    return name === undefined || complexity === undefined ? undefined : { name, complexity }
  })
  return entries && { reference, entries }
}

function readNaming(value: Value, reference: string, refuse: Refuse): ReviewConfig['naming'] | undefined {
  const char = numberAt(value, '', 'char', refuse)
  if (char !== undefined && (!Number.isInteger(char) || char < 0)) {
    refuse('/char', `${quoted(char)} is no number of characters.`, 'Write 0 or a whole number above.')
    return undefined
  }
  const entries = readList(member(value, 'data'), '/data', ['Type', 'Letter'], refuse, (item, pointer) => {
    const type = textAt(item, pointer, 'Type', refuse)
    const letter = textAt(item, pointer, 'Letter', refuse)
    return type === undefined || letter === undefined ? undefined : { type, letter }
  })
  return char === undefined || entries === undefined ? undefined : { reference, char, entries }
}

function readRatings(value: Value, reference: string, refuse: Refuse): ReviewConfig['ratings'] | undefined {
  const found = ratingKeys.map((key) => [key, numberAt(value, '', key, refuse)] as const)
  if (found.some(([, limit]) => limit === undefined)) return undefined
  return { reference, ...(Object.fromEntries(found) as Record<RatingKey, number>) }
}

function readScoring(value: Value, reference: string, refuse: Refuse): ReviewConfig['scoring'] | undefined {
  const entries = readList(value, '', ['Name', 'Score'], refuse, (item, pointer) => {
    const name = textAt(item, pointer, 'Name', refuse)
    const score = numberAt(item, pointer, 'Score', refuse)
    if (name === undefined || score === undefined) return undefined
    if (isScoringName(name)) return [name, score] as const
    refuse(pointerTo(pointer, 'Name'), `The score has no entry ${quoted(name)}.`, scoringHint)
    return undefined
  })
  if (entries === undefined) return undefined
  // Of two entries with one name the first counts.
  const scores = new Map([...entries].reverse())
  const missing = scoringNames.filter((name) => !scores.has(name))
  if (missing.length > 0 || entries.length !== scoringNames.length) {
    const lacks = missing.length === 0 ? '' : ` Missing: ${missing.join(', ')}.`
    refuse('', `The scoring has ${entries.length} entries, not ${scoringNames.length}.${lacks}`, scoringHint)
    return undefined
  }
  return { reference, scores: Object.fromEntries(scores) as Record<ScoringName, number> }
}

const scoringHint = `Write each of these once: ${scoringNames.join(', ')}.`

function isScoringName(name: string): name is ScoringName {
  return scoringNames.some((known) => known === name)
}

/** Entries in one list; more are no configuration anybody wrote. */
const maxEntries = 10_000

/** Every entry read; `undefined` when one of them is wrong. */
function readList<T>(
  list: Value | undefined,
  at: string,
  keys: readonly string[],
  refuse: Refuse,
  read: (item: Value, pointer: string) => T | undefined,
): T[] | undefined {
  const hint = `Write a list of {"${keys.join('": …, "')}": …}.`
  if (!Array.isArray(list)) {
    refuse(at, 'A list is expected here.', hint)
    return undefined
  }
  if (list.length > maxEntries) {
    refuse(
      at,
      `The list has ${list.length} entries; ${maxEntries} is the most.`,
      'Leave out what is the default.',
    )
    return undefined
  }
  const found = list.map((item, index) => read(item, pointerTo(at, index)))
  const good = found.filter((entry) => entry !== undefined)
  return good.length === found.length ? good : undefined
}

function textAt(owner: Value, pointer: string, key: string, refuse: Refuse): string | undefined {
  const text = textMember(owner, key)
  if (text !== undefined) return text
  const found = member(owner, key)
  const message =
    found === undefined ? `"${key}" is missing.` : `"${key}" must be a text, not ${quoted(found)}.`
  refuse(isObject(owner) ? pointerTo(pointer, key) : pointer, message, `Write "${key}": "…".`)
  return undefined
}

/** A number; text that is one is taken too, as the product does. */
function numberAt(owner: Value, pointer: string, key: string, refuse: Refuse): number | undefined {
  const found = member(owner, key)
  const number = numberOf(found)
  if (number !== undefined) return number
  const message =
    found === undefined ? `"${key}" is missing.` : `"${key}" must be a number, not ${quoted(found)}.`
  refuse(isObject(owner) ? pointerTo(pointer, key) : pointer, message, `Write "${key}": 1, say.`)
  return undefined
}

function numberOf(value: Value | undefined): number | undefined {
  if (value instanceof WholeFloat) return value.value
  if (typeof value === 'string' && value.trim() === '') return undefined
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN
  return Number.isFinite(number) ? number : undefined
}
