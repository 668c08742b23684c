/** Reads the arguments of a call by their rules, or refuses it naming every one that breaks its rule. */
import { type FieldProblem, invalid } from '@flowstead/service-kit'
import type { Database, Row, SqlValue } from '@flowstead/sqlite'
import type { Reference, Rule } from './rules.ts'

export interface Argument {
  readonly title: string
  readonly rule: Rule
}

export type Arguments = Readonly<Record<string, Argument>>

export interface Reading {
  readonly db: Database
  readonly query: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
  /** What an argument without text means; default `absent`. */
  readonly emptyText?: 'absent' | 'clears'
}

type Outcome = { readonly value: SqlValue } | { readonly problem: FieldProblem } | undefined

/**
 * The arguments that were given, as they are stored. Parameters that no argument knows are ignored.
 * @throws 400
 */
export function readArguments(known: Arguments, reading: Reading): Row {
  const outcomes = Object.entries(known).map(([name, argument]) => ({
    name,
    outcome: readOne(name, argument, reading),
  }))
  const problems = outcomes.flatMap(({ outcome }) =>
    outcome !== undefined && 'problem' in outcome ? [outcome.problem] : [],
  )
  if (problems.length > 0) throw invalid(problems)
  return Object.fromEntries(
    outcomes.flatMap(({ name, outcome }) =>
      outcome !== undefined && 'value' in outcome ? [[name, outcome.value]] : [],
    ),
  )
}

function readOne(name: string, { rule }: Argument, reading: Reading): Outcome {
  const { db, query, required = [], emptyText = 'absent' } = reading
  const problem = (broken: string, demand: string) => ({
    problem: { field: name, rule: broken, message: `"${name}" ${demand}.` },
  })
  const given = Object.hasOwn(query, name) ? query[name] : undefined
  const isClearing = given === '' && emptyText === 'clears'
  if ((given === undefined || given === '') && required.includes(name)) {
    return problem('required', 'is required')
  }
  if (isClearing) return { value: rule.empty }
  if (given === undefined || given === '') return undefined
  if (typeof given !== 'string') return problem('single', 'must be given once')
  const value = rule.read(given)
  if (value === undefined) return problem(rule.name, rule.demand)
  if (rule.references !== undefined && !exist(db, rule.references, value)) {
    return problem('exists', `must be ${referenceText(rule.references)}`)
  }
  return { value }
}

/** `an id of the choice list prefecture`. */
export function referenceText(reference: Reference): string {
  return 'table' in reference
    ? `an id of an entry of ${reference.table}`
    : `an id of the choice list ${reference.choices}`
}

/** @param value one id, or a JSON array of ids that must all exist */
function exist(db: Database, reference: Reference, value: SqlValue): boolean {
  const wanted = typeof value === 'string' ? value : JSON.stringify([value])
  const missing = 'SELECT 1 FROM json_each(?) AS wanted WHERE NOT EXISTS'
  const unknown =
    'table' in reference
      ? db
          .prepare(`${missing} (SELECT 1 FROM ${reference.table} WHERE id = wanted.value) LIMIT 1`)
          .get(wanted)
      : db
          .prepare(`${missing} (SELECT 1 FROM choices WHERE list = ? AND id = wanted.value) LIMIT 1`)
          .get(wanted, reference.choices)
  return unknown === undefined
}
