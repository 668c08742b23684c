import { isObject, type Value } from '@flowstead/expressions'
import type { ActionRecord, RunHistory } from '@flowstead/machine'
import { type ExpectedAction, type ExpectedRun, expandPath, type Seconds } from './flow-case.testing.ts'

/** A history as far as a case says something about it, in the case's own form: equal means as expected. */
export interface HistoryShape {
  readonly status: string
  readonly error: string | undefined
  readonly seconds: Seconds | undefined
  readonly actions: Readonly<Record<string, ExpectedAction>>
}

/** The expectation with every range of paths written out. */
export function expectedShape({ status, error, seconds, actions }: ExpectedRun): HistoryShape {
  return { status, error, seconds, actions: Object.fromEntries(expectedActions(actions)) }
}

/** Paths and what is expected of them; of paths that are named twice the later one counts. */
export function expectedActions(actions: ExpectedRun['actions']): Map<string, ExpectedAction> {
  return new Map(
    Object.entries(actions).flatMap(([key, each]) =>
      expandPath(key).map((path) => [path, typeof each === 'string' ? { is: each } : each] as const),
    ),
  )
}

/** What happened, seen through the expectation. */
export function actualShape({ run, actions }: RunHistory, expected: ExpectedRun): HistoryShape {
  const wanted = expectedActions(expected.actions)
  return {
    status: run.status,
    error: run.error?.code,
    seconds: expected.seconds && within(secondsOf(run), expected.seconds),
    actions: Object.fromEntries(
      actions.map((record) => [record.path, actionShape(record, wanted.get(record.path))]),
    ),
  }
}

function actionShape(record: ActionRecord, wanted: ExpectedAction = { is: '' }): ExpectedAction {
  const shape: { -readonly [K in keyof ExpectedAction]: ExpectedAction[K] } = {
    is: summary(record, wanted.is),
  }
  for (const part of ['inputs', 'outputs'] as const) {
    if (wanted[part] !== undefined) shape[part] = named(record[part], wanted[part])
  }
  if (wanted.attempts !== undefined) shape.attempts = (record.attempts ?? []).map(({ code }) => code ?? '')
  if (wanted.seconds !== undefined) shape.seconds = within(secondsOf(record), wanted.seconds)
  if (wanted.secured !== undefined) shape.secured = record.secureData ?? []
  return shape
}

/** `Failed NotFound`, `Skipped ActionSkipped ActionConditionFailed`; words the case leaves open are `*`. */
function summary({ status, code, error }: ActionRecord, wanted: string): string {
  const open = wanted.split(' ')
  const words = [status, code, error?.code].filter((word) => word !== undefined)
  return words.map((word, place) => (open[place] === '*' ? '*' : word)).join(' ')
}

/** The value without the members of objects that the expectation does not name. */
export function named(value: Value | undefined, wanted: Value): Value {
  if (value === undefined) return '(absent)'
  if (Array.isArray(value) && Array.isArray(wanted)) {
    return value.map((item, index) => named(item, wanted[index] ?? null))
  }
  if (!isObject(value) || !isObject(wanted)) return value
  return Object.fromEntries(
    Object.keys(wanted).map((key) => [
      key,
      Object.hasOwn(value, key) ? named(value[key], wanted[key] as Value) : '(absent)',
    ]),
  )
}

/** The expectation itself when the number is within it, else the number. */
function within(seconds: number, wanted: Seconds): Seconds {
  const [least, most] = typeof wanted === 'number' ? [wanted, wanted] : wanted
  return seconds >= least && seconds <= most ? wanted : seconds
}

function secondsOf({
  startTime,
  endTime,
}: {
  readonly startTime: string
  readonly endTime?: string
}): number {
  return (Date.parse(endTime ?? '') - Date.parse(startTime)) / 1_000
}
