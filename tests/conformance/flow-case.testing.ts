import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Flow, readFlowFiles } from '@flowstead/definition'
import { type ObjectValue, parseJson, type Value } from '@flowstead/expressions'

/** A flow of the corpus, what the outside answers, and the history the run must have; see the README beside the cases. */
export interface FlowCase {
  /** Name of its folder. */
  readonly id: string
  readonly title: string
  readonly why: string
  /** Path in `conformance/corpus`. */
  readonly definition: string
  /** Files of the corpus that give parameters or connections to the flow. */
  readonly beside?: readonly string[]
  /** Needed when the file has several flows. */
  readonly flow?: string
  readonly skip?: string
  readonly trigger?: { readonly name?: string; readonly outputs?: Value }
  /** Default `waiting`. */
  readonly caller?: 'none' | 'waiting'
  readonly parameters?: ObjectValue
  readonly appsettings?: ObjectValue
  /** By path, range of paths, or action name: one answer per attempt of that action run. */
  readonly answers?: Readonly<Record<string, readonly ScriptedAnswer[]>>
  /** By path of a webhook action: what is posted to its callback address once it has subscribed. */
  readonly callbacks?: Readonly<Record<string, ScriptedCallback>>
  readonly expect: ExpectedRun
}

export interface ScriptedCallback {
  readonly afterSeconds: number
  readonly body?: Value
}

/** What the outside gives for one attempt: an HTTP answer, or an `error` without one. */
export interface ScriptedAnswer {
  readonly statusCode?: number
  readonly headers?: ObjectValue
  readonly body?: Value
  readonly error?: { readonly code: string; readonly message: string }
  /** Of an `error`: whether the retry policy may repeat the call. */
  readonly transient?: boolean
  readonly retryAfterSeconds?: number
  /** How long the answer takes; default 0. */
  readonly afterSeconds?: number
}

export interface ExpectedRun {
  readonly status: string
  /** Code of the run's error; absent when it has none. */
  readonly error?: string
  readonly seconds?: Seconds
  /** null: the caller is not answered. Members of objects that are not named are not compared. */
  readonly response: { readonly statusCode: number; readonly body?: Value } | null
  /** Every action run of the history, by path or range of paths. */
  readonly actions: Readonly<Record<string, string | ExpectedAction>>
}

/** A number of seconds, or the least and the most. */
export type Seconds = number | readonly [number, number]

export interface ExpectedAction {
  /** `Status code error.code`, the last two where there are any; `*` for a code that no source fixes. */
  readonly is: string
  readonly inputs?: Value
  readonly outputs?: Value
  /** Codes of its calls and polls. */
  readonly attempts?: readonly string[]
  readonly seconds?: Seconds
  readonly secured?: readonly string[]
}

const conformance = fileURLToPath(new URL('../../conformance/', import.meta.url))

/** All cases, by name. */
export function loadFlowCases(): FlowCase[] {
  return readdirSync(`${conformance}flows`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((id) => ({ id, ...readCase(id) }))
}

function readCase(id: string): Omit<FlowCase, 'id'> {
  return parseJson(readFileSync(`${conformance}flows/${id}/case.json`, 'utf8')) as unknown as Omit<
    FlowCase,
    'id'
  >
}

/** The flow a case runs, read anew. */
export function flowOf({ id, definition, beside = [], flow }: FlowCase): Flow {
  const names = [definition, ...beside]
  const files = names.map((name) => ({ name, bytes: readFileSync(`${conformance}corpus/${name}`) }))
  const found = readFlowFiles(files).flows.filter((each) => flow === undefined || each.id === flow)
  if (found.length !== 1) throw new Error(`"${definition}" has ${found.length} flows for case "${id}".`)
  return found[0] as Flow
}

/** `Until[0-2]/Call` stands for three paths. */
export function expandPath(path: string): string[] {
  const range = /\[(\d+)-(\d+)\]/.exec(path)
  if (range === null) return [path]
  const [text, first, last] = range
  const before = path.slice(0, range.index)
  const after = path.slice(range.index + text.length)
  const length = Number(last) - Number(first) + 1
  return Array.from({ length }, (_, place) => `${before}[${Number(first) + place}]${after}`).flatMap(
    expandPath,
  )
}
